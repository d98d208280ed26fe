# Warnings for our own targets; who builds us with add_subdirectory gets none of them.
if(MSVC)
    set(backchat_warnings /W4 /permissive-)
    set(backchat_warnings_are_errors /WX)
else()
    set(backchat_warnings_are_errors -Werror)
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
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND backchat_warnings -Wduplicated-branches -Wduplicated-cond)
endif()

function(backchat_warnings target)
    target_compile_options(${target} PRIVATE ${backchat_warnings}
        $<$<BOOL:${BACKCHAT_DEVELOPER}>:${backchat_warnings_are_errors}>
    )
endfunction()
