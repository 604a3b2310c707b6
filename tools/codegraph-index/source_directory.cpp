#include "source_directory.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "error.h"
#include "interrupt.h"
#include "language.h"

namespace codegraph::index {
namespace {

namespace fs = std::filesystem;

bool is_version_control(const fs::path& name) {
    return name == ".git" || name == ".hg" || name == ".svn";
}

std::string mode_of(const fs::directory_entry& entry) {
    if (entry.is_symlink()) return "120000";
    bool runs = (entry.status().permissions() & fs::perms::owner_exec) != fs::perms::none;
    return runs ? "100755" : "100644";
}

}  // namespace

std::vector<SourceFile> list_directory(const std::string& root) {
    std::vector<SourceFile> files;
    try {
        auto entry = fs::recursive_directory_iterator(root);
        for (; entry != fs::recursive_directory_iterator(); ++entry) {
            stop_if_requested();
            bool link = entry->is_symlink();
            if (!link && entry->is_directory() && is_version_control(entry->path().filename()))
                entry.disable_recursion_pending();
            if (!link && !entry->is_regular_file()) continue;
            std::string path = entry->path().lexically_relative(root).generic_string();
            if (language_of_path(path)) files.push_back({path, "", mode_of(*entry)});
        }
    } catch (const fs::filesystem_error& error) {
        throw Error("cannot read the directory " + error.path1().string() + ": " + error.code().message());
    }
    std::sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return files;
}

std::optional<std::string> read_from_directory(const std::string& root, const SourceFile& file, std::uint64_t limit) {
    std::ifstream in(fs::path(root) / file.path, std::ios::binary | std::ios::ate);
    std::streamoff size = in ? std::streamoff(in.tellg()) : -1;
    if (size < 0) throw Error("cannot read " + file.path + "; check its permissions");
    if (static_cast<std::uint64_t>(size) > limit) return std::nullopt;
    std::string bytes(static_cast<std::size_t>(size), '\0');
    in.seekg(0);
    in.read(bytes.data(), size);
    if (in.gcount() != size) throw Error(file.path + " changed while it was read; run again");
    return bytes;
}

}  // namespace codegraph::index
