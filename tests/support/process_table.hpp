#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace support {

/// A process as the system shows it. Windows has neither groups nor sessions of this kind.
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
/// Whether nothing is left of a process, not even a zombie.
bool is_gone(std::int64_t pid);
/// Waits for the death of a process that need not be our child.
bool dies_soon(std::int64_t pid);

/// Gives our children, zombies among them.
std::vector<ProcessEntry> children_of_ours();

/// Marks us so that every descendant of this process can be found, whoever its parent is by then: by a variable in the
/// environment (but not one that has cleared it), on Windows by a job. A host keeps the mark of its test, too, whose
/// watchdog must find what the host has lost. Call it before the first thread is made.
void mark_descendants();
/// Gives the live processes that carry the mark, ourselves apart.
std::vector<ProcessEntry> marked_descendants();

void kill_process(std::int64_t pid);

/// Gives the numbers of our threads, less those of a pool that the system keeps.
std::set<std::int64_t> threads();

} // namespace support
