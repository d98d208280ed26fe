# BACKCHAT_PLATFORM chooses the directory of src/platform that is compiled. Code never asks which platform it is on.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    set(platform_here linux)
elseif(WIN32)
    set(platform_here windows)
else()
    set(platform_here posix)
endif()

set(BACKCHAT_PLATFORM ${platform_here} CACHE STRING "The platform to build for: linux")
set_property(CACHE BACKCHAT_PLATFORM PROPERTY STRINGS linux)

if(BACKCHAT_PLATFORM MATCHES "^(posix|windows)$")
    message(FATAL_ERROR "Backchat does not run on the platform '${BACKCHAT_PLATFORM}' yet: there is only 'linux'.")
elseif(NOT BACKCHAT_PLATFORM STREQUAL "linux")
    message(FATAL_ERROR "BACKCHAT_PLATFORM is '${BACKCHAT_PLATFORM}'; it must be 'linux'.")
endif()
