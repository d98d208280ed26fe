#pragma once

#include "descriptor.hpp"

#include <string>
#include <string_view>

namespace backchat::cli {

/// A file that a flag names for us to write to.
class ResultFile {
public:
    /// Opens and empties `path`, so that a path that cannot be written is found before anything runs. "-" and
    /// /dev/stdout mean our stdout, /dev/stderr our stderr: opened anew, a file behind them would be written from its
    /// beginning, over what the child wrote.
    /// Throws UsageError that names `flag`.
    ResultFile(std::string_view flag, const std::string &path);

    int descriptor() const { return descriptor_.get(); }
    bool is_stdout() const { return is_stdout_; }

private:
    UniqueDescriptor descriptor_;
    bool is_stdout_;
};

} // namespace backchat::cli
