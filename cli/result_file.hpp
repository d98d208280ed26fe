#pragma once

#include "cli/platform/handle.hpp"

#include <string>
#include <string_view>

namespace backchat::cli {

/// A file that a flag names for us to write to.
class ResultFile {
public:
    /// Opens and empties `path`, so that a path that cannot be written is found before anything runs. "-" means our
    /// stdout, as /dev/stdout and /dev/stderr mean our streams where there are such names: opened anew, a file behind them would be written from its
    /// beginning, over what the child wrote.
    /// Throws UsageError that names `flag`.
    ResultFile(std::string_view flag, const std::string &path);

    NativeHandle handle() const { return handle_.get(); }
    bool is_stdout() const { return is_stdout_; }

private:
    UniqueHandle handle_;
    bool is_stdout_ = false;
};

} // namespace backchat::cli
