#include "platform/tree.hpp"

#include "base/signal_number.hpp"
#include "platform/windows/kernel32.hpp"
#include "platform/windows/member.hpp"
#include "platform/windows/process_impl.hpp"
#include "platform/windows/windows_of.hpp"

#include <algorithm>
#include <list>
#include <string_view>
#include <system_error>

namespace backchat::platform {

/// The job knows the tree; what is kept here is who was in it, to be told what became of them.
class Tree::Impl {
public:
    explicit Impl(const Process &child) : job_(child.impl().job), port_(child.impl().port), child_(child.impl()) {
        refresh();
    }

    std::size_t send_signal(int number) {
        refresh();
        if (number == base::signal_kill) return kill_all();
        if (number != base::signal_interrupt && number != base::signal_terminate)
            throw std::system_error(std::make_error_code(std::errc::invalid_argument));
        return ask_to_end(number);
    }

    void kill() {
        refresh();
        kill_all();
    }

    bool has_unkilled() {
        refresh();
        return std::any_of(members_.begin(), members_.end(),
                           [](const Member &each) { return !each.signalled() && !each.dead(); });
    }

    bool empty() {
        refresh();
        return std::all_of(members_.begin(), members_.end(), [](const Member &each) { return each.dead(); });
    }

    std::vector<Interest> interests() {
        constexpr std::size_t most_interests = 16;
        std::vector<Interest> all;
        for (Member &member : members_) {
            if (all.size() == most_interests) break;
            if (member.dead()) continue;
            member.prepare_wait(port_);
            all.push_back({&member});
        }
        return all;
    }

    TreeReport report() {
        TreeReport report;
        report.complete = complete_;
        for (const Member &member : members_) {
            if (!member.dead()) report.survived.push_back(member.info());
            else if (member.signalled()) report.killed.push_back(member.info());
        }
        return report;
    }

private:
    void refresh() {
        try {
            for (const DWORD pid : job_->pids()) add(pid);
        } catch (const std::system_error &) {
            complete_ = false; // the job can still be ended as a whole
        }
    }

    void add(DWORD pid) {
        const bool known = std::any_of(members_.begin(), members_.end(), [&](const Member &each) {
            return each.pid() == pid; // and still is the same: the number is not given anew while we have it open
        });
        if (known) return;
        // The second is enough for Windows, the first is what Wine asks for; not each is to be had of each process.
        Handle process(kernel32().OpenProcess(PROCESS_QUERY_INFORMATION | SYNCHRONIZE, FALSE, pid));
        if (!process)
            process = Handle(kernel32().OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, pid));
        if (!process) {
            // Gone since it was listed, or not ours to open.
            if (::GetLastError() != ERROR_INVALID_PARAMETER) complete_ = false;
            return;
        }
        // Opened by number: it is the tree's only if it is in the job.
        if (!job_->has(process.get())) return;
        Member member(pid, std::move(process));
        if (!is_console(member)) members_.push_back(std::move(member));
    }

    /// What Windows starts behind a console program that has no console to share. It ends when its last program does.
    static bool is_console(const Member &member) {
        constexpr std::string_view name = "\\conhost.exe";
        return member.info().command.ends_with(name);
    }

    std::size_t kill_all() {
        std::size_t sent = 0;
        for (Member &member : members_) {
            if (member.dead()) continue;
            member.set_signalled();
            ++sent;
        }
        if (job_->terminate()) return sent;
        complete_ = false; // what can be told of the child alone is all that is left
        child_.kill();
        return 1;
    }

    /// The child's group gets a Ctrl-Break, and every window of the tree is asked to close.
    std::size_t ask_to_end(int number) {
        std::vector<DWORD> living;
        for (const Member &member : members_)
            if (!member.dead()) living.push_back(member.pid());
        if (living.empty()) return 0;
        std::size_t sent = close_windows_of(living);
        if (child_.ask_to_end(number)) sent = std::max<std::size_t>(sent, 1);
        if (sent == 0) throw std::system_error(std::make_error_code(std::errc::not_supported));
        for (Member &member : members_) member.set_signalled();
        return sent;
    }

    const std::shared_ptr<Job> job_;
    const std::shared_ptr<CompletionPort> port_;
    Process::Impl &child_;
    std::list<Member> members_; // interests point to them
    bool complete_ = true;
};

void reap_orphans(Pid) {
    // An ended process is gone once nobody has a handle to it.
}

Tree::Tree(const Process &child, const TreeScope &) : impl_(std::make_unique<Impl>(child)) {}
Tree::~Tree() = default;
Tree::Tree(Tree &&) noexcept = default;
Tree &Tree::operator=(Tree &&) noexcept = default;

bool Tree::knows_child() const { return true; } // the job does

bool Tree::has_unkilled() { return impl_->has_unkilled(); }

std::size_t Tree::send_signal(int number) { return impl_->send_signal(number); }

void Tree::kill(Clock::time_point) { impl_->kill(); }

bool Tree::empty() { return impl_->empty(); }

std::vector<Interest> Tree::interests() { return impl_->interests(); }

TreeReport Tree::report() { return impl_->report(); }

} // namespace backchat::platform
