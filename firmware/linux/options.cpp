#include "firmware/linux/options.hpp"

#include "firmware/core/updater.hpp"
#include "firmware/core/upload_request.hpp"
#include "firmware/linux/claimant.hpp"
#include "firmware/linux/version.hpp"
#include "protocol/upload.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include <CLI/CLI.hpp>
#include <openssl/sha.h>

namespace heliograph::firmware {

namespace {

// Each camera is a thread, and a drawn one needs about 20 MB: past a thousand this is the wrong tool.
constexpr int max_cameras = 1'000;
// Pixels along an edge of the drawn scene: the largest of an Arducam Mega is 2,592.
constexpr int min_edge = 64;
constexpr int max_edge = 4'096;
// Megabytes of waiting pictures per camera: a week of one 100 KB picture a minute.
constexpr std::uint64_t default_spool_mb = 1'000;

constexpr const char* examples = R"(
Examples
  A drawn orchard, a picture every five seconds, to a server on this machine:
    heliograph-cam --server http://127.0.0.1:8080 --key KEY --interval 5
  Four of them, each with its own key, the day passing in ten minutes:
    heliograph-cam --server http://127.0.0.1:8080 --key-file keys.txt --cameras 4 --interval 5 --time-scale 144
  Import a folder; what was sent before is recognised:
    HELIOGRAPH_KEY=KEY heliograph-cam --server https://photos.example.org --frames ~/Pictures/trap-07
  A webcam, a picture every ten minutes, for ever:
    heliograph-cam --server https://photos.example.org --key-file key.txt --v4l2 /dev/video0 --interval 600

What the server did not take yet waits in the spool, over restarts too, and is sent oldest first.
A picture is never sent as two.

Exit status
  0  every picture is on the server
  1  some are not: refused, unreadable, dropped, or still waiting in the spool
  2  it could not start: wrong options, no such folder or device, spool in use
)";

std::string trimmed(const std::string& text) {
  constexpr const char* blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// One key a line; empty lines and those that begin with # are skipped.
std::vector<std::string> read_keys(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw UsageError(path + ": cannot be read");
  std::vector<std::string> keys;
  for (std::string line; std::getline(file, line);) {
    line = trimmed(line);
    if (!line.empty() && line[0] != '#') keys.push_back(line);
  }
  if (keys.empty()) throw UsageError(path + ": holds no key");
  return keys;
}

void check_key(const std::string& key) {
  const bool printable = std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < '\x7F'; });
  if (!printable || key.size() > max_key_length) throw UsageError("a key is one word of printable ASCII");
}

// WxH
void parse_size(const std::string& text, SceneOptions& scene) {
  char separator = 0;
  std::istringstream stream(text);
  stream >> scene.width >> separator >> scene.height;
  const auto in_range = [](int edge) { return edge >= min_edge && edge <= max_edge; };
  if (!stream || !stream.eof() || separator != 'x' || !in_range(scene.width) || !in_range(scene.height)) {
    throw UsageError("--size is WIDTHxHEIGHT, each from " + std::to_string(min_edge) + " to " +
                     std::to_string(max_edge) + ", for example 1024x768");
  }
}

// A spool belongs to one camera of one server: what waits for one must never be sent as another's. So the
// default place follows from both.
std::filesystem::path default_spool(const std::string& server, const std::string& key) {
  const std::string identity = server + '\n' + key;
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(identity.data()), identity.size(), hash);
  char name[17];
  for (int i = 0; i < 8; ++i) std::snprintf(name + 2 * i, 3, "%02x", hash[i]);

  const char* state = std::getenv("XDG_STATE_HOME");  // NOLINT(concurrency-mt-unsafe): nothing sets it
  if (state != nullptr && *state != '\0') return std::filesystem::path(state) / "heliograph-cam" / name;
  const char* home = std::getenv("HOME");  // NOLINT(concurrency-mt-unsafe): nothing sets it
  if (home == nullptr || *home == '\0')
    throw UsageError("HOME is not set; say where pictures may wait: --spool DIR");
  return std::filesystem::path(home) / ".local/state/heliograph-cam" / name;
}

std::int64_t milliseconds(double seconds) {
  return std::llround(seconds * 1000);
}
// The command line as it was typed, before it is made sense of.
struct Given {
  Options options;  // what needs no second look
  std::string server;
  std::string key;
  std::string key_file;
  std::string size = "1024x768";
  std::string frames;
  std::vector<std::string> firmware_keys;
  std::string spool;
  std::optional<double> interval_s;
  std::optional<double> patience_s;
  std::optional<double> heartbeat_s;
  double trial_s = 600;
  std::uint64_t spool_mb = default_spool_mb;
  bool scene = false;
  bool once = false;
  bool link = false;
  bool no_link = false;
};

// A year: longer is a slip of the finger.
const CLI::Range seconds_range(0.0, 31'536'000.0);

