# Uses ccache where it is installed, unless a launcher was named.
if(NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(BACKCHAT_CCACHE ccache)
    mark_as_advanced(BACKCHAT_CCACHE)
    if(BACKCHAT_CCACHE)
        # A checkout in another directory finds what this one has compiled: paths count from the top of the source.
        set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
            CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${BACKCHAT_CCACHE}
        )
    endif()
endif()
