#include "operations/verify/definitions.h"

#include <set>

#include "base/error.h"
#include "engine/request.h"
#include "model/chunk_id.h"
#include "storage/symbols.h"
#include "storage/verify_statements.h"

namespace codegraph {

namespace {

struct ExpectedDefinition {
    std::string name;
    bool as_id;
    std::string_view path;
    auto operator<=>(const ExpectedDefinition&) const = default;
};

std::vector<ExpectedDefinition> expected_definitions(const Repository& repository,
                                                     const std::vector<FileInPage>& files) {
    std::set<ExpectedDefinition> expected;
    for (const FileInPage& in_page : files)
        for (const Chunk& chunk : in_page.file.chunks) {
            const std::string& path = in_page.file.path;
            if (chunk.fqn) expected.insert({*chunk.fqn, false, path});
            if (!chunk.explicit_id) continue;
            expected.insert({*chunk.explicit_id, true, path});
            if (has_computed_form(repository.id, *chunk.explicit_id))
                expected.insert({std::string(misleading_ids), true, path});
        }
    return {expected.begin(), expected.end()};
}

}  // namespace

Task<> verify_definitions(const Repository& repository, const std::vector<FileInPage>& files, Sha256& sha256,
                          Findings& findings) {
    const std::vector<ExpectedDefinition> expected = expected_definitions(repository, files);
    Batch find(statements::find_missing_definitions);
    for (size_t i = 0; i < expected.size(); i++) {
        const std::string_view hash = find.keep(std::string(sha256.hash(expected[i].name).view()));
        find.add(repository.key, blob_cell(hash), expected[i].as_id, expected[i].path, i);
    }
    Rows missing = co_await run(find);
    for (size_t row = 0; row < missing.size(); row++) {
        const ExpectedDefinition& definition =
            expected[static_cast<size_t>(missing.integer(row, statements::find_missing_definitions["number"]))];
        findings.add("definition of " + quote(definition.name) + " in " + std::string(definition.path),
                     definition.as_id ? "it is missing, as a chunk id" : "it is missing, as an FQN");
    }
}

}  // namespace codegraph
