# Warnings for our own targets; who builds us with add_subdirectory gets none of them.
set(backchat_warnings
    -Wall
    -Wextra
    -Wpedantic
    -Wcast-align
    -Wcast-qual
    -Wconversion
    -Wextra-semi
    -Wformat=2
    -Wnon-virtual-dtor
    -Wold-style-cast
    -Woverloaded-virtual
    -Wshadow
    -Wsign-conversion
    -Wundef
)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND backchat_warnings -Wduplicated-branches -Wduplicated-cond)
endif()

function(backchat_warnings target)
    target_compile_options(${target} PRIVATE ${backchat_warnings} $<$<BOOL:${BACKCHAT_DEVELOPER}>:-Werror>)
endfunction()
