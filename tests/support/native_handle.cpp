#include "support/native_handle.hpp"

namespace support {

std::string read_all(NativeHandle handle) {
    std::string text;
    for (std::string piece; !(piece = read_some(handle)).empty();) text += piece;
    return text;
}

} // namespace support
