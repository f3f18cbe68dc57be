#include "server/app/https_setup.hpp"

#include "server/app/owner.hpp"
#include "server/app/program.hpp"
#include "server/app/proof_check.hpp"

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace heliograph::app {
namespace {

namespace fs = std::filesystem;

// certbot asks an authority a dozen things, and waits for its visit; by then it has given up itself.
constexpr std::chrono::seconds certbot_patience{600};
// To say its version it loads its plugins.
constexpr std::chrono::seconds version_patience{60};
// Where certbot learns about authorities that the system does not know, one of the owner's own for example.
constexpr const char* trust_variable = "REQUESTS_CA_BUNDLE";

Error wrong(std::string detail) {
  return {ErrorKind::bad_request, std::move(detail)};
}

std::string read_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Result<std::string> find_certbot() {
  const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): nothing sets it
  std::vector<Certbot> found;
  for (const std::string& place : certbot_places(path != nullptr ? path : "")) {
    if (::access(place.c_str(), X_OK) != 0) continue;
    const auto end = run_program({place, "--version"}, version_patience);
    found.push_back({place, end ? parse_certbot_version(end->said) : std::nullopt});
  }
  return choose_certbot(found);
}

// At the end, where a new table may stand; what the owner has written stays as it is.
Result<void> append_to_config(const std::string& file, const std::string& section) {
  const std::string before = read_text(file);
  const std::string added = (before.empty() || before.ends_with('\n') ? "\n" : "\n\n") + section;
  if (const auto parsed = parse_config(before + added, file); !parsed) return parsed.error();
  std::ofstream stream(file, std::ios::binary | std::ios::app);
  stream << added;
  stream.close();
  if (!stream) return error_from_errno(errno, "write " + file);
  return {};
}

// Either the configuration is as it must be, or an error that says what to do.
Result<void> settle_config(const Config& config, const SetupOptions& options, const HttpsFolder& folder) {
  const auto fault = tls_fault(config, folder);
  if (!fault) return {};
  const std::string section = tls_section(folder);
  if (config.tls) return wrong(fmt::format("{}; this is needed:\n\n{}", *fault, section));
  constexpr std::string_view listen =
      "Above it, `listen` says where cameras reach the server: \":443\" as a rule.";
  if (!options.write_config || options.config_file.empty()) {
    return wrong(
        fmt::format("{}. Add this at its end (or let --write-config do it), start the server with it, and "
                    "run this again:\n\n{}\n{}",
                    *fault, section, listen));
  }
  if (auto added = append_to_config(options.config_file, section); !added) return added;
  return wrong(fmt::format("added to {}:\n\n{}\n{} Now start the server anew, and run this again.",
                           options.config_file, section, listen));
}

Result<void> make_folders(const HttpsFolder& folder, const fs::path& webroot) {
  std::error_code failed;
  fs::create_directories(folder.path, failed);
  if (!failed) fs::permissions(folder.path, fs::perms::owner_all, failed);
  if (!failed) fs::create_directories(webroot, failed);
  if (failed) return error_from_errno(failed.value(), "make " + folder.path.string());
  return {};
}

Result<void> obtain(const std::string& certbot, const HttpsFolder& folder, const Owner& owner,
                    const CertificateOrder& order) {
  const auto end = run_program(as_owner(owner, obtain_command(certbot, folder, order)), certbot_patience);
  if (!end) return end.error();
  if (end->status == 0) return {};
  return Error{ErrorKind::internal, fmt::format("certbot got no certificate. It said:\n{}", end->said)};
}

Result<RenewalInstalled> install_renewal(const Renewal& renewal, const fs::path& wanted) {
  RenewalInstalled installed{.user = renewal.user};
  const bool can_start = systemd_runs_here() && ::geteuid() == 0 && wanted.empty();
  if (!can_start && wanted.empty()) {
    // Another minute on every machine.
    installed.cron = cron_line(renewal, static_cast<int>(std::time(nullptr) / 60 % 60));
    return installed;
  }
  installed.units = wanted.empty() ? fs::path(systemd_units) : wanted;
  if (auto written = write_units(installed.units, renewal); !written) return written.error();
  if (can_start) {
    if (auto started = start_timer(); !started) return started.error();
    installed.started = true;
  }
  return installed;
}

}  // namespace

HttpsFolder https_folder(const Config& config) {
  return {fs::absolute(config.data).lexically_normal() / "https"};
}

std::string tls_section(const HttpsFolder& folder) {
  const toml::table section{{"tls", toml::table{{"certificate", folder.certificate().string()},
                                                {"key", folder.key().string()},
                                                {"http", ":80"},
                                                {"acme_webroot", folder.webroot().string()}}}};
  std::ostringstream text;
  text << toml::toml_formatter(section, toml::format_flags::none);
  return text.str() + "\n";
}

std::optional<std::string> tls_fault(const Config& config, const HttpsFolder& folder) {
  if (!config.tls) return "the configuration has no [tls]";
  const auto is = [](const std::string& named, const fs::path& wanted) {
    return fs::absolute(named).lexically_normal() == wanted;
  };
  if (!is(config.tls->certificate, folder.certificate()) || !is(config.tls->key, folder.key())) {
    return "[tls] in the configuration names another certificate or key";
  }
  if (config.acme_webroot.empty()) return "[tls] in the configuration has no `http` and `acme_webroot`";
  return std::nullopt;
}

Result<RenewalInstalled> set_up_https(const Config& config, SetupOptions options) {
  if (auto checked = check_order(options.order); !checked) return checked.error();
  const fs::path data = fs::absolute(config.data).lexically_normal();
  const auto owner = owner_of(data);
  if (!owner) {
    return wrong("there is no data directory " + data.string() +
                 "; name it with --data, or start the server");
  }
  if (auto may = check_may_act_as(*owner, data, ::geteuid()); !may) return may.error();
  const auto certbot = find_certbot();
  if (!certbot) return certbot.error();
  const HttpsFolder folder = https_folder(config);
  if (auto settled = settle_config(config, options, folder); !settled) return settled.error();

  CertificateOrder& order = options.order;
  order.webroot = fs::absolute(config.acme_webroot).lexically_normal();
  {
    const ActingAs somebody(*owner);
    if (auto made = make_folders(folder, order.webroot); !made) return made.error();
    if (auto shown = check_proofs(*config.plain_listen, order.webroot); !shown) return shown.error();
    // One from another authority is replaced also when it is not due: from the staging one, for example.
    const std::string server = server_of(read_text(folder.renewal_settings()));
    order.replace = !server.empty() && server != order.server;
  }
  options.asking();
  if (auto obtained = obtain(*certbot, folder, *owner, order); !obtained) return obtained.error();

  Renewal renewal{renew_command(*certbot, folder), owner->name, {}};
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets it
  if (const char* trust = std::getenv(trust_variable))
    renewal.environment.emplace_back(trust_variable, trust);
  return install_renewal(renewal, options.units);
}

}  // namespace heliograph::app