// The help says the type; a validator's own words ("INT in [1 - 100]") would say it twice.
CLI::Validator untold(CLI::Validator validator) {
  return validator.description("");
}

void offer_server(CLI::App& app, Given& given) {
  constexpr const char* group = "Server";
  app.add_option("--server", given.server, "Its address, https:// or http://")
      ->required()
      ->type_name("URL")
      ->group(group);
  auto* key = app.add_option("--key", given.key, "The camera's key; in the environment ps does not show it")
                  ->envname("HELIOGRAPH_KEY")
                  ->type_name("KEY")
                  ->group(group);
  app.add_option("--key-file", given.key_file, "A file with a key a line, one per camera or one for all")
      ->excludes(key)
      ->type_name("FILE")
      ->group(group);
  app.add_flag("--claim", given.options.claim,
               "Make the key of --key-file if there is none, show a code, and wait until the owner has added "
               "the camera by it")
      ->group(group);
  app.add_option("--sign", given.options.sign_as,
                 "Sign uploads and the link instead of sending the key: for http://. The camera's id")
      ->type_name("ID")
      ->group(group);
  auto* link =
      app.add_flag(
             "--link", given.link,
             "Can be watched live and told what to do at once; the default for cameras that run for ever")
          ->group(group);
  app.add_flag("--no-link", given.no_link, "Uploads only")->excludes(link)->group(group);
  app.add_option("--ca", given.options.ca_file, "Trust only the certificate authorities in this PEM file")
      ->check(untold(CLI::ExistingFile))
      ->type_name("FILE")
      ->group(group);
}

