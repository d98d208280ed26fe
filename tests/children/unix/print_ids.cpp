/// Prints its user and group numbers: "uid REAL EFFECTIVE SAVED", "gid …", "groups …".
#include <cstdio>

#include <unistd.h>

int main() {
    uid_t uid[3];
    gid_t gid[3];
    if (getresuid(&uid[0], &uid[1], &uid[2]) != 0 || getresgid(&gid[0], &gid[1], &gid[2]) != 0) return 1;
    std::printf("uid %u %u %u\ngid %u %u %u\ngroups", uid[0], uid[1], uid[2], gid[0], gid[1], gid[2]);
    static gid_t groups[65536];
    const int count = getgroups(65536, groups);
    for (int i = 0; i < count; ++i) std::printf(" %u", groups[i]);
    std::printf("\n");
}
