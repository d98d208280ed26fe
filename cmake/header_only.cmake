# Libraries whose headers are all there is to them can be used for another system, too. CMake finds none of this
# system's then, and its whole include directory must not be seen by a cross compiler: only their own directories are.
#
# backchat_header_only(TARGET DIRECTORY): makes TARGET from the headers in DIRECTORY of this system's include directory.
function(backchat_header_only target directory)
    find_path(${directory}_headers ${directory} PATHS /usr/include NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
    mark_as_advanced(${directory}_headers)
    set(alone ${PROJECT_BINARY_DIR}/header_only/${directory})
    file(MAKE_DIRECTORY ${alone})
    file(CREATE_LINK ${${directory}_headers}/${directory} ${alone}/${directory} SYMBOLIC)
    add_library(${target} INTERFACE IMPORTED GLOBAL)
    target_include_directories(${target} SYSTEM INTERFACE ${alone})
endfunction()
