#include "firmware/linux/options.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <CLI/CLI.hpp>
#include <boost/url.hpp>
#include <openssl/sha.h>

namespace heliograph::firmware {

namespace {

// Each camera is a thread, and a drawn one needs about 25 MB: past a thousand this is the wrong tool.
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

  const char* state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && *state != '\0') return std::filesystem::path(state) / "heliograph-cam" / name;
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home == '\0')
    throw UsageError("HOME is not set; say where pictures may wait: --spool DIR");
  return std::filesystem::path(home) / ".local/state/heliograph-cam" / name;
}

std::int64_t milliseconds(double seconds) {
  return static_cast<std::int64_t>(seconds * 1000 + 0.5);
}

}  // namespace

ServerAddress parse_server(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  const bool web = parsed && (parsed->scheme() == "https" || parsed->scheme() == "http");
  if (!web || parsed->encoded_host().empty()) {
    throw UsageError("--server is an address such as https://photos.example.org or http://192.168.1.10:8080");
  }
  if (parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment()) {
    throw UsageError("--server is an address without user, query (?) or fragment (#)");
  }
  ServerAddress server;
  server.tls = parsed->scheme() == "https";
  server.host = parsed->host_address();
  server.port = server.tls ? 443 : 80;
  if (!parsed->port().empty()) server.port = parsed->port_number();
  const auto path = parsed->encoded_path();
  server.base_path.assign(path.data(), path.size());
  while (!server.base_path.empty() && server.base_path.back() == '/') server.base_path.pop_back();
  if (server.port == 0) throw UsageError("--server has a port that no server can have");
  if (server.host.size() > max_host_length || server.base_path.size() > max_base_path_length) {
    throw UsageError("--server is too long");
  }
  return server;
}

Options parse_options(int argc, const char* const* argv) {
  Options options;
  std::string server;
  std::string key;
  std::string key_file;
  std::string size = "1024x768";
  std::string frames;
  std::string spool;
  bool scene = false;
  bool once = false;
  double interval_s = -1;
  double patience_s = -1;
  std::uint64_t count = 0;
  std::uint64_t spool_mb = default_spool_mb;

  CLI::App app("Sends pictures to a Heliograph server: from a drawn scene, a folder or a webcam.",
               "heliograph-cam");
  app.set_version_flag("--version", HELIOGRAPH_VERSION);
  app.footer(examples);
  app.get_formatter()->column_width(26);
  app.option_defaults()->take_last();

  app.add_option("--server", server, "The server's address, https:// or http://")
      ->required()
      ->group("Server");
  auto* key_option =
      app.add_option("--key", key, "The camera's key; better in the environment, where ps does not show it")
          ->envname("HELIOGRAPH_KEY")
          ->group("Server");
  app.add_option("--key-file", key_file, "A file with one key a line, for camera 1, 2, …; or one key for all")
      ->group("Server");
  app.add_option("--ca", options.ca_file, "Trust only the certificate authorities in this PEM file")
      ->check(CLI::ExistingFile)
      ->group("Server");

  auto* scene_flag =
      app.add_flag("--scene", scene, "A drawn orchard that lives with the hours (this is the default)");
  auto* frames_option = app.add_option("--frames", frames, "The .jpg files of a folder, by name, as they are")
                            ->check(CLI::ExistingDirectory);
  auto* v4l2_option =
      app.add_option("--v4l2", options.device, "A webcam that gives motion JPEG, such as /dev/video0");
  for (auto* option : {static_cast<CLI::Option*>(scene_flag), frames_option, v4l2_option})
    option->group("Pictures");
  scene_flag->excludes(frames_option)->excludes(v4l2_option);
  frames_option->excludes(v4l2_option);
  app.add_flag("--loop", options.loop, "With --frames: over and over, each time as a new picture")
      ->needs(frames_option)
      ->group("Pictures");
  app.add_option("--size", size, "Of the scene or the webcam, WIDTHxHEIGHT")
      ->capture_default_str()
      ->group("Pictures");
  app.add_option("--quality", options.scene.quality, "Of the scene's JPEG")
      ->check(CLI::Range(1, 100))
      ->capture_default_str()
      ->group("Pictures");
  app.add_option("--seed", options.scene.seed, "Another seed is another orchard")
      ->capture_default_str()
      ->group("Pictures");
  app.add_option("--time-scale", options.scene.time_scale, "How many times faster the scene's sun goes round")
      ->check(CLI::Range(0.0, 100'000.0))
      ->capture_default_str()
      ->group("Pictures");

  app.add_option("--interval", interval_s,
                 "Seconds between pictures; 0: as fast as the server takes them. Default 60, with --frames 0")
      ->check(CLI::Range(0.0, 31'536'000.0))
      ->group("Schedule");
  auto* count_option =
      app.add_option("--count", count, "Stop after so many pictures per camera, all of them sent")
          ->check(CLI::Range(std::uint64_t{1}, protocol::max_sequence))
          ->group("Schedule");
  app.add_flag("--once", once, "The same as --count 1")->excludes(count_option)->group("Schedule");
  app.add_option("--patience", patience_s,
                 "With nothing left but to wait: end when the server took nothing for so many seconds. "
                 "Default: never")
      ->check(CLI::Range(0.0, 31'536'000.0))
      ->group("Schedule");
  app.add_option("--cameras", options.cameras, "Run so many cameras at once")
      ->check(CLI::Range(1, max_cameras))
      ->capture_default_str()
      ->group("Schedule");

  app.add_option("--spool", spool,
                 "Where pictures wait; default: ~/.local/state/heliograph-cam, a folder per server and key")
      ->group("Spool and output");
  app.add_option("--spool-limit", spool_mb, "Megabytes per camera; past it the oldest picture is dropped")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str()
      ->group("Spool and output");
  app.add_flag("--json", options.json, "One JSON object per event")->group("Spool and output");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) std::exit(app.exit(error));
    throw UsageError(error.what());
  }

  options.server = parse_server(server);
  if (!key_file.empty() && key_option->count() > 0) throw UsageError("give --key or --key-file, not both");
  options.keys = key_file.empty() ? std::vector<std::string>{trimmed(key)} : read_keys(key_file);
  if (options.keys.front().empty()) {
    throw UsageError(
        "a camera needs a key: --key, --key-file or HELIOGRAPH_KEY. `heliograph camera add NAME` makes one");
  }
  std::for_each(options.keys.begin(), options.keys.end(), check_key);
  if (options.keys.size() > 1 && options.keys.size() < static_cast<std::size_t>(options.cameras)) {
    throw UsageError(key_file + ": has " + std::to_string(options.keys.size()) + " keys for " +
                     std::to_string(options.cameras) + " cameras");
  }
  if (!options.device.empty() && options.cameras > 1)
    throw UsageError("one webcam is one camera: leave out --cameras");
  parse_size(size, options.scene);
  options.folder = frames;
  options.source = !frames.empty()           ? SourceKind::folder
                   : !options.device.empty() ? SourceKind::webcam
                                             : SourceKind::scene;
  const bool import = options.source == SourceKind::folder && !options.loop;
  options.interval_ms = milliseconds(interval_s >= 0 ? interval_s : import ? 0 : 60);
  if (once) count = 1;
  if (count > 0) options.count = count;
  if (patience_s >= 0) options.patience_ms = milliseconds(patience_s);
  options.spool = spool.empty() ? default_spool(server, options.keys.front()) : std::filesystem::path(spool);
  options.max_spool_bytes = spool_mb * 1'000'000;
  return options;
}

}  // namespace heliograph::firmware
