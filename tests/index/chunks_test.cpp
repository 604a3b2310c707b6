#include "chunks.h"

#include <gtest/gtest.h>

#include "analyzed.h"

namespace codegraph::index {
namespace {

using Strings = std::vector<std::string>;

TEST(Fqn, IsMadeOfThePathWithoutExtensionTheScopeAndTheName) {
    EXPECT_EQ(make_fqn("src/auth/login.py", "Session", "check"), "src.auth.login.Session.check");
    EXPECT_EQ(make_fqn("a.cpp", "x::y::C", "operator =="), "a.x.y.C.operator ==");
    EXPECT_EQ(make_fqn("src/login.test.ts", "", "f"), "src.login.test.f");
    EXPECT_EQ(make_fqn("pkg/__init__.py", "", "f"), "pkg.f");
    EXPECT_EQ(make_fqn("a.b/.c.js", "", "f"), "a.b..c.f");
    EXPECT_EQ(make_fqn("a.cpp", "x::__anon12ab::C<p::q>", "f"), "a.x.C<p::q>.f");
}

TEST(Fqn, ItsScopeIsWhatStandsBeforeTheName) {
    EXPECT_EQ(scope_of_fqn("a.C.f", "f"), "a.C");
    EXPECT_EQ(scope_of_fqn("a.b.h.x", "h.x"), "a.b");
    EXPECT_EQ(scope_of_fqn("f", "f"), "");
    EXPECT_EQ(last_part("a.b.C"), "C");
    EXPECT_EQ(last_part("C"), "C");
}

TEST(Chunks, OfCppStartWhereTheDeclarationStartsAndLeaveMembersToTheirClass) {
    FileChunks file = chunks_of("src/a.cpp",
                                "#include <x>\n"            // 1
                                "namespace n {\n"           // 2
                                "template <class T>\n"      // 3
                                "static T\n"                // 4
                                "twice(T x) {\n"            // 5
                                "    return x + x;\n"       // 6
                                "}\n"                       // 7
                                "class C {\n"               // 8
                                "public:\n"                 // 9
                                "    int get() const {\n"   // 10
                                "        return value_;\n"  // 11
                                "    }\n"                   // 12
                                "private:\n"                // 13
                                "    int value_;\n"         // 14
                                "};\n"                      // 15
                                "}  // namespace n\n");     // 16
    EXPECT_EQ(described(file), (Strings{"file src/a.cpp 1-16", "function src.a.n.twice 3-7", "class src.a.n.C 8-15",
                                        "method src.a.n.C.get 10-12"}));
    EXPECT_EQ(file.chunks[3].visibility, "public");
}

TEST(Chunks, OfCJoinATypedefWithItsAnonymousStructAndMarkWhatIsStatic) {
    FileChunks file = chunks_of("a.c",
                                "typedef struct {\n  int x;\n} Point;\nstatic int f(void) {\n  return 1;\n}\n#define "
                                "M(x) \\\n  x\nint v[] = {\n  1\n};\n");
    EXPECT_EQ(described(file),
              (Strings{"file a.c 1-11", "type a.Point 1-3", "function a.f 4-6", "macro a.M 7-8", "variable a.v 9-11"}));
    EXPECT_EQ(file.chunks[2].visibility, "file");
    EXPECT_EQ(file.chunks[4].visibility, "");
}

TEST(Chunks, OfPythonHaveTheirDecoratorsAndTheEndOfManyLinedValues) {
    FileChunks file = chunks_of("p/m.py",
                                "import os\nLIST = [\n  1,\n]\nclass A(B):\n    x = 1\n    @property\n    @other\n    "
                                "def _p(self):\n        return 1\n\ndef f(): return 2\n");
    EXPECT_EQ(described(file), (Strings{"file p/m.py 1-12", "variable p.m.LIST 2-4", "class p.m.A 5-10",
                                        "method p.m.A._p 7-10", "function p.m.f 12-12"}));
    EXPECT_EQ(file.chunks[3].visibility, "protected");
    EXPECT_EQ(file.chunks[2].inherits, "B");
}

TEST(Chunks, OfJavascriptEndWithTheirBodies) {
    FileChunks file = chunks_of("m.js",
                                "function f(a = {}) {\n  const s = '}';\n  return `}${a}`;\n}\n"  // 1-4
                                "class C extends D {\n  m() {\n    return /}/;\n  }\n}\n"         // 5-9
                                "const g = (x) => {\n  return x;\n};\n"                           // 10-12
                                "const h = x =>\n  x + 1\n"                                       // 13-14
                                "const k = 1\n");                                                 // 15
    EXPECT_EQ(described(file), (Strings{"file m.js 1-15", "function m.f 1-4", "class m.C 5-9", "method m.C.m 6-8",
                                        "constant m.g 10-12", "constant m.h 13-14", "constant m.k 15-15"}));
}

TEST(Chunks, OfTypescriptSeeThroughTypesWithBraces) {
    FileChunks file = chunks_of("m.ts",
                                "export function f(a: {x: number}): {y: string} {\n  return {y: ''};\n}\n"   // 1-3
                                "export interface I {\n  a: string;\n  m(b: {c: number}): void;\n}\n"        // 4-7
                                "export class C<T extends {a: 1}> implements I {\n  async go() {\n  }\n}\n"  // 8-11
                                "export type T = {\n  a: string;\n};\n"                                      // 12-14
                                "enum E {\n  A,\n  B,\n}\n");                                                // 15-18
    EXPECT_EQ(described(file), (Strings{"file m.ts 1-18", "function m.f 1-3", "interface m.I 4-7", "method m.I.m 6-6",
                                        "class m.C 8-11", "method m.C.go 9-10", "type m.T 12-14", "enum m.E 15-18"}));
}

TEST(Chunks, TheFilesOwnContentIsWhatNoOtherChunkHas) {
    std::string text = "import os\ndef f():\n    pass\nprint(1)\n";
    FileChunks file = chunks_of("a.py", text);
    Lines lines(text);
    std::vector<std::uint32_t> owners = owner_of_lines(file.chunks, lines.count());
    EXPECT_EQ(chunk_content(file.chunks, 0, lines, owners), "import os\nprint(1)\n");
    EXPECT_EQ(chunk_content(file.chunks, 1, lines, owners), "def f():\n    pass\n");
}

TEST(Chunks, ALineBelongsToTheInnermostChunk) {
    std::vector<Chunk> chunks(4);
    chunks[0].end_line = 9;
    chunks[1].start_line = 2, chunks[1].end_line = 8;
    chunks[2].start_line = 3, chunks[2].end_line = 4;
    chunks[3].start_line = 3, chunks[3].end_line = 4;
    EXPECT_EQ(owner_of_lines(chunks, 9), (std::vector<std::uint32_t>{0, 0, 1, 2, 2, 1, 1, 1, 1, 0}));
}

TEST(Chunks, AnEmptyFileIsOneEmptyChunk) {
    FileChunks file = chunks_of("a.py", "");
    EXPECT_EQ(described(file), Strings{"file a.py 1-1"});
    EXPECT_EQ(chunk_content(file.chunks, 0, Lines(""), owner_of_lines(file.chunks, 1)), "");
}

TEST(Chunks, TagsBeyondTheTextOrWithEndlessNamesAreLeftOut) {
    Tag beyond;
    beyond.name = "a", beyond.kind = "function", beyond.line = 9;
    Tag endless = beyond;
    endless.name.assign(1025, 'x'), endless.line = 1;
    Tag backwards = beyond;
    backwards.name = "b", backwards.line = 2, backwards.end = 1;
    FileChunks file =
        make_chunks("a.c", Language::c, "x;\nb;\n", tokenize("x;\nb;\n", Family::c), {beyond, endless, backwards});
    EXPECT_EQ(described(file), (Strings{"file a.c 1-2", "function a.b 2-2"}));
}

}  // namespace
}  // namespace codegraph::index
