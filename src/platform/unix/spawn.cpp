#include "platform/spawn.hpp"

#include "platform/unix/child_recipe.hpp"
#include "platform/unix/pipe_impl.hpp"
#include "platform/unix/start.hpp"

#include <backchat/error.hpp>

#include <system_error>

#include <unistd.h>

namespace backchat::platform {
namespace {

/// Makes a pipe for one of the child's streams, when that is where it goes; gives our end.
FileDescriptor pipe_for(int target, const Redirect &to, const Options &options, ChildRecipe &recipe) {
    if (to.kind() != Redirect::Kind::pipe) return {};
    try {
        Pipe pipe =
            make_pipe(target == STDIN_FILENO ? Direction::to_child : Direction::from_child, options.pipe_capacity);
        recipe.place_pipe(target, std::move(pipe.childs));
        return std::move(pipe.ours);
    } catch (const std::system_error &error) {
        throw SpawnError(Stage::pipe, error.code(), recipe.program());
    }
}

template <class End>
std::optional<End> make_end(FileDescriptor fd) {
    if (!fd) return std::nullopt;
    return End(std::make_unique<typename End::Impl>(std::move(fd)));
}

} // namespace

Spawned spawn(const std::vector<std::string> &argv, const Options &options) {
    require_supported(options, options.executable ? *options.executable : argv.front());
    ChildRecipe recipe(argv, options);
    FileDescriptor in = pipe_for(STDIN_FILENO, options.in, options, recipe);
    FileDescriptor out = pipe_for(STDOUT_FILENO, options.out, options, recipe);
    FileDescriptor err = pipe_for(STDERR_FILENO, options.err, options, recipe);
    auto our_in = make_end<WriteEnd>(std::move(in));
    auto our_out = make_end<ReadEnd>(std::move(out));
    auto our_err = make_end<ReadEnd>(std::move(err));
    return {start(recipe), std::move(our_in), std::move(our_out), std::move(our_err)};
}

std::vector<std::string> shell_argv(std::string command) { return {"/bin/sh", "-c", std::move(command)}; }

} // namespace backchat::platform
