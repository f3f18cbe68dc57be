#include "server/app/command.hpp"
#include "server/app/long_work.hpp"
#include "server/http/json.hpp"
#include "server/ingest/rebuild.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

namespace heliograph::app {
namespace {

namespace fs = std::filesystem;

// The new catalog while it is made. It takes the old one's place only when it is whole.
constexpr std::string_view unfinished_suffix = ".rebuild";
// What SQLite keeps beside its file.
constexpr std::string_view beside[] = {"", "-wal", "-shm"};

// What no file tells, in words for programs and for people.
struct Unknown {
  const char* word;
  const char* sentence;
};
constexpr Unknown unknown[] = {
    {"camera-names", "Names of cameras: each is called like its folder."},
    {"camera-keys", "Keys: no camera can upload until it has a new one: heliograph camera rotate-key NAME."},
    {"removed-cameras", "Which cameras were removed: all are back."},
    {"sender-names", "How senders name their pictures: one that is sent again is known by its bytes."},
    {"arrival-times", "When pictures arrived: when their file was last written is taken for it."},
    {"telemetry", "Battery, signal, position: what cameras told beside their pictures."},
    {"unfinished-uploads", "Uploads that had begun: their cameras begin anew."},
    {"owners-words",
     "Stars, tags and notes; what was in the trash, which is in the gallery now; retention rules, which "
     "pictures were salvaged, how cameras called what was refused."},
};

fs::path with_suffix(const fs::path& file, std::string_view suffix) {
  return fs::path(file.string() + std::string(suffix));
}

void remove_database(const fs::path& file) {
  for (const std::string_view suffix : beside) fs::remove(with_suffix(file, suffix));
}

bool is_sound(const fs::path& database) {
  auto catalog = catalog::Catalog::open({database.string(), catalog::Durability::at_commit, false});
  if (!catalog) return false;
  const auto faults = catalog->check();
  return faults && faults->empty();
}

// Puts `made` in the place of `database`, and what stood there aside. A sound catalog stands
// in that place at every moment. Returns where the old one is.
std::optional<fs::path> replace_database(const fs::path& database, const fs::path& made, Timestamp now) {
  if (!fs::exists(database)) {
    // A log without its file is nobody's; SQLite would take it for the new file's.
    for (const std::string_view suffix : {"-wal", "-shm"}) fs::remove(with_suffix(database, suffix));
    fs::rename(made, database);
    return std::nullopt;
  }
  const fs::path aside = with_suffix(database, ".before-" + to_compact(now));
  // The last one to close a sound catalog moves its log into it. A damaged one is touched no further: its log
  // goes with it.
  if (is_sound(database))
    static_cast<void>(catalog::Catalog::open({database.string(), catalog::Durability::at_commit, true}));
  for (const std::string_view suffix : {"-wal", "-shm"}) {
    if (fs::exists(with_suffix(database, suffix)))
      fs::rename(with_suffix(database, suffix), with_suffix(aside, suffix));
  }
  fs::create_hard_link(database, aside);
  fs::rename(made, database);
  return aside;
}

void print_json(const ingest::RebuildReport& report, const std::optional<fs::path>& aside) {
  http::JsonWriter json;
  json.object([&] {
    json.field("images", report.images);
    json.field("cameras", report.cameras);
    json.field("unusable", report.unusable);
    json.key("findings").array([&] {
      for (const ingest::Finding& finding : report.findings) {
        json.object([&] {
          json.field("fault", ingest::to_string(finding.fault));
          json.field("what", finding.what);
        });
      }
    });
    json.key("unknown").array([&] {
      for (const Unknown& entry : unknown) json.value(entry.word);
    });
    json.key("old_catalog");
    aside ? json.value(aside->string()) : json.value(nullptr);
    json.field("went_on", report.went_on);
    json.field("finished", !report.stopped);
  });
  std::printf("%s\n", json.text().c_str());
}

void print_text(const ingest::RebuildReport& report, const std::optional<fs::path>& aside) {
  for (const ingest::Finding& finding : report.findings)
    std::printf("%-17s %s\n", std::string(ingest::to_string(finding.fault)).c_str(), finding.what.c_str());
  if (report.stopped) {
    std::printf(
        "Interrupted after %lld pictures; the old catalog is untouched. The next run goes on from here.\n",
        static_cast<long long>(report.images));
    return;
  }
  std::printf(
      "The new catalog has %lld pictures of %lld cameras; %lld files are none and stay where they are.\n",
      static_cast<long long>(report.images), static_cast<long long>(report.cameras),
      static_cast<long long>(report.unusable));
  if (aside) std::printf("The old one is %s.\n", aside->c_str());
  std::printf("No file tells, so the new catalog does not know:\n");
  for (const Unknown& entry : unknown) std::printf("  %s\n", entry.sentence);
}

Result<ingest::RebuildReport> fill(store::ImageStore& store, const fs::path& made) {
  auto catalog = catalog::Catalog::open({made.string(), catalog::Durability::at_sync, true});
  if (!catalog) {
    return Error{catalog.error().kind,
                 catalog.error().detail + "; begin anew with `heliograph rebuild --restart`"};
  }
  const SystemClock clock;
  IdSource ids(clock);
  LongWork work;
  auto report = ingest::rebuild(store, *catalog, ids, clock, [&](const ingest::FsckProgress& now) {
    return work.progress(now.done, now.total);
  });
  return report;
}

Exit run(const Globals& globals, bool restart) try {
  const auto config = load_config(globals);
  if (!config) return fail(globals, config.error());
  if (!config->database.empty() && config->database.starts_with("postgres")) {
    return fail(globals,
                {ErrorKind::unsupported,
                 "a PostgreSQL catalog is not moved aside: name an empty database in the configuration, "
                 "and `heliograph fsck --repair` makes its rows from the files"});
  }
  // Looking must not make a data directory where there is none.
  if (auto there = store::ImageStore::open_to_read(config->data); !there) return fail(globals, there.error());
  auto store = store::ImageStore::open(config->data);
  if (!store) return fail(globals, store.error());
  const fs::path database = database_of(*config);
  const fs::path made = with_suffix(database, unfinished_suffix);
  if (restart) remove_database(made);
  const auto report = fill(**store, made);
  if (!report) return fail(globals, report.error());
  std::optional<fs::path> aside;
  if (!report->stopped) {
    if (auto synced = (*store)->sync(); !synced) return fail(globals, synced.error());
    aside = replace_database(database, made, SystemClock().now());
    if (auto synced = (*store)->sync(); !synced) return fail(globals, synced.error());
  }
  globals.json ? print_json(*report, aside) : print_text(*report, aside);
  return report->stopped ? Exit::failed : Exit::ok;
} catch (const fs::filesystem_error& failure) {
  return fail(globals, error_from_errno(failure.code().value(), "put the new catalog in its place"));
}

}  // namespace

Command rebuild_command(const Globals& globals) {
  const auto restart = std::make_shared<bool>(false);
  return {
      .name = "rebuild",
      .help = "Make the catalog anew from nothing but the picture files",
      .footer =
          "For a catalog that is lost or damaged; `heliograph fsck` mends smaller things and loses less. "
          "Reads "
          "every "
          "byte of every picture. The server must be stopped. The new catalog is made beside the old one and "
          "takes its "
          "place when it is whole; the old one is moved aside, never deleted. Says at the end what the files "
          "could not "
          "tell: names and keys of cameras, telemetry, and more. Interrupted (Ctrl-C, or killed), it goes on "
          "where it "
          "was when it is run again.\nExit status: 0 done, 2 not done, or not to the end.",
      .options = {{"--restart", restart.get(), "Begin anew, also when an earlier run was interrupted"}},
      .run = [&globals, restart] { return run(globals, *restart); }};
}

}  // namespace heliograph::app
