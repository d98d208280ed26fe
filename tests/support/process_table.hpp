#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace support {

/// A process, or a thread, as /proc shows it.
struct ProcessEntry {
    std::int64_t pid = 0;
    std::int64_t parent = 0;
    std::int64_t group = 0;
    std::int64_t session = 0;
    char state = 'X'; // 'X' also when there is no such process
    std::string command;

    /// A zombie is dead: some inits take more than a second to reap an orphan.
    bool alive() const { return state != 'X' && state != 'Z' && state != 'x'; }
};

ProcessEntry look_at(std::int64_t pid);
bool is_alive(std::int64_t pid);
/// Waits for the death of a process that need not be our child.
bool dies_soon(std::int64_t pid);

/// Gives our children, zombies among them.
std::vector<ProcessEntry> children_of_ours();

/// Puts a variable into our environment by which every descendant of this process can be found, whoever its parent
/// is by then; one that has cleared its environment excepted. In a host, the mark of its test stays. Call it before the first thread is made.
void mark_descendants();
/// Gives the live processes that carry the mark, ourselves apart.
std::vector<ProcessEntry> marked_descendants();

/// Gives our open descriptors with what they refer to, such as "pipe:[1234]".
std::map<int, std::string> open_descriptors();

/// Gives the numbers of our threads.
std::set<std::int64_t> threads();

/// Gives the whole of a small file, or an empty string when it cannot be read. NULs stay.
std::string read_small_file(const std::string &path);

} // namespace support
