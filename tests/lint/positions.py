#!/usr/bin/python3
"""Refuses a number where the name of an argument, a cell or a column should stand.

Refused is a number, alone or in a sum (`place + 1`), as the position of

- a getter of arguments, rows or cells (GETTERS): `arguments.text(4)`, `arguments.is_null(0)`, `stored.text(3, "path")`,
  `rows.integer(row, 8)`, `rows.blob(rows.size() - 1, 0)`, `row.text<3>()`. A getter with one argument has the position
  there. With two, the first is a row, which may be a number, and the second the position; the first is the position
  where the second is a literal, in the methods of COLUMN_FIRST, and for the receivers of COLUMN_FIRST_RECEIVERS.
- what a function reads of the arguments that it is handed: `time_argument(arguments, 2)`
- a function or lambda with a parameter that POSITION_PARAMETERS names, where it is declared in the file itself or in a
  header that the file includes: `count_in(files, 2)`
- a place that is made of a number where it is used, or of one other than 0: `CellPlace{3}`, `CellPlace path{3}`. The
  only cell of an answer may have a name of its own: `CellPlace result{0}`.
- a label or a comparison: `case 7:`, `column == 7`
- a parameter of a request, or one of SQLite's: `request.cells[1]`, `sqlite3_column_int64(statement, 0)`

Receivers are known by their names, since types are not parsed. NO_POSITIONS lists the receivers that take other numbers
in methods of the same names: a JSON value the least and the greatest number that it may be, as in `v.integer(0, 255)`,
and the writer of a digest the number of a field in the digest's format, as in `out.text(3, chunk.name)`.

usage: positions.py FILE...        lists offences as FILE:LINE: code
       positions.py --self-test    finds exactly the lines marked `// bad` in the samples below

An offence is on the line where its call begins.
"""
import pathlib
import re
import sys

sys.dont_write_bytecode = True
from co_await_forms import matching, tokens_of

ROOT = pathlib.Path(__file__).resolve().parents[2]

GETTERS = {"is_null", "has_type", "text", "optional_text", "optional_view", "integer", "optional_integer", "real",
           "optional_real", "boolean", "blob", "optional_blob", "digest", "cell", "name", "column", "time"}
COLUMN_FIRST = {"has_type", "digest"}
COLUMN_FIRST_RECEIVERS = {"arguments", "stored", "call"}
NO_POSITIONS = {"v", "value", "out"}
ARGUMENTS = {"arguments", "args"}
POSITION_PARAMETERS = {"column", "field", "argument", "position", "parameter"}
PLACES = {"CellPlace", "ArgumentPlace"}
COMPARED = {"column", "field", "argument", "key"}
INTEGERS = {"size_t", "int", "unsigned", "uint8_t", "uint16_t", "uint32_t", "uint64_t", "int32_t", "int64_t"}
SQLITE_GETTER = re.compile(r"sqlite3_(column|bind)_\w+$")
NUMBER = re.compile(r"\d")
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def arguments_of(tokens, i):
    """The arguments of the call whose parenthesis is at i, each a list of the words outside inner brackets."""
    found, k, end, angle = [[]], i + 1, matching(tokens, i, 1), 0
    while k < end:
        word = tokens[k].text
        if word in {"(", "[", "{"}:
            found[-1].append(word)
            k = matching(tokens, k, 1)
        elif word == "," and not angle:
            found.append([])
        else:
            # Only the brackets of a cast or a template's name; anything else that is smaller ends at a comma.
            angle += (word == "<" and tokens[k - 1].text.endswith("cast")) - (word == ">" and angle > 0)
            found[-1].append(word)
        k += 1
    return found


def has_number(words):
    return any(NUMBER.match(word) for word in words)


def is_literal(words):
    return words == ['""']


def receiver(tokens, i):
    """The last name in front of the point or arrow at i."""
    i -= 1
    while i > 0 and tokens[i].text in {")", "]"}:
        i = matching(tokens, i, -1) - 1
    return tokens[i].text


def position_of(words, name, of):
    """Which argument of a getter is the position."""
    is_first = len(words) == 1 or name in COLUMN_FIRST or of in COLUMN_FIRST_RECEIVERS or is_literal(words[1])
    return words[0] if is_first else words[1]


