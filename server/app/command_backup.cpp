#include "server/app/command.hpp"
#include "server/app/long_work.hpp"
#include "server/app/units.hpp"
#include "server/http/json.hpp"
#include "server/ingest/backup.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

namespace heliograph::app {
namespace {

namespace fs = std::filesystem;

// Says that a directory is a backup of ours. Without it a full directory is somebody's, or a server's own.
constexpr const char* marker = "backup";

Result<void> check_place(const fs::path& data, const fs::path& to) {
  std::error_code failed;
  const fs::path from = fs::weakly_canonical(data, failed);
  const fs::path into = fs::weakly_canonical(to, failed);
  const auto within = std::mismatch(from.begin(), from.end(), into.begin(), into.end());
  if (within.first == from.end()) {
    return Error{ErrorKind::bad_request,
                 to.string() + " is in the data directory: a backup belongs on another disk"};
  }
  if (!fs::exists(to, failed) || fs::exists(to / marker, failed)) return {};
  if (fs::is_empty(to, failed) && !failed) return {};
  return Error{ErrorKind::bad_request,
               to.string() + " is no empty directory, and no backup: nothing was written there"};
}

Result<void> mark(const fs::path& to) {
  std::ofstream file(to / marker);
  file << "A backup of Heliograph. To restore it, see docs/backup.md; do not serve from it.\n";
  file.close();
  if (file) return {};
  return Error{ErrorKind::internal, "cannot write " + (to / marker).string()};
}

void print_json(const ingest::BackupReport& report) {
  http::JsonWriter json;
  json.object([&] {
    json.field("images", report.images);
    json.field("copied", report.copied);
    json.field("refused", report.refused);
    json.field("programs", report.programs);
    json.field("bytes", report.bytes);
    json.field("gone", report.gone);
    json.field("finished", !report.stopped);
  });
  std::printf("%s\n", json.text().c_str());
}

void print_text(const ingest::BackupReport& report, const std::string& to) {
  if (report.stopped) {
    std::printf(
        "Interrupted after %lld pictures; what was a backup before is one still. The next run goes on.\n",
        static_cast<long long>(report.images));
    return;
  }
  std::printf("%s is a whole backup: %lld pictures, %lld of them copied now (%s).\n", to.c_str(),
              static_cast<long long>(report.images), static_cast<long long>(report.copied),
              size_text(static_cast<std::int64_t>(report.bytes)).c_str());
}

Exit run(const Globals& globals, const std::string& directory) {
  const auto config = load_config(globals);
  if (!config) return fail(globals, config.error());
  const fs::path to = directory;
  // Looking must not make a data directory where there is none.
  const auto from = store::ImageStore::open_to_read(config->data);
  if (!from) return fail(globals, from.error());
  if (auto allowed = check_place(config->data, to); !allowed) return fail(globals, allowed.error());
  auto into = store::ImageStore::open(to);
  if (!into) return fail(globals, into.error());
  if (auto marked = mark(to); !marked) return fail(globals, marked.error());
  LongWork work;
  const auto report =
      ingest::back_up(database_of(*config), **from, **into,
                      [&](const ingest::FsckProgress& now) { return work.progress(now.done, now.total); });
  if (!report) return fail(globals, report.error());
  globals.json ? print_json(*report) : print_text(*report, to.string());
  return report->stopped ? Exit::failed : Exit::ok;
}

}  // namespace

Command backup_command(const Globals& globals) {
  const auto directory = std::make_shared<std::string>();
  const Option where{
      "DIRECTORY", directory.get(), "On another disk; made when it is not there", {.required = true}};
  return {.name = "backup",
          .help = "Copy everything that cannot be made again to another disk",
          .footer = "Works while the server runs. Copies only what an earlier backup there has not.",
          .options = {where},
          .run = [&globals, directory] { return run(globals, *directory); }};
}

}  // namespace heliograph::app
