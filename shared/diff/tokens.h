// Takes tokens from texts, as cg_compare_commits defines them: a token is a run of ASCII letters, digits, `_` and bytes
// from 0x80 on, or any other byte that is none of ASCII's six white spaces.
//
// A token that equals the name of its chunk counts as the name itself, whatever that is. So two functions that differ
// in their names alone have the same own tokens, also where they call themselves.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "binding/text_table.h"
#include "engine/task.h"

namespace codegraph {

class TokenReader {
public:
    explicit TokenReader(std::string_view text) : rest_(text) {}
    // Gets the next token. Returns whether there was one.
    bool next(std::string_view& token);

private:
    std::string_view rest_;
};

using Token = uint32_t;  // the number of a text

class TokenTable {
public:
    static constexpr Token name = 0;  // the chunk's name; no text of a caller has a NUL

    TokenTable() { texts_.intern(std::string_view("\0", 1)); }
    // Returns the tokens of a text in parts, in order. No token begins in one part and ends in the next. Looks for
    // interrupts meanwhile.
    Task<std::vector<Token>> read(std::span<const std::string_view> parts);
    // Returns the same, where a token that equals `name_of_chunk` is `name`.
    Task<std::vector<Token>> read_own(std::span<const std::string_view> parts, std::string_view name_of_chunk);
    // Puts `name` in the place of each token that equals `name_of_chunk`.
    void put_name(std::vector<Token>& tokens, std::string_view name_of_chunk) const;
    uint32_t size() const { return texts_.size(); }

private:
    TextTable texts_;
};

// Returns whether two texts have the same tokens, where each one's name counts as the name.
bool have_same_own_tokens(std::string_view a, std::string_view name_a, std::string_view b, std::string_view name_b);

inline constexpr size_t no_run = SIZE_MAX;
// Returns where `run` begins for the first time among the tokens, or no_run. Knuth, Morris and Pratt, "Fast Pattern
// Matching in Strings", SIAM Journal on Computing 6 (1977): takes time for the sum of both lengths.
Task<size_t> find_run(std::span<const Token> tokens, std::span<const Token> run);

}  // namespace codegraph
