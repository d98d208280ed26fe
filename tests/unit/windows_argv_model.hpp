#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

/// How Windows programs take their command line apart, written from what is documented and not from what we write.
namespace windows_argv_model {

/// What two quotes in a row are, in a stretch that is in quotes: a quote, and then …
enum class TwoQuotes {
    go_on, // … the stretch goes on: Microsoft's C runtimes since 2008
    end,   // … the stretch ends: those before, msvcrt.dll among them
};

/// Splits as a C runtime does.
std::vector<std::u16string> c_runtime(std::u16string_view line, TwoQuotes rule);

/// Splits as CommandLineToArgvW does, which counts quotes: of three in a row, the third is one.
std::vector<std::u16string> shell32(std::u16string_view line);

/// Gives random arguments in which what matters is frequent: quotes, backslashes, blanks, tabs, nothing at all.
class Arguments {
public:
    explicit Arguments(unsigned seed) : random_(seed) {}

    /// Gives an argument of at most `longest` characters out of `alphabet`.
    std::string next(const std::vector<std::string> &alphabet, std::size_t longest);
    std::size_t below(std::size_t end) { return random_() % end; }

private:
    std::mt19937 random_;
};

} // namespace windows_argv_model
