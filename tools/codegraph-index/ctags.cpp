#include "ctags.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <nlohmann/json.hpp>

#include "error.h"
#include "interrupt.h"

namespace codegraph::index {
namespace {

constexpr int answer_seconds = 60;  // a parser that gives no line for longer hangs

[[noreturn]] void cannot_run(const std::string& program, const std::string& why) {
    throw Error("cannot use " + program + " (" + why +
                "); install Universal Ctags (Debian: universal-ctags) or name it with --ctags");
}

struct Pipe {
    int read_end = -1;
    int write_end = -1;
    Pipe() {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) throw Error(std::string("cannot make a pipe: ") + std::strerror(errno));
        read_end = ends[0];
        write_end = ends[1];
    }
};

// The child ignores SIGINT: a Ctrl-C on the terminal reaches it too, but the current commit is finished first.
int spawn(const std::string& program, const Pipe& in, const Pipe& out, pid_t& process) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in.read_end, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.write_end, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);  // out of the terminal's foreground group
    const char* arguments[] = {program.c_str(),        "--options=NONE",       "--_interactive=default",
                               "--output-format=json", "--fields=NnsKzeaitpf", nullptr};
    int failure =
        posix_spawnp(&process, program.c_str(), &actions, &attributes, const_cast<char**>(arguments), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

}  // namespace

Ctags::Ctags(std::string program) : program_(std::move(program)) {
    start();
}

Ctags::~Ctags() {
    stop();
}

void Ctags::start() {
    Pipe in;
    Pipe out;
    int failure = spawn(program_, in, out, process_);
    close(in.read_end);
    close(out.write_end);
    to_ctags_ = in.write_end;
    from_ctags_ = out.read_end;
    if (failure != 0) {
        process_ = -1;
        stop();
        cannot_run(program_, std::strerror(failure));
    }
    std::string greeting;
    bool answered = read_line(greeting);
    auto object = nlohmann::json::parse(greeting, nullptr, false);
    if (!answered || !object.is_object() || object.value("_type", "") != "program") {
        stop();
        cannot_run(program_, "it does not offer the interactive JSON mode");
    }
}

void Ctags::stop() {
    if (to_ctags_ >= 0) close(to_ctags_);
    if (from_ctags_ >= 0) close(from_ctags_);
    to_ctags_ = from_ctags_ = -1;
    buffer_.clear();
    consumed_bytes_ = 0;
    if (process_ <= 0) return;
    kill(process_, SIGKILL);  // it owns nothing that could be lost
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) continue;
    process_ = -1;
}

bool Ctags::write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t written = write(to_ctags_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool Ctags::read_line(std::string& line) {
    while (true) {
        std::size_t end = buffer_.find('\n', consumed_bytes_);
        if (end != std::string::npos) {
            line.assign(buffer_, consumed_bytes_, end - consumed_bytes_);
            consumed_bytes_ = end + 1;
            return true;
        }
        buffer_.erase(0, consumed_bytes_);
        consumed_bytes_ = 0;
        pollfd waiting{from_ctags_, POLLIN, 0};
        int ready = poll(&waiting, 1, answer_seconds * 1000);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return false;
        char piece[65536];
        ssize_t count = read(from_ctags_, piece, sizeof piece);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        buffer_.append(piece, static_cast<std::size_t>(count));
    }
}

bool Ctags::tags_of(std::string_view file_name, std::string_view content, std::vector<Tag>& tags) {
    tags.clear();
    if (content.empty()) return true;  // this mode takes no empty file
    nlohmann::json request{{"command", "generate-tags"}, {"filename", file_name}, {"size", content.size()}};
    bool sent = write_all(request.dump() + "\n");
    if (sent) sent = write_all(content);
    std::string line;
    while (sent && read_line(line)) {
        if (std::optional<Tag> tag = parse_tag(line)) {
            tags.push_back(std::move(*tag));
            continue;
        }
        auto object = nlohmann::json::parse(line, nullptr, false);
        if (!object.is_object()) break;
        if (object.value("_type", "") == "completed") return true;
        if (object.value("_type", "") == "error" && !object.value("warning", false)) break;
    }
    tags.clear();
    stop();
    start();
    return false;
}

}  // namespace codegraph::index
