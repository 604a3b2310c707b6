#include "search/gram_index.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/error.h"
#include "random.h"
#include "search/substring.h"

namespace codegraph {
namespace {

using Files = std::vector<std::vector<std::string>>;  // the texts of each

std::string fold(std::string text) {
    for (char& c : text) c = static_cast<char>(fold_case(static_cast<unsigned char>(c)));
    return text;
}

std::vector<GramBlock> index_of(const Files& files) {
    GramIndexBuilder builder;
    for (const auto& texts : files) {
        for (const std::string& text : texts) builder.add_text(text);
        builder.end_file();
    }
    return builder.finish();
}

std::map<Gram, std::vector<uint32_t>> decoded(const std::vector<GramBlock>& blocks, size_t files) {
    std::map<Gram, std::vector<uint32_t>> lists;
    for (const GramBlock& block : blocks) {
        GramBlockReader reader(block.first, block.body, files);
        while (reader.next()) {
            FileSet set(files, false);
            reader.add_files(set);
            EXPECT_TRUE(lists.emplace(reader.gram(), set.indexes()).second) << "a gram twice";
        }
    }
    return lists;
}

// From the definition: three bytes from each byte on, with NUL behind the end.
std::map<Gram, std::vector<uint32_t>> naive_index(const Files& files) {
    std::map<Gram, std::set<uint32_t>> sets;
    for (uint32_t file = 0; file < files.size(); file++)
        for (const std::string& text : files[file]) {
            const std::string padded = fold(text) + std::string(2, '\0');
            for (size_t i = 0; i < text.size(); i++) {
                Gram gram = 0;
                for (size_t k = 0; k < 3; k++) gram = gram << 8 | static_cast<unsigned char>(padded[i + k]);
                sets[gram].insert(file);
            }
        }
    std::map<Gram, std::vector<uint32_t>> lists;
    for (auto& [gram, set] : sets) lists[gram].assign(set.begin(), set.end());
    return lists;
}

Files random_files(Random& random, size_t count) {
    const std::string alphabet = "abcABC_ \n\xC3\xA9\xFF%";
    Files files(count);
    for (auto& texts : files)
        for (size_t t = random.below(4); t > 0; t--) {
            std::string text;
            for (size_t i = random.below(60); i > 0; i--) text += alphabet[random.below(alphabet.size())];
            texts.push_back(text);
        }
    return files;
}

TEST(GramIndex, AnIndexHoldsWhatItsDefinitionSays) {
    const uint64_t seed = fresh_seed();
    SCOPED_TRACE(seed_text(seed));
    Random random(seed);
    for (const size_t count : {0, 1, 7, 8, 9, 63, 64, 65, 200, 1000}) {
        const Files files = random_files(random, count);
        const std::vector<GramBlock> blocks = index_of(files);
        EXPECT_EQ(decoded(blocks, count), naive_index(files)) << count << " files";
        Gram covered = 0;
        for (const GramBlock& block : blocks) {
            EXPECT_EQ(block.first, covered);
            covered = GramBlockReader(block.first, block.body, count).end();
        }
        EXPECT_EQ(covered, gram_end) << "the blocks cover all grams";
    }
}

TEST(GramIndex, EveryFileWithATextIsAmongItsCandidates) {
    const uint64_t seed = fresh_seed();
    SCOPED_TRACE(seed_text(seed));
    Random random(seed);
    const Files files = random_files(random, 100);
    const auto lists = decoded(index_of(files), files.size());
    size_t hits = 0;
    for (int round = 0; round < 5000; round++) {
        const auto& texts = files[random.below(files.size())];
        if (texts.empty()) continue;
        const std::string& text = texts[random.below(texts.size())];
        if (text.empty()) continue;
        const size_t place = random.below(text.size());
        const std::string wanted = fold(text.substr(place, 1 + random.below(6)));
        FileSet candidates(files.size(), wanted.size() >= 3);
        if (wanted.size() >= 3) {
            for (const Gram gram : grams_of(wanted)) {
                FileSet of_gram(files.size(), false);
                if (auto list = lists.find(gram); list != lists.end())
                    for (const uint32_t file : list->second) of_gram.add(file);
                candidates.retain(of_gram);
            }
        } else {
            const GramRange range = grams_beginning_with(wanted);
            for (auto list = lists.lower_bound(range.first); list != lists.end() && list->first <= range.last; ++list)
                for (const uint32_t file : list->second) candidates.add(file);
        }
        const Substring substring(wanted);
        for (size_t file = 0; file < files.size(); file++)
            for (const std::string& each : files[file])
                if (substring.is_in(each)) {
                    hits++;
                    EXPECT_TRUE(candidates.contains(file)) << wanted;
                }
    }
    EXPECT_GT(hits, 1000u);
}

TEST(GramIndex, DamagedBlocksAreRefusedOrReadButNeverCrash) {
    const uint64_t seed = fresh_seed();
    SCOPED_TRACE(seed_text(seed));
    Random random(seed);
    const Files files = random_files(random, 70);
    const std::vector<GramBlock> blocks = index_of(files);
    size_t refused = 0;
    for (int round = 0; round < 20000; round++) {
        GramBlock block = blocks[random.below(blocks.size())];
        if (random.below(4) == 0)
            block.body.resize(random.below(block.body.size()));
        else
            block.body[random.below(std::min<size_t>(block.body.size(), 200))] = static_cast<char>(random());
        try {
            GramBlockReader reader(block.first, block.body, files.size());
            while (reader.next()) {
                FileSet set(files.size(), false);
                reader.add_files(set);
                for (const uint32_t number : set.indexes()) EXPECT_LT(number, files.size());
            }
        } catch (const Error& error) {
            EXPECT_EQ(error.kind, ErrorKind::data_corrupted);
            refused++;
        }
    }
    EXPECT_GT(refused, 1000u);
}

}  // namespace
}  // namespace codegraph
