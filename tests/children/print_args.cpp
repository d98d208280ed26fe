/// Prints its arguments, its own name first: for each the length, a colon, the bytes and a line end.
#include <cstdio>
#include <cstring>

int main(int argc, char **argv) {
    for (int i = 0; i < argc; ++i) std::printf("%zu:%s\n", std::strlen(argv[i]), argv[i]);
}