def function_of(tokens, i):
    """The name of the function or lambda whose parameters begin at i, or None."""
    before = tokens[i - 1].text if i else ";"
    if before == "]":
        opened = matching(tokens, i - 1, -1)
        return tokens[opened - 2].text if opened > 1 and tokens[opened - 1].text == "=" else None
    return before if re.match(r"[A-Za-z_]", before) else None


def position_parameters(tokens):
    """Of each function with such a parameter: at which places."""
    found = {}
    for i, token in enumerate(tokens):
        name = function_of(tokens, i) if token.text == "(" else None
        if name is None or name in GETTERS - {"column"}:
            continue
        for place, words in enumerate(arguments_of(tokens, i)):
            if len(words) > 1 and words[-1] in POSITION_PARAMETERS and words[-2] in INTEGERS:
                found.setdefault(name, set()).add(place)
    return found


def wrong_call(tokens, i, positions):
    """Is a number the position in the call whose parenthesis is at i?"""
    k = i - 1
    if tokens[k].text == ">" and k > 3 and NUMBER.match(tokens[k - 1].text) and tokens[k - 2].text == "<":
        return tokens[k - 3].text in GETTERS | {"get", "at"} and tokens[k - 4].text in {".", "->"}
    name = tokens[k].text
    if not re.match(r"[A-Za-z_]", name):
        return False
    words = arguments_of(tokens, i)
    if tokens[k - 1].text in {".", "->"}:
        of = receiver(tokens, k - 1)
        return name in GETTERS and of not in NO_POSITIONS and has_number(position_of(words, name, of))
    if len(words) > 1 and words[0] and words[0][-1] in ARGUMENTS and len(words[0]) == 1:
        return any(has_number(rest) for rest in words[1:])
    if SQLITE_GETTER.match(name):
        return len(words) > 1 and has_number(words[1])
    return any(place < len(words) and has_number(words[place]) for place in positions.get(name, ()))


def wrong_place(tokens, i):
    """Does a number make the place whose type stands at i, and is it neither 0 nor named?"""
    is_named = bool(re.match(r"\w", tokens[i + 1].text))
    opened, number = (token.text for token in tokens[i + 1 + is_named:i + 3 + is_named])
    return opened in {"{", "("} and NUMBER.match(number) and not (is_named and number == "0")


def is_wrong(tokens, i, positions):
    word = tokens[i].text
    after = [token.text for token in tokens[i + 1:i + 3]]
    if word in PLACES and len(tokens) > i + 3:
        return wrong_place(tokens, i)
    if word == "(" and i:
        return wrong_call(tokens, i, positions)
    if word == "case":
        return NUMBER.match(after[0]) and after[1] == ":"
    if word in COMPARED and NUMBER.match(after[1] if len(after) > 1 else "") and tokens[i - 1].text not in {".", "->"}:
        return after[0] in {"==", "!="} or after[0] in {"<", "<=", ">", ">="} and after[1] != "0"
    if word == "[" and i > 1 and NUMBER.match(after[0]) and after[1] == "]":
        is_size = any(token.text == "sizeof" for token in tokens[i - 4:i])
        return tokens[i - 1].text in ARGUMENTS or tokens[i - 1].text == "cells" and not is_size
    return False


def offending_lines(text, headers=()):
    tokens, positions = tokens_of(text), {}
    for parsed in [tokens, *(tokens_of(header) for header in headers)]:
        for name, places in position_parameters(parsed).items():
            positions.setdefault(name, set()).update(places)
    return sorted({token.line for i, token in enumerate(tokens) if is_wrong(tokens, i, positions)})


def headers_of(path, text):
    included = [folder / name for name in INCLUDE.findall(text) for folder in (ROOT / "shared", ROOT)]
    return [header.read_text() for header in included if header.is_file()]


