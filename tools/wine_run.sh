#!/bin/sh
# Runs a Windows program under Wine: wine_run.sh PROGRAM.exe [ARGUMENT...]
#
# The first call makes a prefix that says it is Windows 10, outside of the source tree; later ones use it. Calls at the
# same time wait for each other until the server is up, and run side by side from then on.
set -u
: "${WINEPREFIX:=${TMPDIR:-/tmp}/backchat-wine-$(id -u)}"
export WINEPREFIX WINEARCH=win64 WINEDEBUG="${WINEDEBUG:--all}"
# A child that crashes on purpose must not start a debugger.
export WINEDLLOVERRIDES="${WINEDLLOVERRIDES:-winedbg.exe=d}"
unset DISPLAY WAYLAND_DISPLAY
# Debian's wrapper scripts print hints; these are the programs behind them.
wine=/usr/lib/wine/wine64
server=/usr/lib/wine/wineserver64

prepare() {
    if [ ! -f "$WINEPREFIX/.ready" ]; then
        mkdir -p "$WINEPREFIX"
        timeout 240 "$wine" wineboot --init || return
        timeout 60 "$wine" reg add 'HKCU\Software\Wine' /v Version /d win10 /f || return
        "$server" --wait
        touch "$WINEPREFIX/.ready"
    fi
    # Says no when one runs already. One that is new gets a first client: without, it would never end.
    if "$server" --persistent=20; then timeout 60 "$wine" cmd /c exit 0; fi
    return 0
}

# The server and Wine's services outlive this call: they must hold neither the lock nor our output, for whose end
# somebody waits.
(
    flock 9
    prepare 9>&- </dev/null >"$WINEPREFIX.log" 2>&1
) 9>"$WINEPREFIX.lock" || {
    echo "wine_run.sh: Wine cannot be set up in $WINEPREFIX:" >&2
    cat "$WINEPREFIX.log" >&2
    exit 125
}
if [ -t 1 ]; then exec "$wine" "$@"; fi

# What Wine leaves running behind a program, the desktop and consoles, keeps its outputs open, and who reads to their end
# would wait for that. So they go round by files, and come when the program has ended.
output=$(mktemp) && errors=$(mktemp) || exit 125
trap 'cat "$output"; cat "$errors" >&2; rm -f "$output" "$errors"' EXIT
"$wine" "$@" >"$output" 2>"$errors"
