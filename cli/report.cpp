#include "report.hpp"

#include <nlohmann/json.hpp>

namespace backchat::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char *keys[] = {"argv",  "pid",   "status", "reason", "eof",  "holders", "holders_complete",
                                "bytes", "usage", "wall_s", "tree",   "error"};

/// All keys, in their order, without a value.
Json empty_report(const std::vector<std::string> &argv) {
    Json object;
    for (const char *key : keys) object[key] = nullptr;
    object["argv"] = argv;
    return object;
}

Json to_json(const ExitStatus &status) {
    Json object{{"kind", "unknown"}, {"code", nullptr}, {"signal", nullptr}, {"core_dumped", nullptr}};
    if (status.is_exited()) {
        object["kind"] = "exited";
        object["code"] = status.code();
    } else if (status.is_signaled()) {
        object["kind"] = "signaled";
        object["signal"] = status.signal();
        object["core_dumped"] = status.core_dumped();
    }
    return object;
}

Json to_json(Eof eof) { return eof == Eof::not_a_pipe ? Json(nullptr) : Json(to_string(eof)); }

Json to_json(const std::vector<ProcessInfo> &processes) {
    Json list = Json::array();
    for (const ProcessInfo &process : processes)
        list.push_back(Json{{"pid", process.pid}, {"command", process.command}});
    return list;
}

Json to_json(const TreeReport &tree) {
    return Json{{"killed", to_json(tree.killed)}, {"survived", to_json(tree.survived)}};
}

Json to_json(std::optional<std::uint64_t> count) { return count ? Json(*count) : Json(nullptr); }

double seconds(std::chrono::duration<double> duration) { return duration.count(); }

std::string to_line(const Json &object) { return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

} // namespace

std::string report(const std::vector<std::string> &argv, Pid pid, const Outcome &outcome) {
    Json object = empty_report(argv);
    object["pid"] = pid;
    if (outcome.status) object["status"] = to_json(*outcome.status);
    object["reason"] = to_string(outcome.reason);
    object["eof"] = Json{{"stdout", to_json(outcome.eof_out)}, {"stderr", to_json(outcome.eof_err)}};
    object["holders"] = to_json(outcome.holders.processes);
    object["holders_complete"] = outcome.holders.complete;
    object["bytes"] =
        Json{{"stdin", nullptr}, {"stdout", to_json(outcome.bytes_out)}, {"stderr", to_json(outcome.bytes_err)}};
    object["usage"] = Json{{"user_s", seconds(outcome.usage.user)},
                           {"system_s", seconds(outcome.usage.system)},
                           {"max_rss_bytes", outcome.usage.max_rss_bytes}};
    object["wall_s"] = seconds(outcome.wall);
    if (outcome.tree) object["tree"] = to_json(*outcome.tree);
    return to_line(object);
}

std::string report(const std::vector<std::string> &argv, const SpawnError &error, const std::string &message) {
    Json object = empty_report(argv);
    object["error"] = Json{{"stage", to_string(error.stage())}, {"code", error.code().value()}, {"message", message}};
    return to_line(object);
}

} // namespace backchat::cli
