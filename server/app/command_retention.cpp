#include "server/app/command.hpp"
#include "server/app/units.hpp"
#include "server/http/api/retention_json.hpp"
#include "server/jobs/retention_work.hpp"
#include "server/jobs/storage_report.hpp"
#include "server/store/store.hpp"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <map>
#include <memory>
#include <tuple>

namespace heliograph::app {
namespace {

struct Options {
  std::string camera;  // empty: the common rule
  std::string keep_days;
  std::string keep_bytes;
  std::string keep_images;
  std::string thin;
  std::string image;
  bool dry_run = false;
};

// What a command works on.
struct Session {
  const Globals& globals;
  const Options& options;
  const Config& config;
  catalog::Catalog& catalog;
};
using Verb = Result<void> (*)(Session& session);

void print(const http::JsonWriter& json) {
  std::printf("%s\n", json.text().c_str());
}

// The common rule's, or that of the camera of this name.
Result<CameraId> camera_of(Session& session) {
  if (session.options.camera.empty()) return CameraId{};
  const auto camera = session.catalog.camera_by_name(session.options.camera);
  if (!camera) return camera.error();
  return camera->id;
}

Error in_option(const char* option, const Error& error) {
  return {ErrorKind::bad_request, std::string(option) + ": " + error.detail};
}

Result<void> read_thinning(const std::string& text, catalog::RetentionRule& rule) {
  const auto comma = text.find(',');
  const auto all_days = parse_days(text.substr(0, comma));
  if (!all_days) return in_option("--thin", all_days.error());
  rule.all_days = *all_days;
  if (comma == std::string::npos) return {};
  const auto hourly_days = parse_days(text.substr(comma + 1));
  if (!hourly_days) return in_option("--thin", hourly_days.error());
  rule.hourly_days = *hourly_days;
  return {};
}

Result<catalog::RetentionRule> rule_of(const Options& options) {
  catalog::RetentionRule rule;
  if (!options.keep_days.empty()) {
    const auto days = parse_days(options.keep_days);
    if (!days) return in_option("--keep-days", days.error());
    rule.keep_days = *days;
  }
  for (const auto& [option, text, into] :
       {std::tuple("--keep-bytes", &options.keep_bytes, &rule.keep_bytes),
        std::tuple("--keep-images", &options.keep_images, &rule.keep_images)}) {
    if (text->empty()) continue;
    const auto number = parse_size(*text);
    if (!number || *number > static_cast<std::uint64_t>(catalog::max_keep)) {
      return in_option(option,
                       number ? Error{ErrorKind::bad_request, *text + " is too much"} : number.error());
    }
    *into = static_cast<std::int64_t>(*number);
  }
  if (!options.thin.empty()) {
    if (auto read = read_thinning(options.thin, rule); !read) return read.error();
  }
  if (rule == catalog::RetentionRule{}) {
    return Error{ErrorKind::bad_request,
                 "say how long to keep pictures: --keep-days, --keep-bytes, --keep-images, "
                 "--thin; `retention clear` keeps them for ever"};
  }
  return rule;
}

std::string rule_text(const catalog::RetentionRule& rule) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (rule.keep_days) add(std::to_string(*rule.keep_days) + " days");
  if (rule.keep_bytes) add(size_text(*rule.keep_bytes));
  if (rule.keep_images) add(std::to_string(*rule.keep_images) + " pictures");
  if (rule.all_days) add("all of " + std::to_string(*rule.all_days) + " days, then one an hour");
  if (rule.hourly_days) text += " until " + std::to_string(*rule.hourly_days) + " days, then one a day";
  return text.empty() ? "everything" : text;
}

void print_summary(const Globals& globals, const jobs::RetentionSummary& summary,
                   const std::vector<catalog::Holding>& holdings, bool done) {
  std::map<CameraId, std::string> names;
  for (const catalog::Holding& holding : holdings) names[holding.camera.id] = holding.camera.name;
  if (globals.json) {
    http::JsonWriter json;
    json.object([&] {
      json.field("removed", done);
      if (done) json.field("from_trash", summary.trash.images);
      http::write_summary(json, summary, names);
    });
    print(json);
    return;
  }
  for (const auto& [camera, sum] : summary.cameras) {
    std::printf("%-32s %10" PRId64 " pictures  %10s   taken %s to %s\n", names[camera].c_str(), sum.images,
                size_text(sum.bytes).c_str(), to_iso(*sum.oldest).c_str(), to_iso(*sum.newest).c_str());
  }
  std::printf("%s %" PRId64 " pictures, %s", done ? "Removed" : "Would remove", summary.total.images,
              size_text(summary.total.bytes).c_str());
  const char* separator = " (";
  for (std::size_t i = 0; i < jobs::reason_count; ++i) {
    if (summary.reasons[i] == 0) continue;
    std::printf("%s%" PRId64 " by %s", separator, summary.reasons[i],
                std::string(jobs::to_string(static_cast<jobs::Reason>(i))).c_str());
    separator = ", ";
  }
  std::printf("%s\n", summary.total.images > 0 ? ")" : "");
  if (summary.trash.images > 0) {
    std::printf("Removed %" PRId64 " pictures, %s, that were in the trash for their time\n",
                summary.trash.images, size_text(summary.trash.bytes).c_str());
  }
}

std::string forecast_text(const jobs::Forecast& forecast) {
  const std::string pace =
      forecast.bytes_per_day ? size_text(*forecast.bytes_per_day) + " a day come in" : std::string();
  switch (forecast.outlook) {
    case jobs::Outlook::unknown:
      return "too few days to foretell when it will be full";
    case jobs::Outlook::steady:
      return pace + "; it will not be full";
    case jobs::Outlook::distant:
      return pace + "; it will not be full soon";
    case jobs::Outlook::filling:
      break;
  }
  std::string text = pace + "; full in " + std::to_string(*forecast.days) + " days (" +
                     std::to_string(*forecast.earliest_days) + " at the earliest";
  if (forecast.latest_days) text += ", " + std::to_string(*forecast.latest_days) + " at the latest";
  return text + ")";
}

Result<void> show(Session& session) {
  const auto common = session.catalog.retention(CameraId{});
  if (!common) return common.error();
  const auto holdings = session.catalog.holdings();
  if (!holdings) return holdings.error();
  if (session.globals.json) {
    http::JsonWriter json;
    http::write_rules(json, *common, *holdings);
    print(json);
    return {};
  }
  std::printf("%-32s keeps %s\n", "Every camera",
              rule_text(common->value_or(catalog::RetentionRule{})).c_str());
  for (const catalog::Holding& holding : *holdings) {
    if (holding.rule)
      std::printf("%-32s keeps %s\n", holding.camera.name.c_str(), rule_text(*holding.rule).c_str());
  }
  const auto store = store::ImageStore::open_to_read(session.config.data);
  if (!store) return {};
  const auto space = (*store)->space();
  if (!space) return {};
  const auto marks = store::watermarks_for(space->total_bytes, session.config.disk);
  const auto usable =
      static_cast<std::int64_t>(space->free_bytes - std::min(space->free_bytes, marks.reserve_bytes));
  const auto report = jobs::read_storage(session.catalog, usable, SystemClock().now());
  if (!report) return report.error();
  std::printf("Room for %s more; %s.\n", size_text(usable).c_str(), forecast_text(report->forecast).c_str());
  return {};
}

// What would go if the camera had this rule.
Result<void> show_effect(Session& session, CameraId camera, const catalog::RetentionRule& rule) {
  auto common = session.catalog.retention(CameraId{});
  if (!common) return common.error();
  auto holdings = session.catalog.holdings();
  if (!holdings) return holdings.error();
  if (camera == CameraId{}) *common = rule;
  for (catalog::Holding& holding : *holdings) {
    if (holding.camera.id == camera) holding.rule = rule;
  }
  const auto summary =
      jobs::preview_retention(session.catalog, jobs::policy_of(*common, *holdings, SystemClock().now()));
  if (!summary) return summary.error();
  print_summary(session.globals, *summary, *holdings, false);
  return {};
}

Result<void> set(Session& session) {
  const auto camera = camera_of(session);
  if (!camera) return camera.error();
  const auto rule = rule_of(session.options);
  if (!rule) return rule.error();
  if (session.options.dry_run) return show_effect(session, *camera, *rule);
  if (auto done = session.catalog.set_retention(*camera, *rule); !done) return done;
  if (session.globals.json) {
    http::JsonWriter json;
    http::write_rule(json, *rule);
    print(json);
  } else {
    std::printf(
        "%s keeps %s. A running server acts on it in ten minutes or later; `heliograph retention run "
        "--dry-run` tells what will go.\n",
        session.options.camera.empty() ? "Every camera" : session.options.camera.c_str(),
        rule_text(*rule).c_str());
  }
  return {};
}

Result<void> clear(Session& session) {
  const auto camera = camera_of(session);
  if (!camera) return camera.error();
  const auto cleared = session.catalog.clear_retention(*camera);
  if (!cleared) return cleared.error();
  if (session.globals.json) {
    http::JsonWriter json;
    json.object([&] { json.field("cleared", *cleared); });
    print(json);
  } else {
    std::printf("%s\n", *cleared ? "The rule is gone." : "There was no rule.");
  }
  return {};
}

Result<void> run(Session& session) {
  const SystemClock clock;
  const auto holdings = session.catalog.holdings();
  if (!holdings) return holdings.error();
  if (session.options.dry_run) {
    auto policy = jobs::read_policy(session.catalog, clock.now());
    if (!policy) return policy.error();
    const auto summary = jobs::preview_retention(session.catalog, std::move(*policy));
    if (!summary) return summary.error();
    print_summary(session.globals, *summary, *holdings, false);
    return {};
  }
  const auto store = store::ImageStore::open(session.config.data);
  if (!store && store.error().kind == ErrorKind::unavailable) {
    return Error{ErrorKind::unavailable,
                 "a server runs on " + session.config.data.string() +
                     " and does this by itself every hour; --dry-run tells what it will remove"};
  }
  if (!store) return store.error();
  // Nobody else is there to move the database's log into its file.
  auto catalog = catalog::Catalog::open({database_of(session.config), catalog::Durability::at_commit, true});
  if (!catalog) return catalog.error();
  auto policy = jobs::read_policy(*catalog, clock.now(), session.config.trash_life);
  if (!policy) return policy.error();
  Log log(LogFormat::text, LogLevel::warning);
  const auto summary = jobs::run_retention(**store, *catalog, std::move(*policy), log, {});
  if (!summary) return summary.error();
  print_summary(session.globals, *summary, *holdings, true);
  return {};
}

Result<void> set_star(Session& session, bool starred) {
  const std::string& text = session.options.image;
  const auto name = store::parse_image_filename(text);
  const auto id = name ? std::optional(name->id) : parse_id<ImageId>(text);
  if (!id)
    return Error{ErrorKind::bad_request, "\"" + text + "\" is neither an image's id nor its file name"};
  if (auto set = session.catalog.set_starred(*id, starred); !set) return set;
  if (session.globals.json) {
    http::JsonWriter json;
    json.object([&] {
      json.field("id", to_string(*id));
      json.field("starred", starred);
    });
    print(json);
  } else {
    std::printf("%s is %s.\n", to_string(*id).c_str(),
                starred ? "starred: no rule removes it" : "not starred");
  }
  return {};
}

Result<void> star(Session& session) {
  return set_star(session, true);
}
Result<void> unstar(Session& session) {
  return set_star(session, false);
}

Exit act(const Globals& globals, const Options& options, Verb verb) {
  const auto config = load_config(globals);
  if (!config) return fail(globals, config.error());
  const auto exists = store::ImageStore::open_to_read(config->data);
  if (!exists) return fail(globals, exists.error());
  auto catalog = catalog::Catalog::open({database_of(*config), catalog::Durability::at_commit, false});
  if (!catalog) return fail(globals, catalog.error());
  Session session{globals, options, *config, *catalog};
  const auto done = verb(session);
  return done ? Exit::ok : fail(globals, done.error());
}

}  // namespace

