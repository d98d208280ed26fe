#!/usr/bin/env python3
"""Checks who includes whom, and that code above the platform never asks which platform it is on.

usage: tools/check_layers.py [ROOT]      exit code 1 and a line for each breach
       tools/check_layers.py --self-test
"""

import re
import sys
from pathlib import Path

# What a layer may include. "library" is what the command is made with on every platform; "other" is whatever else is
# neither ours nor the standard library's: the operating system's headers.
PUBLIC = {"std", "public"}
BASE = PUBLIC | {"base"}
INTERFACE = BASE | {"interface"}
CORE = INTERFACE | {"core"}
UNIX = INTERFACE | {"unix", "other"}
LINUX = UNIX | {"linux"}
POSIX = UNIX | {"posix"}
WINDOWS = INTERFACE | {"windows", "other"}
CALLER = PUBLIC | {"own", "library", "other"}
EVERYTHING = CORE | LINUX | POSIX | WINDOWS | CALLER

# The first pattern that fits a file's path names its layer: (pattern, name, may include, may ask for the platform).
LAYERS = [
    (r"include/backchat/", "include/backchat", PUBLIC, False),
    (r"src/base/", "src/base", BASE, False),
    (r"src/core/", "src/core", CORE, False),
    (r"src/platform/unix/", "src/platform/unix", UNIX, True),
    (r"src/platform/linux/", "src/platform/linux", LINUX, True),
    (r"src/platform/posix/", "src/platform/posix", POSIX, True),
    (r"src/platform/windows/", "src/platform/windows", WINDOWS, True),
    (r"src/platform/[^/]+$", "src/platform/*.hpp", INTERFACE, False),
    (r"src/", "src", set(), False),
    (r"tests/(unit|fault|kernel32)/", "tests/unit, tests/fault and tests/kernel32", EVERYTHING, True),
    (r"cli/platform/(unix|windows)/", "cli/platform", CALLER, True),
    (r"cli/", "cli", PUBLIC | {"own", "library"}, False),
    (r"(examples|bench|tests|python)/", "examples, bench and the other tests", CALLER, True),
]

STANDARD = set(
    """algorithm any array atomic barrier bit bitset charconv chrono compare complex concepts condition_variable
    coroutine deque exception execution filesystem format forward_list fstream functional future initializer_list
    iomanip ios iosfwd iostream istream iterator latch limits list locale map memory memory_resource mutex new numbers
    numeric optional ostream queue random ranges ratio regex scoped_allocator semaphore set shared_mutex source_location
    span sstream stack stdexcept stop_token streambuf string string_view syncstream system_error thread tuple type_traits
    typeindex typeinfo unordered_map unordered_set utility valarray variant vector version cassert cctype cerrno cfenv
    cfloat cinttypes climits clocale cmath csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cuchar
    cwchar cwctype""".split()
)

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
CONDITION = re.compile(r"\s*#\s*(?:el)?if(?:n?def)?\b(.*)")
PLATFORM = re.compile(
    r"\b(_WIN32|_WIN64|WIN32|_MSC_VER|__MINGW\w+|__CYGWIN__|__linux\w*|linux|__gnu_linux__|__APPLE__|__MACH__"
    r"|__\w+BSD\w*__|BSD|__unix\w*|unix|_POSIX_\w+|__ANDROID__|__GLIBC\w*|BACKCHAT_PLATFORM\w*)\b"
)


def kind_of(mark, header):
    """Names what kind of thing an #include line asks for."""
    if header.startswith("backchat/"):
        return "public"
    if header in STANDARD:
        return "std"
    if mark == "<":
        return "library" if re.match(r"(CLI|fmt|nlohmann|re2)/", header) else "other"
    path = re.sub(r"^(\.\./)+(src/)?|^src/", "", header)
    found = re.match(r"platform/(unix|linux|posix|windows)/", path)
    if found:
        return found[1]
    if path.startswith("platform/"):
        return "interface"
    found = re.match(r"(base|core)/", path)
    return found[1] if found else "own"


