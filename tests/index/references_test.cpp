#include "references.h"

#include <gtest/gtest.h>

#include "analyzed.h"

namespace codegraph::index {
namespace {

using Strings = std::vector<std::string>;

TEST(References, OfCAreCallsTypesAndIncludes) {
    Snapshot snapshot(Files{{"lib/point.h", "typedef struct {\n  int x;\n} Point;\nint length(Point* p);\n"},
                            {"lib/point.c",
                             "#include \"point.h\"\nstatic int square(int v) {\n  return v * v;\n}\nint length(Point* "
                             "p) {\n  return square(p->x);\n}\n"},
                            {"app.c",
                             "#include \"lib/point.h\"\n// length\nint main(void) {\n  Point p;\n  const char* s = "
                             "\"square\";\n  return length(&p);\n}\n"}});
    EXPECT_EQ(snapshot.dependencies("app.c"),
              (Strings{"app.c IMPORTS lib/point.h 0.9", "app.main TYPED_BY lib.point.Point 0.9",
                       "app.main CALLS lib.point.length 0.9"}));
    EXPECT_EQ(snapshot.dependencies("lib/point.c"),
              (Strings{"lib/point.c IMPORTS lib/point.h 0.9", "lib.point.length TYPED_BY lib.point.Point 0.9",
                       "lib.point.length CALLS lib.point.square 0.9"}));
    EXPECT_EQ(snapshot.dependencies("lib/point.h"), Strings{"lib/point.h TYPED_BY lib.point.Point 0.9"});
}

TEST(References, OfCppKnowBasesMembersAndQualifiedNames) {
    Snapshot snapshot(Files{{"a.cpp",
                             "class Base {\npublic:\n  virtual void run() {\n  }\n};\n"                         // 1-5
                             "class Derived : public Base {\npublic:\n  void run() {\n    Base::run();\n  }\n"  // 6-10
                             "  void twice() {\n    run();\n    this->run();\n    std::run();\n  }\n};\n"       // 11-16
                             "void use(Derived& d) {\n  d.twice();\n}\n"}});                                    // 17-19
    EXPECT_EQ(snapshot.dependencies("a.cpp"),
              (Strings{"a.Derived EXTENDS a.Base 0.9", "a.Derived.run REFERENCES a.Base 0.9",
                       "a.Derived.run CALLS a.Base.run 0.9", "a.Derived.twice CALLS a.Derived.run 0.9",
                       "a.use TYPED_BY a.Derived 0.9", "a.use CALLS a.Derived.twice 0.6"}));
}

TEST(References, ADeclaredLocalNameHidesADefinition) {
    Snapshot snapshot(Files{{"g.c", "int count;\nint limit;\nint next(void) {\n  return limit;\n}\n"},
                            {"u.c",
                             "int f(int limit) {\n  int count = 3;\n  return count + limit;\n}\nint g(int a) {\n  "
                             "return a + count;\n}\n"}});
    EXPECT_EQ(snapshot.dependencies("u.c"), Strings{"u.g REFERENCES g.count 0.9"});
    EXPECT_EQ(snapshot.dependencies("g.c"), Strings{"g.next REFERENCES g.limit 0.9"});
}

TEST(References, RecursionIsADependencyOnItselfButADefinitionIsNone) {
    Snapshot snapshot(Files{{"a.c", "int f(int n) {\n  return n ? f(n - 1) : 0;\n}\nint once(void) { return 1; }\n"}});
    EXPECT_EQ(snapshot.dependencies("a.c"), Strings{"a.f CALLS a.f 0.9"});
}

TEST(References, OfPythonFollowImportsSelfAndNestedFunctions) {
    Snapshot snapshot(Files{{"pkg/__init__.py", ""},
                            {"pkg/base.py", "LIMIT = 3\nclass Base:\n    def run(self):\n        pass\n"},
                            {"pkg/job.py",
                             "from .base import Base, LIMIT\n"      // 1
                             "class Job(Base):\n"                   // 2
                             "    def run(self):\n"                 // 3
                             "        def inner():\n"               // 4
                             "            return LIMIT\n"           // 5
                             "        return self.stop(inner())\n"  // 6
                             "    def stop(self, LIMIT=1):\n"       // 7
                             "        return LIMIT\n"}});           // 8
    EXPECT_EQ(snapshot.dependencies("pkg/job.py"),
              (Strings{"pkg/job.py IMPORTS pkg.base.Base 0.9", "pkg/job.py IMPORTS pkg.base.LIMIT 0.9",
                       "pkg/job.py IMPORTS pkg/base.py 0.9", "pkg.job.Job EXTENDS pkg.base.Base 0.9",
                       "pkg.job.Job.run CALLS pkg.job.Job.run.inner 0.9", "pkg.job.Job.run CALLS pkg.job.Job.stop 0.9",
                       "pkg.job.Job.run.inner REFERENCES pkg.base.LIMIT 0.9"}));
}

TEST(References, OfTypescriptTellExtendsImplementsTypesAndNew) {
    Snapshot snapshot(
        Files{{"web/types.ts", "export interface Shape {\n  area(): number;\n}\nexport class Base {\n}\n"},
              {"web/circle.ts",
               "import {Shape, Base} from './types';\n"
               "export class Circle extends Base implements Shape {\n"
               "  area(): number {\n    return `${pi()}`.length;\n  }\n}\n"
               "function pi() {\n  return 3;\n}\n"
               "export function make(a: Shape): Base {\n  return new Circle();\n}\n"}});
    EXPECT_EQ(snapshot.dependencies("web/circle.ts"),
              (Strings{"web/circle.ts IMPORTS web.types.Base 0.9", "web/circle.ts IMPORTS web.types.Shape 0.9",
                       "web/circle.ts IMPORTS web/types.ts 0.9", "web.circle.Circle EXTENDS web.types.Base 0.9",
                       "web.circle.Circle IMPLEMENTS web.types.Shape 0.9",
                       "web.circle.Circle.area CALLS web.circle.pi 0.9", "web.circle.make CALLS web.circle.Circle 0.9",
                       "web.circle.make TYPED_BY web.types.Base 0.9", "web.circle.make TYPED_BY web.types.Shape 0.9"}));
}

TEST(References, NamesWithMoreDefinitionsThanTheLimitAreCountedAndLeftOut) {
    std::map<std::string, std::string> files{{"z/user.py", "def g():\n    f()\n"}};
    for (int i = 0; i < 3; i++) files["m" + std::to_string(i) + "/x.py"] = "def f():\n    pass\n";
    EXPECT_EQ(Snapshot(files, 3).dependencies("z/user.py").size(), 3u);
    EXPECT_TRUE(Snapshot(files, 2).dependencies("z/user.py").empty());
    EXPECT_EQ(Snapshot(files, 2).references("z/user.py").ambiguous, 1u);
}

}  // namespace
}  // namespace codegraph::index