Command retention_command(const Globals& globals) {
  const auto options = std::make_shared<Options>();
  const auto does = [&globals, options](Verb verb) {
    return [&globals, options, verb] { return act(globals, *options, verb); };
  };
  const Option camera{"--camera", &options->camera, "The camera's own rule, instead of that of all others"};
  const Option dry_run{"--dry-run", &options->dry_run, "Only tell what would go"};
  const std::vector<Option> rule{
      {"--keep-days", &options->keep_days, "Remove what is older: 30, 8w, 1y"},
      {"--keep-bytes", &options->keep_bytes,
       "Remove the oldest of more than this: 20G. Without --camera: of all cameras together"},
      {"--keep-images", &options->keep_images,
       "Remove the oldest of more than so many. Without --camera: of all cameras together"},
      {"--thin", &options->thin,
       "Keep all of the first span, one an hour of the second, then one a day: 7d,1y"},
      camera,
      dry_run};
  return {
      .name = "retention",
      .help = "Say how long pictures are kept, and remove what is due",
      .footer =
          "Starred pictures are never removed, nor is anything within an hour of its arrival.\n"
          "  heliograph retention set --thin 7d,1y                     all of a week, one an hour of a year, "
          "one a day\n"
          "  heliograph retention set --camera Orchard --keep-days 30  this camera only\n"
          "See docs/retention.md.",
      .commands = {
          {.name = "show", .help = "Show the rules and how long the disk will last", .run = does(show)},
          {.name = "set",
           .help = "Replace the rule of every camera, or of one",
           .options = rule,
           .run = does(set)},
          {.name = "clear", .help = "Take a rule away", .options = {camera}, .run = does(clear)},
          {.name = "run",
           .help = "Remove now what the rules say; a running server does so by itself",
           .options = {dry_run},
           .run = does(run)}}};
}

Command star_command(const Globals& globals, bool starred) {
  const auto options = std::make_shared<Options>();
  return {.name = starred ? "star" : "unstar",
          .help = starred ? "Keep a picture whatever the rules say"
                          : "Let the rules decide about a picture again",
          .options = {{"IMAGE", &options->image, "Its id or its file name", {.required = true}}},
          .run = [&globals, options, starred] { return act(globals, *options, starred ? star : unstar); }};
}

}  // namespace heliograph::app
