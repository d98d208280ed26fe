#include "platform/windows/windows_of.hpp"

#include <algorithm>
#include <set>

namespace backchat::platform {
namespace {

/// user32.dll, which a program without windows does not load otherwise: that would make it one that has a desktop.
class User32 {
public:
    User32() : library_(::LoadLibraryExW(L"user32.dll", nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32)) {
        if (library_ == nullptr) return;
        complete_ = load(enum_windows, "EnumWindows") && load(window_process, "GetWindowThreadProcessId") &&
                    load(post_message, "PostMessageW");
    }
    explicit operator bool() const { return complete_; }

    decltype(&::EnumWindows) enum_windows = nullptr;
    decltype(&::GetWindowThreadProcessId) window_process = nullptr;
    decltype(&::PostMessageW) post_message = nullptr;

private:
    template <class Function>
    bool load(Function &function, const char *name) {
        // By way of a pointer to a function of no particular kind, from which a cast to any other is allowed.
        function = reinterpret_cast<Function>(reinterpret_cast<void (*)()>(::GetProcAddress(library_, name)));
        return function != nullptr;
    }

    HMODULE library_; // stays loaded: another thread may be in it
    bool complete_ = false;
};

struct Search {
    const User32 &user32;
    const std::vector<DWORD> &pids;
    std::set<DWORD> asked;
};

BOOL CALLBACK close_if_theirs(HWND window, LPARAM argument) {
    auto &search = *reinterpret_cast<Search *>(argument); // NOLINT(performance-no-int-to-ptr): what LPARAM is for
    DWORD owner = 0;
    search.user32.window_process(window, &owner);
    const bool theirs = std::find(search.pids.begin(), search.pids.end(), owner) != search.pids.end();
    if (theirs && search.user32.post_message(window, WM_CLOSE, 0, 0) != FALSE) search.asked.insert(owner);
    return TRUE;
}

} // namespace

std::size_t close_windows_of(const std::vector<DWORD> &pids) {
    static const User32 user32;
    if (!user32) return 0;
    Search search{user32, pids, {}};
    user32.enum_windows(close_if_theirs, reinterpret_cast<LPARAM>(&search));
    return search.asked.size();
}

} // namespace backchat::platform
