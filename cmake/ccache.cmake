# Uses ccache where it is installed, unless a launcher was named.
if(NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(BACKCHAT_CCACHE ccache)
    mark_as_advanced(BACKCHAT_CCACHE)
    if(BACKCHAT_CCACHE)
        set(CMAKE_CXX_COMPILER_LAUNCHER ${BACKCHAT_CCACHE})
    endif()
endif()
