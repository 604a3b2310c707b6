#include "imports.h"

#include <gtest/gtest.h>

namespace codegraph::index {
namespace {

std::string described(std::string_view text, Family family) {
    std::string all;
    for (const Import& import : find_imports(tokenize(text, family), family)) {
        all += (all.empty() ? "" : "; ") + import.module;
        for (std::string_view name : import.names) all += " " + std::string(name);
    }
    return all;
}

TEST(Imports, OfCAreBothFormsOfInclude) {
    EXPECT_EQ(described("#include \"a/b.h\"\n# include <c.h>\nint include;\n", Family::c), "a/b.h; c.h");
}

TEST(Imports, OfPythonBringModulesAndNames) {
    EXPECT_EQ(described("import a.b as c, d\n", Family::python), "a.b; d");
    EXPECT_EQ(described("from a.b import C as D, e\nx = 1\n", Family::python), "a.b C e; a.b.C; a.b.e");
    EXPECT_EQ(described("from . import (\n  x,\n  y,\n)\nz = 1\n", Family::python), ". x y; .x; .y");
    EXPECT_EQ(described("from ..a import *\n", Family::python), "..a");
    EXPECT_EQ(described("yield from x\n", Family::python), "");
}

TEST(Imports, OfJavascriptAreImportExportFromAndRequire) {
    EXPECT_EQ(described("import D, {a as b, c} from './x';\nimport './y'\nexport * from \"./z\";", Family::javascript),
              "./x D a c; ./y; ./z");
    EXPECT_EQ(described("const {a, b: c} = require('./x'); require('y');", Family::javascript), "./x a b; y");
    EXPECT_EQ(described("const m = await import('./x');\nimport type {T} from './t'", Family::javascript),
              "./x; ./t T");
    EXPECT_EQ(described("export const a = 'b';", Family::javascript), "");
}

class Modules : public testing::Test {
protected:
    Modules() {
        for (const char* path : {"shared/tree/node.h", "pg/node.h", "a/tree/node.h.bak", "pkg/__init__.py", "pkg/m.py",
                                 "pkg/sub/n.py", "web/index.ts", "web/x.tsx", "web/lib/index.js", "top.py"})
            definitions.add_file(path);
    }
    std::string resolve(std::string_view from, const std::string& module, Family family) const {
        std::string all;
        for (const std::string& path : resolve_module(from, module, family, definitions))
            all += (all.empty() ? "" : " ") + path;
        return all;
    }
    Definitions definitions;
};

TEST_F(Modules, IncludesAreFoundBesideTheFileThenByTheEndOfThePath) {
    EXPECT_EQ(resolve("pg/a.c", "node.h", Family::c), "pg/node.h");
    EXPECT_EQ(resolve("x/a.c", "tree/node.h", Family::c), "shared/tree/node.h");
    EXPECT_EQ(resolve("shared/b/a.c", "../tree/node.h", Family::c), "shared/tree/node.h");
    EXPECT_EQ(resolve("x/a.c", "node.h", Family::c), "pg/node.h");
    EXPECT_EQ(resolve("x/a.c", "ode.h", Family::c), "");
    EXPECT_EQ(resolve("a.c", "../../node.h", Family::c), "");
}

TEST_F(Modules, PythonModulesAreFilesOrPackages) {
    EXPECT_EQ(resolve("top.py", "pkg.m", Family::python), "pkg/m.py");
    EXPECT_EQ(resolve("top.py", "pkg", Family::python), "pkg/__init__.py");
    EXPECT_EQ(resolve("pkg/sub/n.py", "..m", Family::python), "pkg/m.py");
    EXPECT_EQ(resolve("pkg/m.py", ".sub.n", Family::python), "pkg/sub/n.py");
    EXPECT_EQ(resolve("pkg/m.py", ".", Family::python), "pkg/__init__.py");
    EXPECT_EQ(resolve("pkg/m.py", "...m", Family::python), "");
    EXPECT_EQ(resolve("pkg/m.py", "os", Family::python), "");
}

TEST_F(Modules, JavascriptModulesAreRelativeWithAnyExtension) {
    EXPECT_EQ(resolve("web/a.ts", "./x", Family::javascript), "web/x.tsx");
    EXPECT_EQ(resolve("web/lib/a.ts", "..", Family::javascript), "web/index.ts");
    EXPECT_EQ(resolve("web/a.ts", "./lib", Family::javascript), "web/lib/index.js");
    EXPECT_EQ(resolve("web/a.ts", "./index.js", Family::javascript), "web/index.ts");
    EXPECT_EQ(resolve("web/a.ts", "react", Family::javascript), "");
}

}  // namespace
}  // namespace codegraph::index
