#include "base/ntstatus.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#ifdef _WIN32
#include <windows.h>
#endif

namespace {

using backchat::base::is_ntstatus;
using backchat::base::ntstatus_text;
using backchat::base::ntstatus_words;

int code(std::uint32_t status) { return static_cast<int>(status); }

TEST(Ntstatus, has_words_for_what_ends_programs) {
    EXPECT_EQ(ntstatus_words(0xC0000005), "access violation");
    EXPECT_EQ(ntstatus_words(0xC000001D), "illegal instruction");
    EXPECT_EQ(ntstatus_words(0xC0000094), "integer division by zero");
    EXPECT_EQ(ntstatus_words(0xC00000FD), "stack overflow");
    EXPECT_EQ(ntstatus_words(0xC0000135), "DLL not found");
    EXPECT_EQ(ntstatus_words(0xC0000139), "DLL entry point not found");
    EXPECT_EQ(ntstatus_words(0xC000013A), "Ctrl-C exit");
    EXPECT_EQ(ntstatus_words(0xC0000142), "DLL initialization failed");
    EXPECT_EQ(ntstatus_words(0xC0000374), "heap corruption");
    EXPECT_EQ(ntstatus_words(0xC0000409), "stack buffer overrun or fail-fast");
    EXPECT_EQ(ntstatus_words(0xC0000420), "assertion failure");
}

TEST(Ntstatus, finds_the_first_and_the_last_of_its_table) {
    EXPECT_EQ(ntstatus_words(0x40000015), "fatal application exit");
    EXPECT_EQ(ntstatus_words(0xE06D7363), "unhandled C++ exception");
}

TEST(Ntstatus, has_no_words_for_others) {
    for (const std::uint32_t status : {0U, 1U, 0x40000014U, 0xC0000000U, 0xC0000004U, 0xC000ABCDU, 0xFFFFFFFFU})
        EXPECT_EQ(ntstatus_words(status), "") << status;
}

TEST(Ntstatus, is_told_from_codes_that_programs_choose) {
    for (const std::uint32_t status :
         {0xC0000000U, 0xC0000005U, 0xC000ABCDU, 0xCFFFFFFFU, 0xE0000000U, 0xEFFFFFFFU, 0x80000003U, 0x40000015U})
        EXPECT_TRUE(is_ntstatus(code(status))) << status;
    for (const std::uint32_t status : {0U, 1U, 255U, 259U, 0x40000000U, 0x7FFFFFFFU, 0x80000000U, 0x80004005U,
                                       0xBFFFFFFFU, 0xD0000000U, 0xFFFFFFFFU, 0xFFFFFF00U, 0xF0000000U})
        EXPECT_FALSE(is_ntstatus(code(status))) << status;
}

TEST(Ntstatus, is_written_as_windows_writes_it) {
    EXPECT_EQ(ntstatus_text(code(0xC0000005)), "0xC0000005, access violation");
    EXPECT_EQ(ntstatus_text(code(0xC0A9F012)), "0xC0A9F012");
    EXPECT_EQ(ntstatus_text(code(0xE0434352)), "0xE0434352, unhandled .NET exception");
}

#ifdef _WIN32
TEST(Ntstatus, has_the_numbers_of_windows) {
    EXPECT_EQ(ntstatus_words(STATUS_ACCESS_VIOLATION), "access violation");
    EXPECT_EQ(ntstatus_words(STATUS_IN_PAGE_ERROR), "page could not be read");
    EXPECT_EQ(ntstatus_words(STATUS_INVALID_HANDLE), "invalid handle");
    EXPECT_EQ(ntstatus_words(STATUS_INVALID_PARAMETER), "invalid parameter");
    EXPECT_EQ(ntstatus_words(STATUS_NO_MEMORY), "out of memory");
    EXPECT_EQ(ntstatus_words(STATUS_ILLEGAL_INSTRUCTION), "illegal instruction");
    EXPECT_EQ(ntstatus_words(STATUS_NONCONTINUABLE_EXCEPTION), "exception that cannot be continued");
    EXPECT_EQ(ntstatus_words(STATUS_INVALID_DISPOSITION), "invalid exception disposition");
    EXPECT_EQ(ntstatus_words(STATUS_ARRAY_BOUNDS_EXCEEDED), "array bounds exceeded");
    EXPECT_EQ(ntstatus_words(STATUS_FLOAT_DENORMAL_OPERAND), "floating-point denormal operand");
    EXPECT_EQ(ntstatus_words(STATUS_FLOAT_DIVIDE_BY_ZERO), "floating-point division by zero");
    EXPECT_EQ(ntstatus_words(STATUS_FLOAT_INEXACT_RESULT), "floating-point inexact result");
    EXPECT_EQ(ntstatus_words(STATUS_FLOAT_INVALID_OPERATION), "floating-point invalid operation");
    EXPECT_EQ(ntstatus_words(STATUS_FLOAT_OVERFLOW), "floating-point overflow");
    EXPECT_EQ(ntstatus_words(STATUS_FLOAT_STACK_CHECK), "floating-point stack check");
    EXPECT_EQ(ntstatus_words(STATUS_FLOAT_UNDERFLOW), "floating-point underflow");
    EXPECT_EQ(ntstatus_words(STATUS_INTEGER_DIVIDE_BY_ZERO), "integer division by zero");
    EXPECT_EQ(ntstatus_words(STATUS_INTEGER_OVERFLOW), "integer overflow");
    EXPECT_EQ(ntstatus_words(STATUS_PRIVILEGED_INSTRUCTION), "privileged instruction");
    EXPECT_EQ(ntstatus_words(STATUS_STACK_OVERFLOW), "stack overflow");
    EXPECT_EQ(ntstatus_words(STATUS_DLL_NOT_FOUND), "DLL not found");
    EXPECT_EQ(ntstatus_words(STATUS_ORDINAL_NOT_FOUND), "DLL ordinal not found");
    EXPECT_EQ(ntstatus_words(STATUS_ENTRYPOINT_NOT_FOUND), "DLL entry point not found");
    EXPECT_EQ(ntstatus_words(STATUS_CONTROL_C_EXIT), "Ctrl-C exit");
    EXPECT_EQ(ntstatus_words(STATUS_DLL_INIT_FAILED), "DLL initialization failed");
    EXPECT_EQ(ntstatus_words(STATUS_STACK_BUFFER_OVERRUN), "stack buffer overrun or fail-fast");
    EXPECT_EQ(ntstatus_words(STATUS_INVALID_CRUNTIME_PARAMETER), "invalid C runtime parameter");
    EXPECT_EQ(ntstatus_words(STATUS_ASSERTION_FAILURE), "assertion failure");
    EXPECT_EQ(ntstatus_words(STATUS_GUARD_PAGE_VIOLATION), "guard page violation");
    EXPECT_EQ(ntstatus_words(STATUS_DATATYPE_MISALIGNMENT), "misaligned access");
    EXPECT_EQ(ntstatus_words(STATUS_BREAKPOINT), "breakpoint");
    EXPECT_EQ(ntstatus_words(STATUS_SINGLE_STEP), "single step");
    EXPECT_EQ(ntstatus_words(STATUS_FATAL_APP_EXIT), "fatal application exit");
}
#endif

} // namespace
