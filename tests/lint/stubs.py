#!/usr/bin/python3
"""Refuses texts that a formatter broke into stubs, and lines of the pages that are too long.

A formatter that breaks a line at its limit puts the rest on a line of its own and leaves the next line as it was:

    // This line was as long as the limit allows when somebody added a few words to it, which the formatter moved to
    // the next
    // line, although the sentence goes on.

Such a stub is a short line (at most STUB characters of text) in the middle of a text, after a line so long that the
stub's first word did not fit there. Refused are the stubs of string literals (a line that is one literal, between two
parts of the same text) and of comments (a line between two lines of the same paragraph). No stub is a line that ends a
text, a literal that ends with a line break of its own (`\\n"`), a line of a raw string, and a line of a comment that is
an entry of a list or an indented example, or has one behind it.

In README.md, CONTRIBUTING.md and docs/ a line has at most LIMIT characters, outside the generated reference, tables,
blocks of code, and lines with a link whose address is long, since an address cannot be broken.

usage: stubs.py FILE...        lists offences as FILE:LINE: text; a .md file is a page, any other C or C++
       stubs.py --self-test    finds exactly the lines marked `bad` in the samples below
"""
import pathlib
import re
import sys

sys.dont_write_bytecode = True
from co_await_forms import TOKEN

LIMIT = 120
STUB = 45
SLACK = 2  # a line may end so much before the limit although the next word would have fitted: a quotation mark, a space

LITERAL = re.compile(r'\s*"(?P<text>(?:[^"\\]|\\.)*)"\s*(?P<rest>.*?)\s*\\?$')
LIST_ENTRY = re.compile(r"[-*+] |\d+[.)] |\w+: |---|\$ |usage|  |$")
ADDRESS = re.compile(r"\]\([^)]{40,}\)|https?://\S{32,}")  # so long that a line may be long by it
GENERATED = "docs/reference.md"


def first_word(text):
    return re.match(r"\s*\S*", text).group()


def did_not_fit(line, word):
    return len(line.rstrip("\\ ")) + len(word) > LIMIT - SLACK


def comments_and_raw_strings(text):
    """The paragraphs of comments, each a list of (line, text); and the lines that raw strings go over."""
    paragraphs, raw, line, column_before = [], set(), 1, None
    for match in TOKEN.finditer(text):
        word, last = match.group(), line + match.group().count("\n")
        column = match.start() - (text.rfind("\n", 0, match.start()) + 1)
        stands_alone = not text[match.start() - column:match.start()].strip()
        if word.startswith("//"):
            follows = stands_alone and column == column_before and paragraphs[-1][-1][0] == line - 1
            if not follows:
                paragraphs.append([])
            paragraphs[-1].append((line, re.sub("^//+ ?", "", word)))
            column_before = column
        elif word.startswith("/*"):
            lines = [re.sub(r"^(/\*+ ?| *\* | *\*$| {3})", "", part) for part in word[:-2].rstrip().split("\n")]
            paragraphs.append(list(enumerate(lines, line)))
            column_before = None
        elif match.group("literal") and "\n" in word:
            raw |= set(range(line, last + 1))
        line = last
    return paragraphs, raw


def stubs_of_comments(paragraphs, lines):
    for paragraph in paragraphs:
        for (before, _), (line, stub), (_, after) in zip(paragraph, paragraph[1:], paragraph[2:]):
            if len(stub) <= STUB and did_not_fit(lines[before - 1], " " + first_word(stub)) and \
                    not LIST_ENTRY.match(stub) and not LIST_ENTRY.match(after):
                yield line


def stubs_of_literals(lines, raw):
    for i in range(1, len(lines) - 1):
        stub, after, before = LITERAL.match(lines[i]), LITERAL.match(lines[i + 1]), lines[i - 1].rstrip("\\ ")
        if raw & {i, i + 1, i + 2} or not stub or not after or stub["rest"] or not before.endswith('"'):
            continue
        text = stub["text"]
        if len(text) <= STUB and did_not_fit(before, first_word(text)) and \
                not text.endswith("\\n") and not before.endswith('\\n"'):
            yield i + 1


def stubs(text):
    lines = text.split("\n")
    paragraphs, raw = comments_and_raw_strings(text)
    return sorted({*stubs_of_literals(lines, raw), *stubs_of_comments(paragraphs, lines)})


def long_lines(text):
    """Lines of a page that are too long and could be broken."""
    in_code = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("```"):
            in_code = not in_code
        is_exempt = in_code or line.lstrip().startswith("|") or ADDRESS.search(line)
        if len(line) > LIMIT and not is_exempt:
            yield number


def offending_lines(path, text):
    if not path.endswith(".md"):
        return stubs(text)
    return [] if path.endswith(GENERATED) else list(long_lines(text))


