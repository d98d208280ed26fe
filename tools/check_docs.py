#!/usr/bin/env python3
"""Checks what the pages take from elsewhere: quoted programs and output, links, and names of tests.

usage: tools/check_docs.py [ROOT]      exit code 1 and a line for each fault
       tools/check_docs.py --self-test

In a page, a comment before a fenced block says what it quotes, and then the block must be equal to it:
    <!-- all of examples/talk_to_bc.cpp -->
    <!-- part of examples/read_lines.cpp -->      consecutive lines, indented as one likes
Every block of C++ must be such a quote: nobody compiles one that is not.
A paragraph that begins with "Held by" names tests as `Suite.test`; tests/ must have them.
"""

import contextlib
import io
import re
import sys
import tempfile
import textwrap
from pathlib import Path

PAGES = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/**/*.md"]

QUOTE = re.compile(r"<!-- (all|part) of (\S+) -->$")
FENCE = re.compile(r"```(\w*)$")
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
TEST_NAME = re.compile(r"`(\w+)\.(\w+)`")
TEST = re.compile(r"\bTEST(?:_[FP])?\(\s*(\w+)\s*,\s*(\w+)\s*\)")


def blocks(text):
    """Gives (line number, line before, language, content) of each fenced block."""
    lines = text.splitlines()
    start, language = None, ""
    for number, line in enumerate(lines):
        found = FENCE.match(line)
        if not found:
            continue
        if start is None:
            start, language = number, found[1]
        else:
            before = lines[start - 1] if start > 0 else ""
            yield start + 1, before, language, "\n".join(lines[start + 1 : number])
            start = None


def without_blocks(text):
    """Gives (line number, line) of what stands outside of the blocks."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if FENCE.match(line):
            inside = not inside
        elif not inside:
            yield number, line


def is_part(block, source):
    """True when the lines of `block` follow each other in `source`, but for the indentation of all of them."""
    wanted = textwrap.dedent(block).strip("\n").split("\n")
    lines = source.split("\n")
    return any(
        textwrap.dedent("\n".join(lines[at : at + len(wanted)])).split("\n") == wanted
        for at in range(len(lines) - len(wanted) + 1)
    )


def quote_faults(root, text):
    for number, before, language, content in blocks(text):
        quote = QUOTE.match(before.strip())
        if not quote:
            if language == "cpp":
                yield number, "a block of C++ that quotes no file"
            continue
        how, name = quote.groups()
        file = root / name
        if not file.is_file():
            yield number, f"quotes {name}, which is not there"
        elif how == "all" and content.strip("\n") != file.read_text(encoding="utf-8").strip("\n"):
            yield number, f"differs from {name}"
        elif how == "part" and not is_part(content, file.read_text(encoding="utf-8")):
            yield number, f"is no part of {name}"


def link_faults(page, text):
    for number, line in without_blocks(text):
        for target in LINK.findall(line):
            if "://" not in target and not (page.parent / target).exists():
                yield number, f"links to {target}, which is not there"


def paragraphs(text):
    """Gives (line number, text) of what stands between empty lines, outside of the blocks."""
    start, lines = 0, []
    for number, line in [*without_blocks(text), (0, "")]:
        if line.strip():
            start = start or number
            lines.append(line)
        elif lines:
            yield start, "\n".join(lines)
            start, lines = 0, []


def test_name_faults(tests, text):
    for number, paragraph in paragraphs(text):
        if not paragraph.startswith("Held by"):
            continue
        names = TEST_NAME.findall(paragraph)
        if not names:
            yield number, "says that something is held, but names no test"
        for name in names:
            if name not in tests:
                yield number, f"names the test {'.'.join(name)}, which is not in tests/"


def tests_in(root):
    sources = (root / "tests").rglob("*.cpp")
    return {name for file in sources for name in TEST.findall(file.read_text(encoding="utf-8"))}


def check(root):
    pages = [page for pattern in PAGES for page in sorted(root.glob(pattern))]
    if not pages:
        sys.exit(f"{root}: no page found")
    tests = tests_in(root)
    count = 0
    for page in pages:
        text = page.read_text(encoding="utf-8")
        faults = [*quote_faults(root, text), *link_faults(page, text), *test_name_faults(tests, text)]
        for number, message in sorted(faults):
            print(f"{page.relative_to(root)}:{number}: {message}")
        count += len(faults)
    return count


def self_test():
    """Each case: a page, and the number of its faults."""
    source = "int main() {\n    f();\n    g();\n}\n"
    cases = [
        ("<!-- all of a.cpp -->\n```cpp\n" + source + "```\n", 0),
        ("<!-- all of a.cpp -->\n```cpp\nint main() {}\n```\n", 1),
        ("<!-- part of a.cpp -->\n```cpp\nf();\ng();\n```\n", 0),
        ("<!-- part of a.cpp -->\n```cpp\ng();\nf();\n```\n", 1),
        ("<!-- part of none.cpp -->\n```cpp\nf();\n```\n", 1),
        ("```cpp\nf();\n```\n", 1),
        ("```sh\nls\n```\n", 0),
        ("[a](a.cpp) [b](https://example.org/none) [c](a.cpp#top)\n", 0),
        ("[a](none.md)\n", 1),
        ("Held by `Suite.keeps_its_promise`.\n", 0),
        ("Held by `Suite.was_renamed`.\n", 1),
        ("Held by `Suite.keeps_its_promise`,\n`Suite.was_renamed`.\n\n`Suite.other`\n", 1),
        ("Held by nothing.\n", 1),
        ("`Suite.was_renamed` is an expression here.\n", 0),
    ]
    wrong = 0
    for page, faults in cases:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "a.cpp").write_text(source, encoding="utf-8")
            (root / "tests").mkdir()
            (root / "tests/suite.cpp").write_text("TEST(Suite, keeps_its_promise) {}\n", encoding="utf-8")
            (root / "README.md").write_text(page, encoding="utf-8")
            with contextlib.redirect_stdout(io.StringIO()):
                seen = check(root)
        if seen != faults:
            print(f"self-test: {seen} faults instead of {faults} in\n{page}")
            wrong += 1
    return wrong


def main():
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(1 if self_test() else 0)
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    sys.exit(1 if check(root) else 0)


if __name__ == "__main__":
    main()
