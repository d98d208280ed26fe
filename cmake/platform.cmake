# BACKCHAT_PLATFORM chooses the directories of src/platform that are compiled. Code never asks which platform it is on.
#   linux    what Linux alone has: pidfd, clone, /proc
#   posix    what every Unix has; can be chosen on Linux, too, to be tested there
#   windows  Windows 10 1809 and later
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    set(platform_here linux)
elseif(WIN32)
    set(platform_here windows)
else()
    set(platform_here posix)
endif()

set(BACKCHAT_PLATFORM ${platform_here} CACHE STRING "The platform to build for: linux, posix or windows")
set_property(CACHE BACKCHAT_PLATFORM PROPERTY STRINGS linux posix windows)

if(NOT BACKCHAT_PLATFORM MATCHES "^(linux|posix|windows)$")
    message(FATAL_ERROR "BACKCHAT_PLATFORM is '${BACKCHAT_PLATFORM}'; it must be 'linux', 'posix' or 'windows'.")
endif()
if((WIN32 AND NOT BACKCHAT_PLATFORM STREQUAL "windows") OR (NOT WIN32 AND BACKCHAT_PLATFORM STREQUAL "windows"))
    message(FATAL_ERROR "BACKCHAT_PLATFORM '${BACKCHAT_PLATFORM}' does not run on ${CMAKE_SYSTEM_NAME}.")
endif()
