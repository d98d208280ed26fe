/// crashes access_violation|stack_overflow|illegal_instruction: ends as a program does that has gone wrong.
#include "../os.hpp"

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    const struct {
        const char *name;
        DWORD code;
    } kinds[] = {{"access_violation", EXCEPTION_ACCESS_VIOLATION},
                 {"stack_overflow", EXCEPTION_STACK_OVERFLOW},
                 {"illegal_instruction", EXCEPTION_ILLEGAL_INSTRUCTION}};
    ::SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    for (const auto &kind : kinds) {
        if (std::strcmp(kind.name, argv[1]) == 0) ::RaiseException(kind.code, EXCEPTION_NONCONTINUABLE, 0, nullptr);
    }
    return 99;
}
