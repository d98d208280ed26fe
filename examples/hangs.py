#!/usr/bin/env python3
"""Two calls that Python's subprocess comes back from late, or with processes left behind.

usage: hangs.py held|late      prints the seconds it took, and what came of it
"""

import os
import pathlib
import signal
import subprocess
import sys
import time

# Inherited by all that is started here, so that the processes left over can be found and ended.
MARK = f"BACKCHAT_HANGS={os.getpid()}"


def marked():
    """Gives pid and command of each running process that carries the mark."""
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if MARK.encode() in (process / "environ").read_bytes().split(b"\0"):
                yield int(process.name), (process / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
        except OSError:
            continue  # it has ended, or is somebody else's


def held():
    """sh ends at once, but the sleep has inherited the pipe: run() reads on until it ends."""
    done = subprocess.run(["sh", "-c", "sleep 4 & echo hi"], stdout=subprocess.PIPE, check=True)
    return lambda: f"out: {done.stdout.decode().strip()}"


def late():
    """The timeout ends sh alone."""
    try:
        subprocess.run(["sh", "-c", "sleep 4 & sleep 30"], timeout=1, check=False)
    except subprocess.TimeoutExpired:
        pass
    return left_running


def left_running():
    """Names what the call has left behind, and ends it."""
    left = sorted(marked())
    for pid, _ in left:
        os.kill(pid, signal.SIGKILL)
    return f"left running: {', '.join(command for _, command in left) or 'nothing'}"


def main():
    hang = {"held": held, "late": late}[sys.argv[1]]
    os.environ.update([MARK.split("=")])
    began = time.monotonic()
    outcome = hang()
    took = time.monotonic() - began
    print(f"{took:.2f} s   {outcome()}")


if __name__ == "__main__":
    main()