void offer_pictures(CLI::App& app, Given& given) {
  constexpr const char* group = "Pictures";
  SceneOptions& scene = given.options.scene;
  auto* drawn = app.add_flag("--scene", given.scene, "A drawn orchard that lives with the hours; the default")
                    ->group(group);
  auto* folder = app.add_option("--frames", given.frames, "The .jpg files of a folder, by name, as they are")
                     ->check(untold(CLI::ExistingDirectory))
                     ->excludes(drawn)
                     ->type_name("DIR")
                     ->group(group);
  app.add_flag("--loop", given.options.loop, "With --frames: over and over, each time as a new picture")
      ->needs(folder)
      ->group(group);
  app.add_option("--v4l2", given.options.device, "A webcam that gives motion JPEG, such as /dev/video0")
      ->excludes(drawn)
      ->excludes(folder)
      ->type_name("DEVICE")
      ->group(group);
  app.add_option("--size", given.size, "Of the scene or the webcam")
      ->type_name("WxH")
      ->capture_default_str()
      ->group(group);
  app.add_option("--quality", scene.quality, "Of the scene's JPEG, 1 to 100")
      ->check(untold(CLI::Range(1, 100)))
      ->type_name("N")
      ->capture_default_str()
      ->group(group);
  app.add_option("--seed", scene.seed, "Another number is another orchard")
      ->type_name("N")
      ->capture_default_str()
      ->group(group);
  app.add_option("--time-scale", scene.time_scale, "How many times faster the scene's sun goes round")
      ->check(untold(CLI::Range(0.0, 100'000.0)))
      ->type_name("X")
      ->capture_default_str()
      ->group(group);
}

void offer_schedule(CLI::App& app, Given& given) {
  constexpr const char* group = "Schedule";
  app.add_option("--interval", given.interval_s,
                 "Between pictures; 0: as fast as the server takes them. Default 60, with --frames 0")
      ->check(untold(seconds_range))
      ->type_name("SECONDS")
      ->group(group);
  auto* count =
      app.add_option("--count", given.options.count, "Stop after so many pictures per camera, all sent")
          ->check(untold(CLI::Range(std::uint64_t{1}, protocol::max_sequence)))
          ->type_name("N")
          ->group(group);
  app.add_flag("--once", given.once, "The same as --count 1")->excludes(count)->group(group);
  app.add_option(
         "--patience", given.patience_s,
         "With nothing left but to wait: end when the server took nothing for so long. Default: never")
      ->check(untold(seconds_range))
      ->type_name("SECONDS")
      ->group(group);
  app.add_option("--heartbeat", given.heartbeat_s,
                 "Speak so often to the server without a picture, and hear what it wants. Default 30, with "
                 "--frames 0: never")
      ->check(untold(seconds_range))
      ->type_name("SECONDS")
      ->group(group);
  app.add_option(
         "--trial", given.trial_s,
         "Give up new settings, or a new program, when the server cannot be reached with them for so long")
      ->check(untold(seconds_range))
      ->type_name("SECONDS")
      ->capture_default_str()
      ->group(group);
  app.add_option("--cameras", given.options.cameras, "Run so many at once")
      ->check(untold(CLI::Range(1, max_cameras)))
      ->type_name("N")
      ->capture_default_str()
      ->group(group);
}

void offer_updates(CLI::App& app, Given& given) {
  app.add_option("--firmware-key", given.firmware_keys,
                 "Take new programs for " + std::string(program_model()) +
                     " that are signed with this key, which heliograph ota keygen shows; may be given again")
      ->type_name("HEX")
      ->group("Updates");
}

void offer_spool(CLI::App& app, Given& given) {
  constexpr const char* group = "Spool and output";
  app.add_option("--spool", given.spool,
                 "Where pictures wait; default: below ~/.local/state/heliograph-cam, one per server and key")
      ->type_name("DIR")
      ->group(group);
  app.add_option("--spool-limit", given.spool_mb, "Per camera; past it the oldest picture is dropped")
      ->check(untold(CLI::Range(1, 1'000'000)))
      ->type_name("MB")
      ->capture_default_str()
      ->group(group);
  app.add_flag("--json", given.options.json, "One JSON object per event")->group(group);
}

std::vector<std::string> settle_keys(const Given& given, int cameras) {
  std::vector<std::string> keys{trimmed(given.key)};
  if (!given.key_file.empty()) keys = read_keys(given.key_file);
  if (keys.front().empty()) {
    throw UsageError(
        "a camera needs a key: --key, --key-file or HELIOGRAPH_KEY. "
        "`heliograph camera add NAME` makes one");
  }
  std::for_each(keys.begin(), keys.end(), check_key);
  if (keys.size() > 1 && keys.size() < static_cast<std::size_t>(cameras)) {
    throw UsageError(given.key_file + ": has " + std::to_string(keys.size()) + " keys for " +
                     std::to_string(cameras) + " cameras");
  }
  return keys;
}

std::vector<protocol::Ed25519Key> settle_firmware_keys(const std::vector<std::string>& texts) {
  if (texts.size() > max_trusted_keys) {
    throw UsageError("--firmware-key may be given " + std::to_string(max_trusted_keys) + " times");
  }
  std::vector<protocol::Ed25519Key> keys(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!protocol::read_hex(texts[i], keys[i].data(), keys[i].size())) {
      throw UsageError("--firmware-key is 64 hexadecimal digits, as `heliograph ota keygen` shows them");
    }
  }
  return keys;
}

Options settle(Given given) {
  Options options = std::move(given.options);
  options.server = parse_server(given.server);
  if (options.claim && given.key_file.empty())
    throw UsageError("--claim needs --key-file, where the key is kept");
  if (options.claim && !std::filesystem::exists(given.key_file)) make_key_file(given.key_file);
  options.keys = settle_keys(given, options.cameras);
  parse_size(given.size, options.scene);
  if (!options.device.empty()) options.source = SourceKind::webcam;
  if (!given.frames.empty()) options.source = SourceKind::folder;
  options.folder = given.frames;
  if ((options.claim || !options.sign_as.empty()) && options.cameras > 1) {
    throw UsageError("--claim and --sign are for one camera: leave out --cameras");
  }
  if (options.source == SourceKind::webcam && options.cameras > 1) {
    throw UsageError("one webcam is one camera: leave out --cameras");
  }
  const bool import = options.source == SourceKind::folder && !options.loop;
  options.interval_ms = milliseconds(given.interval_s.value_or(import ? 0 : 60));
  options.heartbeat_ms = milliseconds(given.heartbeat_s.value_or(import ? 0 : 30));
  options.trial_ms = milliseconds(given.trial_s);
  if (given.patience_s) options.patience_ms = milliseconds(*given.patience_s);
  if (given.once) options.count = 1;
  options.spool = given.spool.empty() ? default_spool(given.server, options.keys.front())
                                      : std::filesystem::path(given.spool);
  const bool for_ever = !options.count && !import;
  options.firmware_keys = settle_firmware_keys(given.firmware_keys);
  if (options.takes_updates() && (options.cameras > 1 || !for_ever)) {
    throw UsageError(
        "--firmware-key is for one camera that runs for ever: leave out --cameras, --count and --once");
  }
  options.link = given.link || (for_ever && !given.no_link);
  options.max_spool_bytes = given.spool_mb * 1'000'000;
  return options;
}

}  // namespace

std::optional<Options> parse_options(int argc, const char* const* argv) {
  CLI::App app("Sends pictures to a Heliograph server: from a drawn scene, a folder or a webcam.",
               "heliograph-cam");
  app.set_version_flag("--version", std::string(program_version()));
  app.footer(examples);
  app.get_formatter()->column_width(28);
  Given given;
  offer_server(app, given);
  offer_pictures(app, given);
  offer_schedule(app, given);
  offer_updates(app, given);
  offer_spool(app, given);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    app.exit(help_or_version);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    throw UsageError(error.what());
  }
  return settle(std::move(given));
}

}  // namespace heliograph::firmware
