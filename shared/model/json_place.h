// A place is what an error is about: an argument, or a place in its JSON text, as in `files[3].chunks[0].content`. A
// reader passes many places and needs the words of hardly any. So the words are made when there is an error.
#pragma once
#include <concepts>
#include <string>
#include <string_view>

namespace codegraph {

// Refers to the place around it and to names, which must outlive it.
class Place {
public:
    template <std::convertible_to<std::string_view> Text>
    Place(const Text& argument) : name_(argument) {}
    static Place field(const Place& outer, std::string_view name) { return {&outer, Step::field, name, 0}; }
    static Place member(const Place& outer, std::string_view key) { return {&outer, Step::member, key, 0}; }
    static Place element(const Place& outer, size_t index) { return {&outer, Step::element, {}, index}; }

    std::string words() const;

private:
    enum class Step { field, member, element };
    Place(const Place* outer, Step step, std::string_view name, size_t index)
        : outer_(outer), step_(step), name_(name), index_(index) {}

    const Place* outer_ = nullptr;  // null: this is an argument
    Step step_ = Step::field;
    std::string_view name_;
    size_t index_ = 0;
};

}  // namespace codegraph