# The marks stand where they make no line longer: `bad` in the line before tells of the next one.
CODE_SAMPLES = r'''
constexpr CgFunction writers[] = {
    {"cg_save_repository",
     "Creates a repository (name = repo_id, default_branch = `main`), or updates what is given of an existing on bad "
     "what is left out or "
     "NULL keeps its saved value. Returns repo_id.",
     "Creates a snapshot, empty or with the content of a base snapshot, or updates what is given of an existing one. "
     "Costs what it holds.",
     "A short text, "
     "in short lines, "
     "as somebody wrote it.",
     "One line of a list that is as long as a line can be when nobody breaks it at another place than at its end.....\n"
     "a short line\n"
     "and the end",
     "A line as long as the limit, which is not broken at a place of its own, since here is a break that is meant.... "
     "and an end\n"
     "and more",
     save_repository},
};
inline constexpr CgStatement insert_chunks = {
    "INSERT INTO {chunks} (repo_key, file_key, ordinal, explicit_id, number, start_line, end_line, kind, fqn,   bad, "
    "language,"
    " symbol_visibility, content_key, summary, importance, is_deleted, attrs)"
    " {values(repo_key, file_key, ordinal, explicit_id, number, start_line, end_line, kind, fqn, name, language,  bad) "
    "indexed_at)}"
    " ON CONFLICT DO NOTHING",
};
inline constexpr Statement raw = {R"(
    SELECT n.hash, n.body, n.hash, n.body, n.hash, n.body, n.hash, n.body, n.hash, n.body, n.hash, n.body, "literal"
    "short"
    "and so on")",
                                  nullptr, "ib"};
    text = "A literal behind code is as well the first line of a text that the formatter breaks into stubs, so: x bad "
           "in the "
           "middle of it";
#define CODEGRAPH_COLUMNS                                                                                              \
    "c.file_key, c.ordinal, c.explicit_id, c.number, c.start_line, c.end_line, c.kind, c.fqn, c.name, c.ends,  bad "   \
    "c.language, "                                                                                                     \
    "c.symbol_visibility"

// This line was as long as the limit allows when somebody added a few words to it, which a formatter moved to bad the
// next one
// and left the rest of the sentence where it was.
int f();
// This line was as long as the limit allows when somebody added a few words to it, which a formatter moved to the end
// of it.
int g();
// A comment may have
// short lines
// everywhere.
//
// And a line of it may be as long as the limit, although a short one follows and then what is no part of a sentence:
// a list
// - of one
//     and an example
// A line may also be as long as the limit when a short one that is followed by a paragraph of its own comes after it
// at last.
//
// As here.
struct S {
    int a;  // a comment behind code that is as long as the limit can be, with the words that it takes to be so: bad the
            // stub
            // and the end
    int b;  // a comment behind code that is as long as the limit can be, with the words that it takes to be so, at ends
    int c;  // short
    int d;  // another
};
/*
 * This line was as long as the limit allows when somebody added a few words to it, which a formatter moved to bad the
 * next one
 * and left the rest of the sentence where it was.
 */
/* This line was as long as the limit allows when somebody added a few words to it, which a formatter moved to   bad the
   next one
   and left the rest of the sentence where it was. */
'''

PAGE_SAMPLES = """
# A page

A line of a page that is short enough.
A line of a page that is exactly as long as the limit of 120 characters allows, and so it may stay just as it is........
bad: a line of a page that is longer than the limit of 120 characters, and which nobody needs to leave as it is, not even now
bad: a line of a page that is longer than the limit of 120 characters, and has a [link](a.md), which does not explain that
A line with a link that makes it long: [the name of the link](https://example.org/a/very/long/address/that/nobody/can/break.html)
| a row | of a table that is longer than the limit of 120 characters, and which nobody can break since tables have rows |
```
a line of code that is longer than the limit of 120 characters, and which is left as it is, since it is to be copied as is
```
bad, behind a block of code: a line of a page that is longer than the limit of 120 characters, and nobody needs it so long
"""


def self_test():
    lines = CODE_SAMPLES.split("\n")
    marked = {number + 1 for number, line in enumerate(lines, 1) if re.search(r"\bbad\b", line)}
    wrong = [f"code sample {number}: {lines[number - 1].strip()}"
             for number in sorted(marked ^ set(stubs(CODE_SAMPLES)))]
    wrong += [f"code sample {number}: longer than {LIMIT}" for number, line in enumerate(lines, 1) if len(line) > LIMIT]
    pages = PAGE_SAMPLES.split("\n")
    too_long = {number for number, line in enumerate(pages, 1) if line.startswith("bad") and len(line) > LIMIT}
    wrong += [f"page sample {number}: {pages[number - 1]}"
              for number in sorted(too_long ^ set(long_lines(PAGE_SAMPLES)))]
    if len(marked) < 8 or len(too_long) < 3 or offending_lines(GENERATED, PAGE_SAMPLES):
        wrong.append("the samples are too few, or the generated reference is looked at")
    print("\n".join(wrong), end="\n" if wrong else "")
    return bool(wrong)


def main(words):
    if words == ["--self-test"]:
        return self_test()
    if not words:
        print(__doc__)
        return 2
    count = 0
    for path in words:
        text = pathlib.Path(path).read_text()
        lines = text.split("\n")
        for line in offending_lines(path, text):
            print(f"{path}:{line}: {lines[line - 1].strip()}")
            count += 1
    return bool(count)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
