// A statement is a constant SQL text. Its address is the key of the adapters' plan caches. Its text is the only place
// that sets the order of its columns: `find_revision["root_after"]` is the position of that column, found while the
// core is compiled. A name that the text does not give does not compile.
//
//     inline constexpr Statement find_revision("iii", R"(
//         SELECT revision, root_after
//         FROM {log}
//         WHERE repo_key = $1 AND snapshot_key = $2 AND revision = $3)");
//
//     Rows rows = co_await query(find_revision, repository.key, snapshot.key, number);
//     Digest root = Digest::from_bytes(rows.blob(0, find_revision["root_after"]), "a root in the log");
//
// The columns are those of the outermost RETURNING or, without one, of the first SELECT outside of parentheses. The
// name of a column is the last word of its expression: `s.root`, `count(*) AS chunks`. port.h says what `{log}` and
// `{rows(...)}` become.
#pragma once
#include <cstddef>
#include <string_view>

#include "engine/port.h"

namespace codegraph {

// A column of a statement's rows.
struct CellPlace {
    size_t index;
    std::string_view name = {};
};

// Reads a statement's text while the core is compiled, so that an error in it is a compile error.
class StatementText {
public:
    constexpr explicit StatementText(std::string_view text) : text_(text) {}

    // Moves on to the next column, from the first on, and sets its name. Returns false behind the last.
    constexpr bool next_column(std::string_view& name) {
        if (!has_begun_) begin_columns();
        if (at_ >= end_) return false;
        const size_t begin = at_;
        int depth = 0;
        for (; at_ < end_ && (depth > 0 || text_[at_] != ','); at_++) {
            depth += text_[at_] == '(';
            depth -= text_[at_] == ')';
        }
        name = last_word(text_.substr(begin, at_ - begin));
        at_++;  // the comma
        return true;
    }

    // Returns how many parameters the text asks for: the greatest k of its $k, or the number of columns in its
    // {rows(...)} or {values(...)}.
    constexpr size_t parameters() const {
        size_t count = 0;
        for (size_t i = 0; i < text_.size(); i++) {
            if (text_[i] == '$') count = greater(count, position_at(i + 1));
            if (text_.substr(i).starts_with("{rows(") || text_.substr(i).starts_with("{values("))
                count = greater(count, items_in(text_.substr(i, text_.find('}', i) - i)));
        }
        return count;
    }

private:
    static constexpr size_t greater(size_t a, size_t b) { return a > b ? a : b; }
    static constexpr bool is_word(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
    static constexpr size_t items_in(std::string_view list) {
        size_t count = 1;
        for (char c : list) count += c == ',';
        return count;
    }
    constexpr size_t position_at(size_t i) const {
        size_t position = 0;
        for (; i < text_.size() && text_[i] >= '0' && text_[i] <= '9'; i++)
            position = position * 10 + static_cast<size_t>(text_[i] - '0');
        return position;
    }
    // Returns the first place from `from` on, outside of parentheses, where the keyword stands, or the end of the text.
    constexpr size_t find_keyword(std::string_view keyword, size_t from) const {
        int depth = 0;
        for (size_t i = from; i < text_.size(); i++) {
            depth += text_[i] == '(';
            depth -= text_[i] == ')';
            const size_t behind = i + keyword.size();
            if (depth == 0 && text_.substr(i).starts_with(keyword) && (i == 0 || !is_word(text_[i - 1])) &&
                (behind == text_.size() || !is_word(text_[behind])))
                return i;
        }
        return text_.size();
    }
    constexpr void begin_columns() {
        has_begun_ = true;
        end_ = text_.size();
        at_ = find_keyword("RETURNING", 0);
        if (at_ < text_.size()) {
            at_ += std::string_view("RETURNING").size();
            return;
        }
        at_ = find_keyword("SELECT", 0);
        if (at_ < text_.size()) at_ += std::string_view("SELECT").size();
        end_ = find_keyword("FROM", at_);
    }
    static constexpr std::string_view last_word(std::string_view expression) {
        while (!expression.empty() && !is_word(expression.back()) && expression.back() != ')')
            expression.remove_suffix(1);
        size_t begin = expression.size();
        while (begin > 0 && is_word(expression[begin - 1])) begin--;
        return expression.substr(begin);
    }

    std::string_view text_;
    size_t at_ = 0, end_ = 0;
    bool has_begun_ = false;
};

struct Statement : CgStatement {
    // `parameters` has a letter for each parameter: see CgStatement. There is one text for both databases, or one for
    // each.
    consteval Statement(const char* parameters, const char* text) : Statement(parameters, text, nullptr) {}
    consteval Statement(const char* parameters, const char* postgres_text, const char* sqlite_text)
        : CgStatement{postgres_text, sqlite_text, parameters} {
        check();
    }

    consteval CellPlace operator[](std::string_view name) const {
        StatementText text(postgres);
        std::string_view found;
        CellPlace place{0, name};
        while (text.next_column(found)) {
            if (found == name) return place;
            place.index++;
        }
        throw "the statement gives no column of this name";
    }

private:
    consteval void check() const {
        const size_t given = std::string_view(parameters).size();
        if (StatementText(postgres).parameters() > given) throw "more parameters in the text than letters";
        if (!sqlite) return;
        if (StatementText(sqlite).parameters() > given) throw "more parameters in SQLite's text than letters";
        StatementText one(postgres), other(sqlite);
        std::string_view name, other_name;
        while (other.next_column(other_name))
            if (!one.next_column(name) || name != other_name) throw "the two texts give other columns";
    }
};

}  // namespace codegraph
