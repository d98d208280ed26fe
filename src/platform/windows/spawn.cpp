#include "platform/spawn.hpp"

#include "platform/windows/attribute_list.hpp"
#include "platform/windows/child_handles.hpp"
#include "platform/windows/kernel32.hpp"
#include "platform/windows/pipe_impl.hpp"
#include "platform/windows/process_impl.hpp"
#include "platform/windows/program.hpp"
#include "platform/windows/surroundings.hpp"
#include "platform/windows/text.hpp"
#include "platform/windows/unsupported.hpp"

#include <backchat/error.hpp>

#include <system_error>

namespace backchat::platform {
namespace {

struct NewProcess {
    DWORD pid = 0;
    Handle process;
    Handle thread;
};

DWORD creation_flags(const Options &options) {
    DWORD flags = EXTENDED_STARTUPINFO_PRESENT | CREATE_UNICODE_ENVIRONMENT;
    if (options.process_group.kind() == ProcessGroup::Kind::own) flags |= CREATE_NEW_PROCESS_GROUP;
    // Without a console of ours to share, a console program would get one of its own, and a window that flashes up.
    if (kernel32().GetConsoleCP() == 0) flags |= CREATE_NO_WINDOW;
    if (!options.cpu_affinity.empty()) flags |= CREATE_SUSPENDED;
    return flags;
}

/// The step that CreateProcessW has failed at: it says no more than a number.
Stage stage_of(DWORD error) {
    switch (error) {
    case ERROR_DIRECTORY: return Stage::working_directory;
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_NO_SYSTEM_RESOURCES:
    case ERROR_COMMITMENT_LIMIT:
    case ERROR_NOT_ENOUGH_QUOTA: return Stage::clone;
    default: return Stage::exec;
    }
}

/// Where the child starts; Windows takes a whole path alone for sure.
/// On error: throws SpawnError.
std::wstring working_directory(const Options &options, const std::string &program) {
    if (!options.cwd) return {};
    try {
        if (options.cwd->empty()) throw std::system_error(std::make_error_code(std::errc::no_such_file_or_directory));
        std::wstring path = full_path(to_wide(*options.cwd));
        const DWORD attributes = ::GetFileAttributesW(path.c_str());
        if (attributes == INVALID_FILE_ATTRIBUTES) throw last_error();
        if ((attributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
            throw std::system_error(std::make_error_code(std::errc::not_a_directory));
        return path;
    } catch (const std::system_error &error) {
        throw SpawnError(Stage::working_directory, error.code(), program, *options.cwd);
    }
}

NewProcess create_process(const Program &program, const std::string &name, std::u16string environment,
                          const Options &options, ChildHandles &handles, const AttributeList &attributes) {
    std::vector<unsigned char> descriptors = handles.runtime_block();
    STARTUPINFOEXW startup{};
    startup.StartupInfo.cb = sizeof startup;
    startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    startup.StartupInfo.hStdInput = handles.stream(0);
    startup.StartupInfo.hStdOutput = handles.stream(1);
    startup.StartupInfo.hStdError = handles.stream(2);
    startup.StartupInfo.cbReserved2 = static_cast<WORD>(descriptors.size());
    startup.StartupInfo.lpReserved2 = descriptors.empty() ? nullptr : descriptors.data();
    startup.lpAttributeList = attributes.get();

    const std::wstring directory = working_directory(options, name);
    std::wstring command_line = program.command_line; // CreateProcessW writes to it
    PROCESS_INFORMATION made{};
    const BOOL inherits = !handles.inherited().empty() || !options.close_descriptors ? TRUE : FALSE;
    if (kernel32().CreateProcessW(program.application.c_str(), command_line.data(), nullptr, nullptr, inherits,
                                  creation_flags(options), environment.data(),
                                  directory.empty() ? nullptr : directory.c_str(), &startup.StartupInfo,
                                  &made) == FALSE) {
        const DWORD error = ::GetLastError();
        throw SpawnError(stage_of(error), system_error_code(error), name);
    }
    return {made.dwProcessId, Handle(made.hProcess), Handle(made.hThread)};
}

/// The processors of the first group, which a child can be bound to. On error: throws SpawnError.
DWORD_PTR affinity_mask(const Options &options, const std::string &name) {
    DWORD_PTR mask = 0;
    for (const unsigned processor : options.cpu_affinity) {
        if (processor >= 8 * sizeof mask)
            throw SpawnError(Stage::cpu_affinity, std::make_error_code(std::errc::invalid_argument), name,
                             "processor " + std::to_string(processor));
        mask |= DWORD_PTR{1} << processor;
    }
    return mask;
}

/// Has the child, which has not run yet, run on these processors alone. On error: throws SpawnError; the child is gone.
void set_affinity(const NewProcess &made, DWORD_PTR mask, const std::string &name) {
    if (mask == 0) return;
    if (kernel32().SetProcessAffinityMask(made.process.get(), mask) != FALSE &&
        kernel32().ResumeThread(made.thread.get()) != static_cast<DWORD>(-1))
        return;
    const std::error_code error = last_error().code();
    kernel32().TerminateProcess(made.process.get(), Job::killed_code);
    throw SpawnError(Stage::cpu_affinity, error, name);
}

/// Makes a pipe for one of the child's streams, when that is where it goes; gives our end.
std::unique_ptr<PipeChannel> pipe_for(int number, const Redirect &to, const Options &options, ChildHandles &handles,
                                      const std::shared_ptr<CompletionPort> &port) {
    if (to.kind() != Redirect::Kind::pipe) return nullptr;
    Pipe pipe = make_pipe(number == 0 ? Direction::to_child : Direction::from_child, options.pipe_capacity, port);
    handles.place_pipe(number, std::move(pipe.childs));
    return std::move(pipe.ours);
}

template <class End>
std::optional<End> make_end(std::unique_ptr<PipeChannel> channel) {
    if (!channel) return std::nullopt;
    return End(std::make_unique<typename End::Impl>(std::move(channel)));
}

Job::WhenWeDie fate_of(const Options &options) {
    return options.on_destroy == OnDestroy::detach ? Job::WhenWeDie::tree_lives : Job::WhenWeDie::tree_dies;
}

} // namespace

Spawned spawn(const std::vector<std::string> &argv, const Options &options) {
    const std::string &name = options.executable ? *options.executable : argv.front();
    if (const auto feature = unsupported(options))
        throw SpawnError(Stage::options, std::make_error_code(std::errc::not_supported), name,
                         *feature + ": Windows has no such thing");
    Stage stage = Stage::environment;
    try {
        const Surroundings surroundings = surroundings_of(options, name);
        const DWORD_PTR mask = affinity_mask(options, name);
        stage = Stage::exec;
        const Program program = find_program(argv, options, surroundings.path);

        ChildHandles handles(options, name);
        stage = Stage::pipe;
        const auto port = std::make_shared<CompletionPort>();
        auto in = make_end<WriteEnd>(pipe_for(0, options.in, options, handles, port));
        auto out = make_end<ReadEnd>(pipe_for(1, options.out, options, handles, port));
        auto err = make_end<ReadEnd>(pipe_for(2, options.err, options, handles, port));

        stage = Stage::clone;
        auto process = std::make_unique<Process::Impl>();
        process->port = port;
        process->job = std::make_shared<Job>(fate_of(options));
        process->group = options.process_group.kind() == ProcessGroup::Kind::own ? Process::Impl::Group::own
                                                                                 : Process::Impl::Group::ours;
        const AttributeList attributes(process->job->get(),
                                       options.close_descriptors ? handles.inherited() : std::vector<HANDLE>());
        handles.make_inheritable();
        NewProcess made = create_process(program, name, surroundings.block, options, handles, attributes);
        set_affinity(made, mask, name);
        process->pid = static_cast<Pid>(made.pid);
        process->process = std::move(made.process);
        return {Process(std::move(process)), std::move(in), std::move(out), std::move(err)};
    } catch (const SpawnError &) {
        throw;
    } catch (const std::system_error &error) {
        throw SpawnError(stage, error.code(), name);
    }
}

std::vector<std::string> shell_argv(std::string command) {
    return {command_interpreter(), "/d", "/s", "/c", std::move(command)};
}

} // namespace backchat::platform
