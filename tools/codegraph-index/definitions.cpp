#include "definitions.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace codegraph::index {
namespace {

std::string_view directory_of(std::string_view path) {
    std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view file_name_of(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

bool is_value(std::string_view kind) {
    return kind == "variable" || kind == "constant";
}

bool names_itself(std::string_view qualifier) {
    return qualifier == "this" || qualifier == "self" || qualifier == "cls" || qualifier == "super";
}

}  // namespace

double confidence_of(double base, std::size_t candidates) {
    return std::round(base / static_cast<double>(candidates) * 1000) / 1000;
}

void Definitions::clear() {
    *this = Definitions(max_candidates_);
}

std::uint32_t Definitions::add_file(std::string_view path) {
    auto found = file_indexes_.find(std::string(path));
    if (found != file_indexes_.end()) return found->second;
    std::uint32_t index = static_cast<std::uint32_t>(files_.size());
    if (free_files_.empty()) {
        files_.emplace_back();
    } else {
        index = free_files_.back();
        free_files_.pop_back();
    }
    files_[index] = File{std::string(path), {}};
    file_indexes_.emplace(path, index);
    files_by_name_[std::string(file_name_of(path))].push_back(index);
    return index;
}

void Definitions::add(std::uint32_t file, std::string_view kind, std::string_view fqn, std::string_view name,
                      Family family, std::string_view visibility) {
    if (kind == "file" || name.empty() || name.size() > 0xffff || !fqn.ends_with(name)) return;  // the last: not ours
    auto& same_name = by_name_[std::string(name)];
    same_name.push_back({std::string(fqn), std::string(kind), file, static_cast<std::uint16_t>(name.size()), family,
                         visibility == "file"});
    files_[file].names.emplace_back(name);
}

void Definitions::remove_file(std::string_view path) {
    auto found = file_indexes_.find(std::string(path));
    if (found == file_indexes_.end()) return;
    std::uint32_t index = found->second;
    for (const std::string& name : files_[index].names) {
        auto same_name = by_name_.find(name);
        if (same_name == by_name_.end()) continue;
        std::erase_if(same_name->second, [&](const Definition& d) { return d.file == index; });
        if (same_name->second.empty()) by_name_.erase(same_name);
    }
    auto siblings = files_by_name_.find(std::string(file_name_of(path)));
    std::erase(siblings->second, index);
    if (siblings->second.empty()) files_by_name_.erase(siblings);
    file_indexes_.erase(found);
    files_[index] = File();
    free_files_.push_back(index);
}

void Definitions::replace_file(std::string_view path, Family family, const std::vector<Chunk>& chunks) {
    remove_file(path);
    std::uint32_t file = add_file(path);
    for (const Chunk& chunk : chunks) add(file, chunk.kind, chunk.fqn, chunk.name, family, chunk.visibility);
}

int Definitions::rank(std::uint32_t file, const Mention& mention, const Definition& definition) const {
    std::string_view fqn = definition.fqn;
    std::string_view scope = scope_of_fqn(fqn, fqn.substr(fqn.size() - definition.name_size));
    if (!mention.qualifier.empty() && !names_itself(mention.qualifier)) {
        if (last_part(scope) == mention.qualifier) return 0;
    } else if (mention.access != Access::member || !mention.qualifier.empty()) {
        bool inside = !scope.empty() && (scope == mention.scope || scope == mention.outer_scope);
        if (inside) return 0;
    }
    if (definition.file == file) return 1;
    return directory_of(files_[definition.file].path) == directory_of(files_[file].path) ? 2 : 3;
}

bool Definitions::is_eligible(std::uint32_t file, const Mention& mention, const Definition& definition,
                              int rank) const {
    if (definition.family != mention.family) return false;
    bool same_file = definition.file == file;
    if (definition.file_only && !same_file) return false;
    bool method = definition.kind == "method";
    if (mention.family == Family::c) {
        if (mention.access == Access::member) return method;
        if (mention.access == Access::scoped) return mention.qualifier.empty() || rank == 0;
        return mention.is_call || !method;
    }
    if (mention.access == Access::plain) {
        if (method) return false;
        return same_file || mention.is_imported || !is_value(definition.kind);
    }
    return rank == 0 || !is_value(definition.kind);
}

Resolution Definitions::resolve(std::uint32_t file, const Mention& mention) const {
    Resolution resolution;
    auto found = by_name_.find(std::string(mention.name));
    if (found == by_name_.end()) return resolution;
    std::map<std::string_view, std::pair<int, const Definition*>> nearest;  // by FQN: its best rank
    int best = 4;
    for (const Definition& definition : found->second) {
        int near = rank(file, mention, definition);
        if (!is_eligible(file, mention, definition, near)) continue;
        auto [place, added] = nearest.try_emplace(definition.fqn, near, &definition);
        if (!added && near < place->second.first) place->second = {near, &definition};
        best = std::min(best, near);
    }
    std::size_t count = 0;
    for (const auto& [fqn, place] : nearest) count += place.first == best;
    if (count == 0) return resolution;
    if (count > max_candidates_) {
        resolution.ambiguous = true;
        return resolution;
    }
    double base = best == 0 || count == nearest.size() ? 0.9 : 0.8;
    if (best > 0 && mention.access == Access::member) base = 0.6;
    for (const auto& [fqn, place] : nearest)
        if (place.first == best) resolution.candidates.push_back({place.second, confidence_of(base, count)});
    return resolution;
}

std::vector<std::string_view> Definitions::files_named(std::string_view file_name) const {
    std::vector<std::string_view> paths;
    auto found = files_by_name_.find(std::string(file_name));
    if (found == files_by_name_.end()) return paths;
    for (std::uint32_t index : found->second) paths.push_back(files_[index].path);
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace codegraph::index
