// What binding asks of a snapshot: which names its live chunks define, and for what its aliases stand.
//
// A name is a number here. The numbers of a snapshot's names ascend with the bytes of their texts, so that a name can
// be found by halving, and neighbours share long beginnings.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace codegraph {

using NameNumber = uint32_t;
inline constexpr NameNumber no_name = ~uint32_t{0};

enum class AliasKind : uint8_t {
    exact,    // the name stands for a target
    members,  // what the name has not itself is looked for in a target
};

// What the live chunks and aliases of a snapshot say of one name, in short.
struct NameFacts {
    bool is_defined : 1 = false;  // it is the FQN of a live chunk
    bool is_class : 1 = false;    // the first of these chunks, in reader order, is_class_like()
    bool is_private : 1 = false;  // all of these chunks have the visibility `private`
    bool has_exact_aliases : 1 = false;
    bool has_member_aliases : 1 = false;

    bool are_there() const { return is_defined || has_exact_aliases || has_member_aliases; }
};

bool is_class_like(std::string_view kind);

// Implementations are flat arrays: each call takes nanoseconds, find() some dozens of comparisons.
class BindingFacts {
public:
    virtual NameNumber name_count() const = 0;
    virtual std::string_view text(NameNumber name) const = 0;
    virtual NameNumber find(std::string_view text) const = 0;  // returns no_name when no name has this text
    virtual NameFacts facts_of(NameNumber name) const = 0;
    // Returns the targets of the name's aliases of one kind: files by path, within a file as given, each target once.
    // (A later one gives what the first gave, which was nothing.)
    virtual std::span<const NameNumber> targets(NameNumber name, AliasKind kind) const = 0;
    // Returns what the live chunk with this id defines: its FQN or, without one, the id. Without such a chunk, no_name.
    virtual NameNumber symbol_of_chunk(NameNumber id) const = 0;

protected:
    ~BindingFacts() = default;
};

// Holds facts in arrays of their own. The chunks come in reader order, then aliases, files by path.
class FactArrays final : public BindingFacts {
public:
    // Takes the texts of all names, in ascending order. They stay in place as long as this.
    explicit FactArrays(std::span<const std::string_view> names);

    void add_definition(NameNumber fqn, bool is_class, bool is_private);
    void add_chunk_id(NameNumber id, NameNumber symbol);
    void add_alias(NameNumber name, AliasKind kind, std::span<const NameNumber> targets);
    // Lays the targets out by name. To be called when all was added, and before anything is asked.
    void finish();

    NameNumber name_count() const override { return static_cast<NameNumber>(names_.size()); }
    std::string_view text(NameNumber name) const override { return names_[name]; }
    NameNumber find(std::string_view text) const override;
    NameFacts facts_of(NameNumber name) const override { return facts_[name]; }
    std::span<const NameNumber> targets(NameNumber name, AliasKind kind) const override;
    NameNumber symbol_of_chunk(NameNumber id) const override;
    size_t bytes() const;  // of memory

private:
    struct Alias {
        NameNumber name;
        NameNumber target;
    };
    struct ChunkId {
        NameNumber id, symbol;
    };
    // The aliases of one kind, each with one target; then the targets by name.
    struct Targets {
        std::vector<Alias> aliases;
        std::vector<uint32_t> starts;  // by name, and one more; empty without aliases
        std::vector<NameNumber> targets;
    };
    void lay_out(Targets& targets) const;
    void drop_repeated(Targets& targets) const;
    Targets& of(AliasKind kind) { return kind == AliasKind::exact ? exact_ : members_; }
    const Targets& of(AliasKind kind) const { return kind == AliasKind::exact ? exact_ : members_; }

    std::span<const std::string_view> names_;
    std::vector<NameFacts> facts_;  // by name
    Targets exact_, members_;
    std::vector<ChunkId> chunk_ids_;  // by id
};

}  // namespace codegraph
