# Sanitizers for our own targets. The child programs of the tests go without: they are tools, not what is tested, and a
# sanitizer would make each of their thousands of starts slow and their address space larger than a limit under test.
function(backchat_sanitize target)
    if(NOT BACKCHAT_SANITIZE)
        return()
    endif()
    target_compile_options(${target} PRIVATE
        -fsanitize=${BACKCHAT_SANITIZE}
        -fno-sanitize-recover=all # an error must fail the test, not only be printed
        -fno-omit-frame-pointer
        -g
    )
    target_link_options(${target} PRIVATE -fsanitize=${BACKCHAT_SANITIZE})
endfunction()
