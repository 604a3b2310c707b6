#!/usr/bin/python3
"""Refuses the co_await forms that g++ 12 can miscompile: co_await stands alone in its statement.

    co_await f(a);   T x = co_await f(a);   x += co_await f(a);   co_return co_await f(a);

Refused: in a condition or a range-for header, inside parentheses, braces or a subscript, beside && || ?: or any other
operator, with braces or a lambda in its statement, twice in a statement, in a catch block, in a lambda that captures.

usage: co_await_forms.py FILE...        lists offences as FILE:LINE: reason
       co_await_forms.py --self-test    finds exactly the lines marked `// bad` in co_await_samples.cpp
"""
import pathlib
import re
import sys
from collections import namedtuple

Token = namedtuple("Token", "text line")
Open = namedtuple("Open", "kind start")  # kind: ( [ block init lambda catch; start: index of the statement inside

TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/|^[ \t]*\#(?:[^\n\\]|\\.)*$)
      | (?P<literal>(?:u8|[uUL])?R"(?P<mark>[^()\s\\]*)\(.*?\)(?P=mark)"
                   |(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*" | (?<![0-9A-Fa-f])'(?:[^'\\\n]|\\.)*')
      | (?P<word>[A-Za-z_]\w*)
      | (?P<number>\.?\d(?:[\w.']|[eEpP][+-])*)
      | (?P<sign>->\*?|::|<<=|<=>|\+\+|--|&&|\|\||[-+*/%&|^<=!>]=|<<|.)""",
    re.X | re.S | re.M)

ASSIGN = {"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<="}
CONTROL = {"if", "while", "for", "switch"}
BLOCK_BEFORE = {")", ";", "{", "}", ":", "else", "do", "try", "const", "noexcept", "mutable", "override", "final"}
BLOCK_HEAD = {"namespace", "struct", "class", "union", "enum", "extern"}
BESIDE = {"?", "&&", "||"}


def tokens_of(text):
    found, line = [], 1
    for match in TOKEN.finditer(text):
        if match.lastgroup != "skip" and not match.group("skip"):
            found.append(Token('""' if match.group("literal") else match.group(), line))
        line += match.group().count("\n")
    return found


def starts_lambda(tokens, i):
    """A `[` after an operand is a subscript; doubled it is an attribute; after `auto` a structured binding."""
    before = tokens[i - 1].text if i else ";"
    after = tokens[i + 1].text if i + 1 < len(tokens) else ""
    operand = before in {")", "]", '""'} or (re.match(r"\w", before) and before not in {"return", "co_return", "case"})
    return not operand and after != "[" and before not in {"&", "&&", "["}


def matching(tokens, i, step):
    """The index of the bracket that matches the one at i."""
    depth = 0
    opening, closing = ("([{", ")]}") if step > 0 else (")]}", "([{")
    while 0 <= i < len(tokens):
        depth += (tokens[i].text in opening) - (tokens[i].text in closing)
        if depth == 0:
            return i
        i += step
    return i


def lambda_start(tokens, head):
    """Where the lambda begins whose body follows the tokens of `head`, or None."""
    for i in head:
        if tokens[i].text == "[" and starts_lambda(tokens, i):
            end = matching(tokens, i, 1)
            after = tokens[end + 1].text if end + 1 < len(tokens) else ""
            if after in {"(", "{", "mutable", "<"} and end < head.stop:
                body = end + 1
                while body < len(tokens) and tokens[body].text != "{":
                    body = matching(tokens, body, 1) + 1 if tokens[body].text in "([" else body + 1
                if body == head.stop:
                    return i
    return None


def kind_of_brace(tokens, i, start):
    before = tokens[i - 1].text if i else ";"
    lambda_at = lambda_start(tokens, range(start, i))
    if lambda_at is not None:
        return "captures" if matching(tokens, lambda_at, 1) > lambda_at + 1 else "block"
    if before == ")":
        opened = matching(tokens, i - 1, -1)
        if tokens[opened - 1].text == "catch":
            return "catch"
    head = {token.text for token in tokens[start:i]}
    if before in BLOCK_BEFORE or head & BLOCK_HEAD or ("->" in head and ")" in head and "=" not in head):
        return "block"
    return "init"


def without_controls(tokens):
    """The statement after `if (...)`, `else`, `for (...)`, `case x:` and the like in front of it."""
    i = 0
    while i < len(tokens):
        word = tokens[i].text
        if word in CONTROL:
            i += 1
            while i < len(tokens) and tokens[i].text in {"constexpr", "!"}:
                i += 1
            i = matching(tokens, i, 1) + 1
        elif word in {"else", "do"}:
            i += 1
        elif word in {"case", "default"}:
            while i < len(tokens) and tokens[i].text != ":":
                i += 1
            i += 1
        else:
            break
    return tokens[i:]


def wrong_before(tokens):
    head = without_controls(tokens)
    words = [token.text for token in head]
    if not words or words == ["co_return"]:
        return None
    if words[-1] not in ASSIGN:
        return "not alone: an expression stands in front of it"
    if BESIDE & set(words[:-1]) or "{" in words or ASSIGN & set(words[:-1]):
        return "beside an operator, braces or another assignment"
    if any(token.text == "[" and starts_lambda(head, i) for i, token in enumerate(head) if i):
        return "with a lambda in its statement"
    return None


def wrong_after(tokens, i):
    depth = 0
    i += 1
    while i < len(tokens):
        word = tokens[i].text
        if depth == 0 and word == ";":
            return None
        if word in BESIDE:
            return "beside && || or ?:"
        if word in {"{", "}"}:
            return "with braces in its statement"
        if word in {"co_await", "co_yield"}:
            return "twice in a statement"
        if word == "[" and starts_lambda(tokens, i):
            return "with a lambda in its statement"
        if depth == 0 and word not in {"(", "[", "::", ".", "->", "<", ">", ",", "*", "&"} and not re.match(r"\w", word):
            return "not alone: an expression goes on behind it"
        if depth == 0 and word == "*" and tokens[i - 1].text not in {"co_await", ","}:
            return "not alone: an expression goes on behind it"
        depth += (word in "([") - (word in ")]")
        if depth == 0 and word == ")" and tokens[i + 1].text not in {";", ".", "->", "(", "["}:
            return "not alone: an expression goes on behind it"
        i += 1
    return "unfinished statement"


def offence(tokens, i, stack, start):
    """What is wrong with the co_await at i, or None."""
    if stack and stack[-1].kind in {"(", "[", "init"}:
        return "inside parentheses, braces or a subscript"
    kinds = {opened.kind for opened in stack}
    if "catch" in kinds:
        return "in a catch block"
    if stack and "captures" in kinds:
        return "in a lambda that captures"
    return wrong_before(tokens[start:i]) or wrong_after(tokens, i)


def offences(text):
    tokens, stack, start, found = tokens_of(text), [], 0, []
    for i, token in enumerate(tokens):
        word = token.text
        if word == "co_await":
            reason = offence(tokens, i, stack, start)
            if reason:
                found.append((token.line, reason))
        elif word in "([" and len(word) == 1:
            stack.append(Open(word, start))
        elif word == "{":
            kind = kind_of_brace(tokens, i, start)
            stack.append(Open(kind, start))
            if kind != "init":
                start = i + 1
        elif word in ")]}" and len(word) == 1 and stack:
            opened = stack.pop()
            # A lambda's body ends inside the statement that the lambda stands in; any other block ends a statement.
            inside = stack and stack[-1].kind in {"(", "["} or tokens[i + 1:i + 2] and tokens[i + 1].text in {")", ","}
            if word == "}" and opened.kind != "init":
                start = opened.start if inside else i + 1
        elif word == ";" and not (stack and stack[-1].kind in {"(", "["}):
            start = i + 1
        elif word == ":" and stack and stack[-1].kind not in {"(", "[", "init"}:
            if tokens[start].text in {"case", "default", "public", "private", "protected"}:
                start = i + 1
    return found


def self_test():
    sample = pathlib.Path(__file__).with_name("co_await_samples.cpp")
    text = sample.read_text()
    marked = {number for number, line in enumerate(text.split("\n"), 1) if line.rstrip().endswith("// bad")}
    reported = {line for line, _ in offences(text)}
    for line in sorted(marked - reported):
        print(f"{sample.name}:{line}: not found, though bad")
    for line in sorted(reported - marked):
        print(f"{sample.name}:{line}: reported, though good")
    return bool(marked ^ reported) or len(marked) < 20


def main(words):
    if words == ["--self-test"]:
        return self_test()
    if not words:
        print(__doc__)
        return 2
    bad = [(path, line, why) for path in words for line, why in offences(pathlib.Path(path).read_text())]
    for path, line, why in bad:
        print(f"{path}:{line}: co_await {why}")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
