#include "server/app/command.hpp"
#include "server/app/long_work.hpp"
#include "server/http/json.hpp"
#include "server/ingest/fsck.hpp"
#include "server/ingest/recovery.hpp"

#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

namespace heliograph::app {
namespace {

struct Opened {
  std::unique_ptr<store::ImageStore> store;
  bool alone = false;  // no server runs on it
};

// Alone if that is possible; only to look when a server runs and nothing is to be repaired.
Result<Opened> open_store(const std::filesystem::path& directory, bool repair) {
  // Looking must not make a data directory where there is none.
  auto reading = store::ImageStore::open_to_read(directory);
  if (!reading) return reading.error();
  auto alone = store::ImageStore::open(directory);
  if (alone) return Opened{std::move(*alone), true};
  if (repair || alone.error().kind != ErrorKind::unavailable) return alone.error();
  return Opened{std::move(*reading), false};
}

void print_json(const ingest::FsckReport& report) {
  http::JsonWriter json;
  json.object([&] {
    json.field("images_checked", report.images_checked);
    json.field("faults", report.faults);
    json.field("repaired", report.repaired);
    json.key("findings").array([&] {
      for (const ingest::Finding& finding : report.findings) {
        json.object([&] {
          json.field("fault", ingest::to_string(finding.fault));
          json.field("what", finding.what);
          json.field("repaired", finding.repaired);
        });
      }
    });
    json.key("thumbnails").object([&] {
      json.field("missing", report.thumbnails.missing);
      json.field("stale", report.thumbnails.stale);
      json.field("without_picture", report.thumbnails.without_picture);
    });
    json.field("went_on", report.went_on);
    json.field("finished", !report.stopped);
  });
  std::printf("%s\n", json.text().c_str());
}

void print_text(const ingest::FsckReport& report, bool repair) {
  const auto number = [](std::int64_t value) { return static_cast<long long>(value); };
  bool database_damaged = false;
  for (const ingest::Finding& finding : report.findings) {
    std::printf("%-17s %s%s\n", std::string(ingest::to_string(finding.fault)).c_str(), finding.what.c_str(),
                finding.repaired ? " (repaired)" : "");
    database_damaged = database_damaged || finding.fault == ingest::Fault::database_damaged;
  }
  if (const auto more = report.faults - static_cast<std::int64_t>(report.findings.size()); more > 0)
    std::printf("and %lld more like these\n", number(more));
  const ingest::ThumbnailReport& thumbnails = report.thumbnails;
  if (thumbnails != ingest::ThumbnailReport{}) {
    std::printf("thumbnails: %lld missing, %lld stale, %lld without a picture%s\n",
                number(thumbnails.missing), number(thumbnails.stale), number(thumbnails.without_picture),
                repair ? "; the first two are queued, the last are gone" : "");
  }
  std::printf("%lld pictures checked%s, %lld faults\n", number(report.images_checked),
              report.went_on ? ", those of an interrupted run included" : "", number(report.faults));
  if (report.stopped) std::printf("Interrupted. The next run goes on from here.\n");
  if (database_damaged)
    std::printf("The catalog itself is damaged. `heliograph rebuild` makes a new one from the files.\n");
}

struct Choice {
  bool repair = false;
  bool restart = false;
};

Exit run(const Globals& globals, const Choice& choice) {
  const auto config = load_config(globals);
  if (!config) return fail(globals, config.error());
  auto opened = open_store(config->data, choice.repair);
  if (!opened) return fail(globals, opened.error());
  auto catalog =
      catalog::Catalog::open({database_of(*config), catalog::Durability::at_commit, opened->alone});
  if (!catalog) return fail(globals, catalog.error());
  const SystemClock clock;
  IdSource ids(clock);
  ingest::FsckOptions options{.repair = choice.repair, .restart = choice.restart};
  if (!opened->alone) options.settled_before = clock.now() - ingest::longest_upload;
  std::optional<LongWork> work(std::in_place);
  options.on_progress = [&work](const ingest::FsckProgress& now) {
    return work->progress(now.done, now.total);
  };
  const auto report = ingest::fsck(*opened->store, *catalog, ids, clock, options);
  work.reset();  // the line of progress makes room
  if (!report) return fail(globals, report.error());
  globals.json ? print_json(*report) : print_text(*report, choice.repair);
  if (report->stopped) return Exit::failed;
  return report->faults == report->repaired ? Exit::ok : Exit::found_faults;
}

}  // namespace

Command fsck_command(const Globals& globals) {
  const auto choice = std::make_shared<Choice>();
  return {
      .name = "fsck",
      .help = "Check every picture against the catalog, and the catalog itself",
      .footer =
          "Reads every byte of every picture, and says on a terminal how far it is. Interrupted (Ctrl-C, or "
          "killed), "
          "it goes on where it was when it is run again with the same options and the pictures it had "
          "checked "
          "are the "
          "same.\nExit status: 0 nothing is wrong (any more), 1 faults were found, 2 it could not look, or "
          "not "
          "to the "
          "end.\nThumbnails are told of, but are no faults: they can be made again at any time.",
      .options = {{"--repair", &choice->repair,
                   "Put right what can be: adopt pictures without a row, drop rows without a picture, "
                   "recount, queue thumbnails. The server must be stopped"},
                  {"--restart", &choice->restart, "Begin anew, also when an earlier run was interrupted"}},
      .run = [&globals, choice] { return run(globals, *choice); }};
}

}  // namespace heliograph::app
