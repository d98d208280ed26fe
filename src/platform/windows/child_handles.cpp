#include "platform/windows/child_handles.hpp"

#include "platform/windows/kernel32.hpp"
#include "platform/windows/text.hpp"

#include <backchat/error.hpp>

#include <algorithm>
#include <cstring>

namespace backchat::platform {
namespace {

/// A copy of a handle of ours, which the child gets in its place; empty when ours is none.
Handle copy_of(HANDLE handle) {
    HANDLE copy = nullptr;
    const HANDLE self = ::GetCurrentProcess();
    if (handle == nullptr || handle == INVALID_HANDLE_VALUE ||
        kernel32().DuplicateHandle(self, handle, self, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS) == FALSE)
        return {};
    return Handle(copy);
}

HANDLE our_stream(int number) {
    constexpr std::array<DWORD, 3> names = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};
    return number < 3 ? ::GetStdHandle(names[static_cast<std::size_t>(number)]) : nullptr;
}

/// Opens a file as open(2) would: others may read, write, rename and delete it meanwhile.
Handle open_file(const std::string &path, DWORD access, DWORD how) {
    return Handle(kernel32().CreateFileW(to_wide(path).c_str(), access,
                                         FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, how,
                                         FILE_ATTRIBUTE_NORMAL, nullptr));
}

} // namespace

ChildHandles::ChildHandles(const Options &options, const std::string &program)
    : merged_(options.err.kind() == Redirect::Kind::merge) {
    place(0, options.in, program);
    place(1, options.out, program);
    place(2, options.err, program);
    for (const Descriptor &each : options.descriptors) place(each.number, each.to, program);
}

void ChildHandles::place(int number, const Redirect &to, const std::string &program) {
    Handle handle;
    const bool append = to.kind() == Redirect::Kind::append_file;
    try {
        switch (to.kind()) {
        case Redirect::Kind::pipe:  // place_pipe() follows
        case Redirect::Kind::merge: // stream() knows
            return;
        case Redirect::Kind::inherit: handle = copy_of(our_stream(number)); break;
        case Redirect::Kind::handle:
            handle = copy_of(as_handle(to.native()));
            if (!handle)
                throw SpawnError(Stage::descriptors, std::make_error_code(std::errc::bad_file_descriptor), program,
                                 "handle " + std::to_string(to.native()));
            break;
        case Redirect::Kind::discard: handle = open_file("NUL", GENERIC_READ | GENERIC_WRITE, OPEN_EXISTING); break;
        case Redirect::Kind::read_file: handle = open_file(to.path(), GENERIC_READ, OPEN_EXISTING); break;
        case Redirect::Kind::truncate_file: handle = open_file(to.path(), GENERIC_WRITE, CREATE_ALWAYS); break;
        case Redirect::Kind::append_file:
            handle = open_file(to.path(), FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE, OPEN_ALWAYS);
            break;
        }
        if (!handle && to.kind() != Redirect::Kind::inherit) throw last_error();
    } catch (const SpawnError &) {
        throw;
    } catch (const std::system_error &error) {
        throw SpawnError(Stage::open, error.code(), program, to.kind() == Redirect::Kind::discard ? "NUL" : to.path());
    }
    // A descriptor that we do not have ourselves is not there in the child either.
    if (handle) placements_.push_back({number, std::move(handle), append});
}

void ChildHandles::place_pipe(int number, Handle handle) { placements_.push_back({number, std::move(handle), false}); }

void ChildHandles::make_inheritable() {
    for (const Placement &each : placements_)
        if (kernel32().SetHandleInformation(each.handle.get(), HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT) == FALSE)
            throw last_error();
}

std::vector<HANDLE> ChildHandles::inherited() const {
    std::vector<HANDLE> all;
    for (const Placement &each : placements_) all.push_back(each.handle.get());
    return all;
}

HANDLE ChildHandles::stream(int number) const {
    if (number == 2 && merged_) number = 1;
    for (const Placement &each : placements_)
        if (each.number == number) return each.handle.get();
    return nullptr;
}

std::vector<unsigned char> ChildHandles::runtime_block() const {
    int count = 0;
    for (const Placement &each : placements_) count = std::max(count, each.number + 1);
    if (count <= 3) return {};

    // How many, a byte of flags for each, a handle for each. The three streams are left out: the runtime then takes
    // them from where every program does.
    constexpr unsigned char is_open = 0x01;
    constexpr unsigned char is_pipe = 0x08;
    constexpr unsigned char appends = 0x20;
    constexpr unsigned char is_device = 0x40;
    const auto places = static_cast<std::size_t>(count);
    std::vector<unsigned char> block(sizeof count + places * (1 + sizeof(HANDLE)));
    std::memcpy(block.data(), &count, sizeof count);
    unsigned char *const flags = block.data() + sizeof count;
    unsigned char *const handles = flags + places;
    const HANDLE none = INVALID_HANDLE_VALUE;
    for (std::size_t i = 0; i < places; ++i) std::memcpy(handles + i * sizeof none, &none, sizeof none);
    for (const Placement &each : placements_) {
        if (each.number < 3) continue;
        const auto at = static_cast<std::size_t>(each.number);
        const HANDLE handle = each.handle.get();
        const DWORD type = ::GetFileType(handle);
        flags[at] =
            static_cast<unsigned char>(is_open | (each.append ? appends : 0) | (type == FILE_TYPE_PIPE ? is_pipe : 0) |
                                       (type == FILE_TYPE_CHAR ? is_device : 0));
        std::memcpy(handles + at * sizeof handle, &handle, sizeof handle);
    }
    return block;
}

} // namespace backchat::platform
