#include "base/ntstatus.hpp"

#include <algorithm>
#include <iterator>

namespace backchat::base {
namespace {

struct Status {
    std::uint32_t number;
    std::string_view words;
};

// In the order of their numbers.
constexpr Status known[] = {
    {0x40000015, "fatal application exit"},
    {0x80000001, "guard page violation"},
    {0x80000002, "misaligned access"},
    {0x80000003, "breakpoint"},
    {0x80000004, "single step"},
    {0xC0000005, "access violation"},
    {0xC0000006, "page could not be read"},
    {0xC0000008, "invalid handle"},
    {0xC000000D, "invalid parameter"},
    {0xC0000017, "out of memory"},
    {0xC000001D, "illegal instruction"},
    {0xC0000025, "exception that cannot be continued"},
    {0xC0000026, "invalid exception disposition"},
    {0xC000007B, "invalid image format"}, // a 32-bit library in a 64-bit program, mostly
    {0xC000008C, "array bounds exceeded"},
    {0xC000008D, "floating-point denormal operand"},
    {0xC000008E, "floating-point division by zero"},
    {0xC000008F, "floating-point inexact result"},
    {0xC0000090, "floating-point invalid operation"},
    {0xC0000091, "floating-point overflow"},
    {0xC0000092, "floating-point stack check"},
    {0xC0000093, "floating-point underflow"},
    {0xC0000094, "integer division by zero"},
    {0xC0000095, "integer overflow"},
    {0xC0000096, "privileged instruction"},
    {0xC00000FD, "stack overflow"},
    {0xC0000135, "DLL not found"},
    {0xC0000138, "DLL ordinal not found"},
    {0xC0000139, "DLL entry point not found"},
    {0xC000013A, "Ctrl-C exit"}, // Ctrl-Break and a closed console, too
    {0xC0000142, "DLL initialization failed"},
    {0xC0000144, "unhandled exception"},
    {0xC0000194, "possible deadlock"},
    {0xC00001A5, "invalid exception handler"},
    {0xC000026B, "DLL initialization failed at shutdown"},
    {0xC0000374, "heap corruption"},
    {0xC0000409, "stack buffer overrun or fail-fast"}, // abort() of the C runtime since 2015, too
    {0xC0000417, "invalid C runtime parameter"},
    {0xC000041D, "unhandled exception in a callback"},
    {0xC0000420, "assertion failure"},
    {0xC0000428, "invalid image signature"},
    {0xC0000602, "fail-fast exception"},
    {0xE0434352, "unhandled .NET exception"},
    {0xE06D7363, "unhandled C++ exception"},
};

} // namespace

std::string_view ntstatus_words(std::uint32_t status) {
    const Status *const found =
        std::lower_bound(std::begin(known), std::end(known), status,
                         [](const Status &one, std::uint32_t number) { return one.number < number; });
    return found != std::end(known) && found->number == status ? found->words : std::string_view();
}

bool is_ntstatus(int code) {
    const auto status = static_cast<std::uint32_t>(code);
    constexpr std::uint32_t severity = 0xC0000000, reserved = 0x10000000;
    return (status & (severity | reserved)) == severity || !ntstatus_words(status).empty();
}

std::string ntstatus_text(int code) {
    const auto status = static_cast<std::uint32_t>(code);
    std::string text = "0x";
    for (int shift = 28; shift >= 0; shift -= 4) text += "0123456789ABCDEF"[status >> shift & 0xF];
    const std::string_view words = ntstatus_words(status);
    if (!words.empty()) text.append(", ").append(words);
    return text;
}

} // namespace backchat::base
