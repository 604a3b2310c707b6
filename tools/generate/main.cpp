// Writes what derives from the registry of SQL functions: the PostgreSQL install script and the reference.
//     codegraph-generate INSTALL_SCRIPT.sql REFERENCE.md
#include <cstdio>
#include <fstream>

#include "registry/install_script.h"
#include "registry/reference.h"

static bool write_file(const char* path, const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file) std::fprintf(stderr, "codegraph-generate: cannot write %s\n", path);
    return static_cast<bool>(file);
}

int main(int count, char** arguments) {
    if (count != 3) {
        std::fprintf(stderr, "usage: codegraph-generate INSTALL_SCRIPT.sql REFERENCE.md\n");
        return 2;
    }
    bool written = write_file(arguments[1], codegraph::postgres_install_script()) &&
                   write_file(arguments[2], codegraph::markdown_reference());
    return written ? 0 : 1;
}
