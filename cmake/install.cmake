# What find_package(Backchat) and pkg-config find. The file is called backchat-config.cmake because that spelling alone
# answers to both find_package(Backchat) and find_package(backchat).
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/backchat)

install(TARGETS backchat EXPORT backchat-targets FILE_SET HEADERS)
install(EXPORT backchat-targets NAMESPACE backchat:: DESTINATION ${package_dir})
configure_package_config_file(cmake/backchat-config.cmake.in ${PROJECT_BINARY_DIR}/backchat-config.cmake
    INSTALL_DESTINATION ${package_dir}
)
# Before 1.0 a minor step may change the API.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/backchat-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES
    ${PROJECT_BINARY_DIR}/backchat-config.cmake
    ${PROJECT_BINARY_DIR}/backchat-config-version.cmake
    DESTINATION ${package_dir}
)

# The prefix is found from where the .pc file lies, so that an installed tree can be moved.
file(RELATIVE_PATH pc_prefix "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" pc_prefix "${pc_prefix}")
if(BUILD_SHARED_LIBS)
    set(pc_private "Libs.private: -pthread")
else()
    set(pc_threads " -pthread")
endif()
configure_file(cmake/backchat.pc.in ${PROJECT_BINARY_DIR}/backchat.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/backchat.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

if(TARGET backchat_command)
    install(TARGETS backchat_command)
endif()