def breaches(path, text):
    """Gives (line number, message) for each breach in one file; `path` counts from the root."""
    layer = next((layer for layer in LAYERS if re.match(layer[0], path)), None)
    if layer is None:
        return
    _, name, may_include, may_ask = layer
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if found and kind_of(*found.groups()) not in may_include:
            yield number, f"{name} must not include {found[1]}{found[2]}{'>' if found[1] == '<' else found[1]}"
        found = CONDITION.match(line)
        if found and not may_ask and (asked := PLATFORM.search(found[1])):
            yield number, f"{name} must not ask for the platform ({asked[1]}): CMake chooses the files"


def check(root):
    count = 0
    files = [path for path in root.rglob("*.[ch]pp") if not path.relative_to(root).parts[0] == "build"]
    if not files:
        sys.exit(f"{root}: no source file found")
    for path in sorted(files):
        for number, message in breaches(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")):
            print(f"{path}:{number}: {message}")
            count += 1
    return count


def self_test():
    """Each case: a path, a line, and whether it is a breach."""
    cases = [
        ("include/backchat/a.hpp", "#include <string>", False),
        ("include/backchat/a.hpp", "#include <backchat/result.hpp>", False),
        ("include/backchat/a.hpp", "#include <unistd.h>", True),
        ("include/backchat/a.hpp", '#include "base/byte_queue.hpp"', True),
        ("include/backchat/a.hpp", "#ifdef __cpp_lib_jthread", False),
        ("include/backchat/a.hpp", "#if defined(_WIN32)", True),
        ("src/base/a.cpp", '#include "base/a.hpp"', False),
        ("src/base/a.cpp", '#include "platform/pipe.hpp"', True),
        ("src/base/a.cpp", "#include <errno.h>", True),
        ("src/core/a.cpp", '#include "platform/pipe.hpp"', False),
        ("src/core/a.cpp", '#include "platform/linux/fd.hpp"', True),
        ("src/core/a.cpp", "#  include <sys/wait.h>", True),
        ("src/core/a.cpp", "#if __linux__", True),
        ("src/core/a.cpp", "#elif defined(__APPLE__)", True),
        ("src/core/a.cpp", "// #if __linux__", False),
        ("src/platform/pipe.hpp", "#include <sys/types.h>", True),
        ("src/platform/pipe.hpp", '#include "core/operation.hpp"', True),
        ("src/platform/linux/a.cpp", "#include <sys/wait.h>", False),
        ("src/platform/linux/a.cpp", '#include "platform/unix/pipe.hpp"', False),
        ("src/platform/linux/a.cpp", '#include "platform/posix/pipe.hpp"', True),
        ("src/platform/posix/a.cpp", '#include "platform/unix/fd.hpp"', False),
        ("src/platform/unix/a.cpp", '#include "platform/linux/fd.hpp"', True),
        ("src/platform/linux/a.cpp", '#include "core/operation.hpp"', True),
        ("src/platform/posix/a.cpp", '#include "platform/linux/fd.hpp"', True),
        ("src/platform/windows/a.cpp", '#include "platform/posix/fd.hpp"', True),
        ("src/stray.cpp", "#include <string>", True),
        ("cli/run.cpp", '#include "cli/duration.hpp"', False),
        ("cli/run.cpp", "#include <fmt/core.h>", False),
        ("cli/run.cpp", "#include <unistd.h>", True),
        ("cli/run.cpp", "#ifdef _WIN32", True),
        ("cli/platform/file.hpp", "#include <windows.h>", True),
        ("cli/platform/unix/file.cpp", "#include <unistd.h>", False),
        ("cli/platform/unix/file.cpp", '#include "cli/platform/file.hpp"', False),
        ("cli/run.cpp", '#include "core/operation.hpp"', True),
        ("cli/run.cpp", '#include "../src/core/operation.hpp"', True),
        ("examples/try.cpp", '#include "base/byte_queue.hpp"', True),
        ("tests/integration/a.cpp", '#include "platform/spawn.hpp"', True),
        ("tests/integration/a.cpp", '#include "support/child.hpp"', False),
        ("tests/unit/a.cpp", '#include "base/byte_queue.hpp"', False),
    ]
    wrong = [case for case in cases if bool(list(breaches(case[0], case[1]))) != case[2]]
    for path, line, breach in wrong:
        print(f"self-test: {line!r} in {path} must {'' if breach else 'not '}be a breach")
    return len(wrong)


def main():
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(1 if self_test() else 0)
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    sys.exit(1 if check(root) else 0)


if __name__ == "__main__":
    main()