SAMPLES = r"""
// arguments.text(4) in a comment is nothing, and neither is "arguments.text(4)" in a literal.
Task<> good(const Arguments& arguments) {
    auto path = arguments.text(place);
    auto name = arguments.optional_text(FileArguments::path);
    auto limit = time_argument(arguments, PruneArguments::older_than);
    auto key = rows.integer(0, FileColumns::key);
    auto last = rows.blob(rows.size() - 1, FileColumns::digest);
    auto text = rows.text(row + 1, columns.path);
    auto all = repository_ids(arguments, argument::repo_id);
    unsigned level = unsigned(v.integer(0, 255));
    int64_t format = value.integer(1, INT64_MAX);
    out.text(3, chunk.name);
    out.real(12, chunk.importance, 0.5);
    auto piece = text.substr(4);
    auto at = text.find(':', 1);
    auto raw = R"(arguments.text(4))";
    const std::vector<Cell> made(1, null_cell());
    const Snapshot first = snapshot_of(rows, 0);
    stored.text(Stored::path, "path");
    writer.integer_field("column", 7);
    if (column > 0 && rest == 7) co_await checkpoint();
    switch (column) {
        case ChunkColumn::id:
            break;
    }
    sqlite3_result_text(context, text, -1, sqlite3_free);
    bytes += sizeof rows.cells[0].integer;
    co_await query(statements::find_files, repository.key, 1);
    const auto size = sizes[4];
    emit(file, 3);
    auto root = Digest::from_bytes(rows.blob(0, find_revision["root_after"]), "a root in the log");
    auto chunk = arguments.optional_text(chunk_arguments["chunk_id"]);
    auto attrs = stored.text(find_file["attrs"], "attrs");
    constexpr CellPlace result{0};
    auto behind = optional_text(ArgumentPlace{function.arguments.size() + i});
}
static int64_t count_in(const Rows& rows, size_t column) { return rows.integer(0, column); }
Task<> bad(const Arguments& arguments) {
    auto path = arguments.text(4);  // bad
    if (arguments.is_null(0)) co_return;  // bad
    auto name = call.arguments().optional_text(2);  // bad
    auto most = arguments->optional_integer(1);  // bad
    auto confidence = arguments.real(place + 2);  // bad
    auto on = arguments.boolean(2);  // bad
    auto limit = time_argument(arguments, 2);  // bad
    auto all = co_await repository_ids(arguments, 0);  // bad
    auto options = traversal_options(arguments, 3, direction);  // bad
    auto key = rows.integer(row, 8);  // bad
    auto digest = Digest::from_bytes(rows.blob(row, 0), "a digest");  // bad
    auto last = rows.blob(rows.size() - 1, 0);  // bad
    auto one = x.cell(row, 1);  // bad
    auto maybe = x.optional_text(0, 1);  // bad
    auto view = answers[i].optional_view(row, 7);  // bad
    auto absent = rows.is_null(static_cast<size_t>(row),  // bad
                               6);
    auto at = row.text(3, "path");  // bad
    auto hash = stored.digest(0, name);  // bad
    auto ok = stored.has_type(0, CG_INTEGER);  // bad
    auto stated = stored.integer(2, label);  // bad
    if (!call.cell(0, cell)) co_return;  // bad
    auto third = row.text<3>();  // bad
    auto files = count_in(rows, 2);  // bad
    auto check = [&](const char* what, size_t column, uint64_t count) { return rows.integer(0, column) == count; };
    check("files", 1, claimed.files);  // bad
    switch (column) {
        case 7:  // bad
            break;
    }
    auto first = rows.text(row, CellPlace{0});  // bad
    constexpr ArgumentPlace path{3};  // bad
    if (column == 3) co_return;  // bad
    if (key < 10) co_return;  // bad
    auto called = request.cells[1];  // bad
    auto value = sqlite3_column_int64(statement, 0);  // bad
}
"""


def self_test():
    marked = {number for number, line in enumerate(SAMPLES.split("\n"), 1) if line.endswith("// bad")}
    reported = set(offending_lines(SAMPLES))
    for line in sorted(marked ^ reported):
        what = "not found, though bad" if line in marked else "reported, though good"
        print(f"samples:{line}: {what}: {SAMPLES.splitlines()[line - 1].strip()}")
    return bool(marked ^ reported) or len(marked) < 25


def main(words):
    if words == ["--self-test"]:
        return self_test()
    if not words:
        print(__doc__)
        return 2
    count = 0
    for path in words:
        text = pathlib.Path(path).read_text()
        lines = text.splitlines()
        for line in offending_lines(text, headers_of(path, text)):
            print(f"{path}:{line}: {lines[line - 1].strip()}")
            count += 1
    return bool(count)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
