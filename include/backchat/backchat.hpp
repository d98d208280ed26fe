#pragma once

/// All of Backchat's public API.
#include <backchat/condition.hpp>
#include <backchat/deadline.hpp>
#include <backchat/error.hpp>
#include <backchat/exit_status.hpp>
#include <backchat/options.hpp>
#include <backchat/popen.hpp>
#include <backchat/result.hpp>
#include <backchat/run.hpp>
#include <backchat/stop.hpp>
#include <backchat/version.hpp>
