#pragma once

#include "platform/windows/handle.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace backchat::platform {

/// What CreateProcessW takes beside its arguments: the job that the child is born in, and the handles it inherits, and
/// no others.
class AttributeList {
public:
    /// On error: throws std::system_error.
    AttributeList(HANDLE job, std::vector<HANDLE> inherited);
    ~AttributeList();
    AttributeList(const AttributeList &) = delete;
    AttributeList &operator=(const AttributeList &) = delete;

    LPPROC_THREAD_ATTRIBUTE_LIST get() const { return list_; }

private:
    void set(DWORD_PTR attribute, void *value, std::size_t size);

    HANDLE job_; // the list points to both of these
    std::vector<HANDLE> inherited_;
    std::unique_ptr<std::byte[]> memory_;
    LPPROC_THREAD_ATTRIBUTE_LIST list_ = nullptr;
};

} // namespace backchat::platform
