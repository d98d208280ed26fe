#!/usr/bin/env python3
"""Runs a program and compares all that it prints with a file.

usage: tools/check_output.py EXPECTED PROGRAM [ARGUMENT...]      exit code 1 and the differences, or its own exit code
"""

import difflib
import subprocess
import sys
from pathlib import Path


def main():
    expected_file, *command = sys.argv[1:]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        print(f"{command[0]}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        sys.exit(1)
    expected = Path(expected_file).read_text(encoding="utf-8")
    seen = done.stdout + done.stderr
    if seen != expected:
        lines = [text.splitlines(keepends=True) for text in (expected, seen)]
        sys.stdout.writelines(difflib.unified_diff(*lines, expected_file, command[0]))
        sys.exit(1)


if __name__ == "__main__":
    main()
