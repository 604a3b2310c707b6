// Chunk ids, from the fields: repository, path, name, id, lines and number. A computed id is taken apart into what it
// was made of, and a given id comes back.
#include <algorithm>
#include <charconv>

#include "fuzz.h"
#include "model/chunk_id.h"
#include "model/names.h"

static int64_t number_in(std::string_view text, int64_t least) {
    int64_t number = least;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::max(number, least);
}

void codegraph::fuzz(std::string_view input) {
    const std::string_view repo_id = next_field(input), path = next_field(input), name = next_field(input),
                           given = next_field(input);
    if (repo_id.empty() || path.empty() || name.empty() || given.empty()) return;
    if (path.size() > name_limit || name.size() > name_limit || given.size() > name_limit) return;
    Chunk chunk;
    chunk.name = name;
    chunk.start_line = number_in(next_field(input), 1);
    chunk.end_line = number_in(next_field(input), chunk.start_line);
    chunk.occurrence = static_cast<uint64_t>(number_in(next_field(input), 1));

    const std::string default_of = default_id(repo_id, path, chunk), id = chunk_id(repo_id, path, chunk);
    const auto paths = paths_of_computed_id(repo_id, id);
    FUZZ_EXPECT(std::ranges::find(paths, path) != paths.end());
    FUZZ_EXPECT(std::ranges::is_sorted(paths, [](auto a, auto b) { return a.size() > b.size(); }));
    FUZZ_EXPECT(has_computed_form(repo_id, id));
    Chunk again = chunk;
    again.occurrence = 1;
    set_id(again, id, default_of);
    FUZZ_EXPECT(!again.explicit_id && again.occurrence == chunk.occurrence);

    set_id(again, given, default_of);
    FUZZ_EXPECT(chunk_id(repo_id, path, again) == given);
    FUZZ_EXPECT(has_computed_form(repo_id, given) == !paths_of_computed_id(repo_id, given).empty());
    FUZZ_EXPECT(given.ends_with(last_part(given)) && !last_part(given).empty());
}
