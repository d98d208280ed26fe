#include "platform/windows/attribute_list.hpp"

#include "platform/windows/kernel32.hpp"

// Windows 10, which mingw-w64 10 does not know of yet.
#ifndef PROC_THREAD_ATTRIBUTE_JOB_LIST
#define PROC_THREAD_ATTRIBUTE_JOB_LIST 0x0002000D
#endif

namespace backchat::platform {

AttributeList::AttributeList(HANDLE job, std::vector<HANDLE> inherited) : job_(job), inherited_(std::move(inherited)) {
    const DWORD count = inherited_.empty() ? 1 : 2;
    SIZE_T size = 0;
    kernel32().InitializeProcThreadAttributeList(nullptr, count, 0, &size); // fails, and says how much it takes
    memory_ = std::make_unique<std::byte[]>(size);
    const auto list = reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.get());
    if (kernel32().InitializeProcThreadAttributeList(list, count, 0, &size) == FALSE) throw last_error();
    list_ = list;
    try {
        set(PROC_THREAD_ATTRIBUTE_JOB_LIST, &job_, sizeof job_);
        if (!inherited_.empty())
            set(PROC_THREAD_ATTRIBUTE_HANDLE_LIST, inherited_.data(), inherited_.size() * sizeof(HANDLE));
    } catch (...) { // a constructor that throws has no destructor
        ::DeleteProcThreadAttributeList(list_);
        throw;
    }
}

AttributeList::~AttributeList() { ::DeleteProcThreadAttributeList(list_); }

void AttributeList::set(DWORD_PTR attribute, void *value, std::size_t size) {
    if (kernel32().UpdateProcThreadAttribute(list_, 0, attribute, value, size, nullptr, nullptr) == FALSE)
        throw last_error();
}

} // namespace backchat::platform
