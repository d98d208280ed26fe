#!/bin/sh
# usage: consumers.sh find_package|add_subdirectory|pkg_config static|shared SOURCE_DIR WORK_DIR
#
# Builds main.cpp as somebody else's program that uses Backchat in one of three ways, and runs it.
set -eu

way=$1 kind=$2 source=$3 work=$4
here=$source/tests/package
[ "$kind" = shared ] && shared=ON || shared=OFF

rm -rf "$work"
mkdir -p "$work"

# The installed tree is moved before it is used: it must not know where it was built.
install_library() {
    cmake -S "$source" -B "$work/library" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS="$shared" \
        -DBACKCHAT_BUILD_TESTS=OFF -DBACKCHAT_BUILD_COMMAND=OFF -DBACKCHAT_BUILD_EXAMPLES=OFF
    cmake --build "$work/library"
    cmake --install "$work/library" --prefix "$work/first place"
    mv "$work/first place" "$work/moved to"
}

case $way in
    find_package)
        install_library
        cmake -S "$here/find_package" -B "$work/consumer" -G Ninja "-DCMAKE_PREFIX_PATH=$work/moved to"
        cmake --build "$work/consumer"
        "$work/consumer/consumer"
        ;;
    add_subdirectory)
        cmake -S "$here/add_subdirectory" -B "$work/consumer" -G Ninja "-DBACKCHAT_SOURCE_DIR=$source" \
            -DBUILD_SHARED_LIBS="$shared"
        cmake --build "$work/consumer"
        "$work/consumer/consumer"
        ;;
    pkg_config)
        install_library
        folder=$(dirname "$(find "$work/moved to" -name backchat.pc)")
        # pkg-config quotes a blank in a path with a backslash: let a shell read its answer.
        flags=$(PKG_CONFIG_PATH="$folder" pkg-config --cflags --libs backchat)
        eval "c++ -o \"\$work/consumer\" \"\$here/main.cpp\" $flags"
        LD_LIBRARY_PATH=$(dirname "$folder") "$work/consumer"
        ;;
    *)
        echo "consumers.sh: there is no way '$way'" >&2
        exit 2
        ;;
esac
