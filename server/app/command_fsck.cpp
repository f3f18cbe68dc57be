#include "server/app/command.hpp"
#include "server/http/json.hpp"
#include "server/ingest/fsck.hpp"
#include "server/ingest/recovery.hpp"

#include <cstdio>
#include <memory>

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

void print(const Globals& globals, const ingest::FsckReport& report) {
  if (globals.json) {
    http::JsonWriter json;
    json.object([&] {
      json.field("images_checked", report.images_checked);
      json.key("findings").array([&] {
        for (const ingest::Finding& finding : report.findings) {
          json.object([&] {
            json.field("fault", ingest::to_string(finding.fault));
            json.field("what", finding.what);
            json.field("repaired", finding.repaired);
          });
        }
      });
    });
    std::printf("%s\n", json.text().c_str());
    return;
  }
  for (const ingest::Finding& finding : report.findings) {
    std::printf("%-17s %s%s\n", std::string(ingest::to_string(finding.fault)).c_str(), finding.what.c_str(),
                finding.repaired ? " (repaired)" : "");
  }
  std::printf("%lld pictures checked, %zu faults\n", static_cast<long long>(report.images_checked),
              report.findings.size());
}

Exit run(const Globals& globals, bool repair) {
  const auto config = load_config(globals);
  if (!config) return fail(globals, config.error());
  auto opened = open_store(config->data, repair);
  if (!opened) return fail(globals, opened.error());
  auto catalog =
      catalog::Catalog::open({database_of(*config), catalog::Durability::at_commit, opened->alone});
  if (!catalog) return fail(globals, catalog.error());
  const SystemClock clock;
  IdSource ids(clock);
  ingest::FsckOptions options;
  options.repair = repair;
  if (!opened->alone) options.settled_before = clock.now() - ingest::longest_upload;
  const auto report = ingest::fsck(*opened->store, *catalog, ids, clock, options);
  if (!report) return fail(globals, report.error());
  print(globals, *report);
  const bool whole = std::all_of(report->findings.begin(), report->findings.end(),
                                 [](const ingest::Finding& finding) { return finding.repaired; });
  return whole ? Exit::ok : Exit::found_faults;
}

}  // namespace

void add_fsck_command(CLI::App& app, Globals& globals, Action& action) {
  CLI::App* command =
      app.add_subcommand("fsck", "Check every picture against the catalog, and the catalog itself");
  const auto repair = std::make_shared<bool>(false);
  command->add_flag(
      "--repair", *repair,
      "Put right what can be: adopt pictures without a row, drop rows without a picture, recount. The "
      "server must be stopped");
  command->footer(
      "Reads every byte of every picture. Exit status: 0 nothing is wrong (any more), 1 faults were found, 2 "
      "it could "
      "not look.");
  command->callback(
      [&globals, &action, repair] { action = [&globals, repair] { return run(globals, *repair); }; });
}

}  // namespace heliograph::app
