#include "totals.h"

#include <string>

namespace codegraph::index {
namespace {

void add_reason(std::string& reasons, std::size_t count, const char* reason) {
    if (count > 0) reasons += (reasons.empty() ? "" : ", ") + std::to_string(count) + " " + reason;
}

std::string skipped_text(const Skipped& skipped) {
    std::size_t count =
        skipped.binary + skipped.too_large + skipped.undecodable + skipped.minified + skipped.links + skipped.bad_paths;
    std::string reasons;
    add_reason(reasons, skipped.binary, "binary");
    add_reason(reasons, skipped.too_large, "too large");
    add_reason(reasons, skipped.undecodable, "not UTF-8");
    add_reason(reasons, skipped.minified, "minified");
    add_reason(reasons, skipped.links, "links or submodules");
    add_reason(reasons, skipped.bad_paths, "with unusable paths");
    return std::to_string(count) + " skipped" + (reasons.empty() ? "" : " (" + reasons + ")");
}

}  // namespace

void print_summary(std::FILE* out, const Totals& totals, double seconds, std::optional<std::int64_t> database_bytes) {
    std::fprintf(out, "snapshots     %zu indexed, %zu present already\n", totals.snapshots, totals.snapshots_present);
    std::fprintf(out, "files         %zu analyzed, %zu unchanged, %zu deleted, %s\n", totals.files_analyzed,
                 totals.files_unchanged, totals.files_deleted, skipped_text(totals.skipped).c_str());
    if (totals.parser_failures > 0)
        std::fprintf(out, "ctags failed  %zu times; those files are one chunk each\n", totals.parser_failures);
    std::fprintf(out, "chunks        %lld new or changed\n", static_cast<long long>(totals.chunks));
    std::fprintf(out, "dependencies  %lld saved, %zu mentions left out as ambiguous\n",
                 static_cast<long long>(totals.dependencies), totals.ambiguous);
    std::fprintf(out, "time          %.1f s\n", seconds);
    if (database_bytes) std::fprintf(out, "database      %.1f MB\n", static_cast<double>(*database_bytes) / 1e6);
}

}  // namespace codegraph::index
