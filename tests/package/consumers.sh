#!/bin/sh
# usage: consumers.sh static|shared install|find_package|pkg_config|add_subdirectory SOURCE_DIR WORK_DIR
#
# Builds main.cpp as somebody else's program that uses Backchat, and runs it. `install` comes before the first two.
set -eu

kind=$1 way=$2 source=$3 work=$4
here=$source/tests/package
# Moved there after it was installed elsewhere: a package must not know where it was built. The blank is on purpose.
installed="$work/$kind/moved to"
consumer=$work/$kind/$way

[ "$kind" = shared ] && shared=ON || shared=OFF

configure() {
    cmake -G Ninja -DCMAKE_BUILD_TYPE=Release "$@"
}

install_library() {
    rm -rf "$work/${kind:?}"
    configure -S "$source" -B "$work/$kind/library" -DBUILD_SHARED_LIBS="$shared" \
        -DBACKCHAT_BUILD_TESTS=OFF -DBACKCHAT_BUILD_COMMAND=OFF -DBACKCHAT_BUILD_EXAMPLES=OFF
    cmake --build "$work/$kind/library" --parallel 2
    cmake --install "$work/$kind/library" --prefix "$work/$kind/first place"
    mv "$work/$kind/first place" "$installed"
}

with_find_package() {
    configure -S "$here/find_package" -B "$consumer" -DCMAKE_PREFIX_PATH="$installed"
    cmake --build "$consumer" --parallel 2
    "$consumer/consumer"
}

with_pkg_config() {
    mkdir -p "$consumer"
    folder=$(dirname "$(find "$installed" -name backchat.pc)")
    # pkg-config quotes the blank with a backslash: a shell has to read its answer.
    flags=$(PKG_CONFIG_PATH="$folder" pkg-config --cflags --libs backchat)
    eval "c++ -o \"\$consumer/consumer\" \"\$here/main.cpp\" $flags"
    LD_LIBRARY_PATH=$(dirname "$folder") "$consumer/consumer"
}

with_add_subdirectory() {
    configure -S "$here/add_subdirectory" -B "$consumer" -DBACKCHAT_SOURCE_DIR="$source"
    cmake --build "$consumer" --parallel 2
    "$consumer/consumer"
}

case $way in
    install) install_library ;;
    find_package) with_find_package ;;
    pkg_config) with_pkg_config ;;
    add_subdirectory) with_add_subdirectory ;;
    *)
        echo "consumers.sh: there is no way '$way'" >&2
        exit 2
        ;;
esac
