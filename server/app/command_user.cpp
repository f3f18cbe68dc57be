#include "server/accounts/accounts.hpp"
#include "server/accounts/password.hpp"
#include "server/app/command.hpp"
#include "server/http/json.hpp"

#include <array>
#include <cstdio>
#include <iostream>
#include <memory>
#include <termios.h>
#include <unistd.h>

namespace heliograph::app {
namespace {

struct Options {
  std::string name;
  std::string role = "administrator";
};

struct Desk {  // what every verb works with
  const Globals& globals;
  catalog::Catalog& catalog;
  accounts::Tools tools;
};
using Verb = Result<void> (*)(const Desk& desk, const Options& options);

// Typed letters are not shown while one lives.
class HiddenTyping {
 public:
  HiddenTyping() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
  }
  ~HiddenTyping() {
    if (!changed_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::fputs("\n", stderr);
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

Result<std::string> read_line(const char* prompt) {
  std::string line;
  const bool terminal = ::isatty(STDIN_FILENO) != 0;
  if (terminal) std::fputs(prompt, stderr);
  const auto hidden = terminal ? std::make_unique<HiddenTyping>() : nullptr;
  if (!std::getline(std::cin, line)) return Error{ErrorKind::bad_request, "no password came"};
  return line;
}

// Typed twice at a terminal, or one line of standard input. Never an argument: `ps` shows those to everybody.
Result<std::string> read_new_password(std::string_view name) {
  auto password = read_line("New password: ");
  if (!password) return password;
  if (auto good = accounts::check_new_password(*password, name); !good) return good.error();
  if (::isatty(STDIN_FILENO) == 0) return password;
  const auto again = read_line("The same again: ");
  if (!again) return again.error();
  if (*again != *password) return Error{ErrorKind::bad_request, "the two are not the same"};
  return password;
}

Result<catalog::Person> find(const Desk& desk, const Options& options) {
  auto name = accounts::sign_in_name(options.name);
  if (!name) return name.error();
  return catalog::People(desk.catalog).by_name(*name);
}

void say(const Globals& globals, const std::string& sentence, const std::string& name) {
  if (!globals.json) {
    std::printf("%s\n", sentence.c_str());
    return;
  }
  http::JsonWriter json;
  json.object([&] { json.field("name", name); });
  std::printf("%s\n", json.text().c_str());
}

Result<void> add(const Desk& desk, const Options& options) {
  const auto role = catalog::parse_role(options.role);
  if (!role) {
    return Error{ErrorKind::bad_request,
                 "a role is viewer, operator or administrator; not \"" + options.role + '"'};
  }
  const auto name = accounts::sign_in_name(options.name);
  if (!name) return name.error();
  const auto password = read_new_password(*name);
  if (!password) return password.error();
  const auto hash = accounts::hash_password(*password);
  if (!hash) return hash.error();
  const catalog::Grant grant{catalog::every_camera, *role};
  const auto person =
      accounts::add_person(desk.catalog, desk.tools, somebody_here(), *name, *hash, std::span(&grant, 1));
  if (!person) return person.error();
  say(desk.globals, person->name + " may sign in, as " + options.role + " of every camera.", person->name);
  return {};
}

Result<void> set_password(const Desk& desk, const Options& options) {
  const auto person = find(desk, options);
  if (!person) return person.error();
  const auto password = read_new_password(person->name);
  if (!password) return password.error();
  const auto hash = accounts::hash_password(*password);
  if (!hash) return hash.error();
  const SessionId none{};
  if (auto set = catalog::People(desk.catalog).set_password(person->id, *hash, none); !set) return set;
  const auto noted = accounts::note(desk.catalog, desk.tools, somebody_here(), "password-set", person->name);
  if (!noted) return noted;
  say(desk.globals, person->name + " has a new password, and is signed out everywhere.", person->name);
  return {};
}

Result<void> reset_second_factor(const Desk& desk, const Options& options) {
  const auto person = find(desk, options);
  if (!person) return person.error();
  if (auto reset = catalog::SignIns(desk.catalog).set_second_factor(person->id, std::nullopt); !reset)
    return reset;
  const auto noted =
      accounts::note(desk.catalog, desk.tools, somebody_here(), "second-factor-removed", person->name);
  if (!noted) return noted;
  say(desk.globals, person->name + " signs in without a second factor now.", person->name);
  return {};
}

Result<void> remove(const Desk& desk, const Options& options) {
  const auto person = find(desk, options);
  if (!person) return person.error();
  if (auto removed = catalog::People(desk.catalog).remove(person->id); !removed) return removed;
  const auto noted =
      accounts::note(desk.catalog, desk.tools, somebody_here(), "person-removed", person->name);
  if (!noted) return noted;
  say(desk.globals, "Removed " + person->name + ".", person->name);
  return {};
}

std::string rights_of(const catalog::Person& person) {
  std::string text;
  for (const catalog::Grant& grant : person.grants) {
    if (!text.empty()) text += ", ";
    text += catalog::to_string(grant.role);
    text += grant.group == catalog::every_camera ? " of every camera" : " of a group";
  }
  return text.empty() ? "may see nothing yet" : text;
}

Result<void> list(const Desk& desk, const Options&) {
  const auto people = catalog::People(desk.catalog).all();
  if (!people) return people.error();
  if (desk.globals.json) {
    http::JsonWriter json;
    json.object([&] {
      json.key("people").array([&] {
        for (const catalog::Person& person : *people) {
          json.object([&] {
            json.field("id", to_string(person.id));
            json.field("name", person.name);
            json.field("invited", !person.has_password);
            json.field("second_factor", person.has_second_factor);
            json.field("rights", rights_of(person));
          });
        }
      });
    });
    std::printf("%s\n", json.text().c_str());
    return {};
  }
  if (people->empty()) std::printf("There is nobody yet. Add somebody: heliograph user add NAME\n");
  for (const catalog::Person& person : *people) {
    std::printf("%-32s %s%s%s\n", person.name.c_str(), rights_of(person).c_str(),
                person.has_second_factor ? "   second factor" : "", person.has_password ? "" : "   invited");
  }
  return {};
}

Exit run(const Globals& globals, Verb verb, const Options& options) {
  const auto config = load_config(globals);
  if (!config) return fail(globals, config.error());
  std::error_code failed;
  std::filesystem::create_directories(config->data, failed);
  if (failed) return fail(globals, error_from_errno(failed.value(), "make " + config->data.string()));
  auto catalog = catalog::Catalog::open({database_of(*config), catalog::Durability::at_commit, false});
  if (!catalog) return fail(globals, catalog.error());
  const SystemClock clock;
  IdSource ids(clock);
  const auto done = verb({globals, *catalog, {ids, clock}}, options);
  return done ? Exit::ok : fail(globals, done.error());
}

}  // namespace

Command user_command(const Globals& globals) {
  const struct {
    const char* word;
    const char* help;
    Verb verb;
    bool named;
  } verbs[] = {
      {"add", "Add somebody, and set their password", add, true},
      {"list", "List who may sign in, and what they may do", list, false},
      {"set-password", "Set a new password; every session of theirs ends", set_password, true},
      {"reset-second-factor", "Forget a second factor that is lost", reset_second_factor, true},
      {"remove", "Remove somebody, with their sessions and tokens", remove, true},
  };
  Command user{
      .name = "user",
      .help = "Add, list and remove people who sign in, and set their passwords",
      .footer =
          "Works while the server runs; what changes holds at once.\n"
          "A password is asked for, or read as one line from standard input; it is never an argument."};
  for (const auto& entry : verbs) {
    const auto options = std::make_shared<Options>();
    Command& command = user.commands.emplace_back(Command{.name = entry.word, .help = entry.help});
    if (entry.named)
      command.options.push_back({"NAME", &options->name, "What they sign in with", {.required = true}});
    if (entry.verb == add) {
      command.options.push_back(
          {"--role", &options->role, "With every camera: viewer, operator or administrator (default)"});
    }
    command.run = [&globals, options, verb = entry.verb] { return run(globals, verb, *options); };
  }
  return user;
}

}  // namespace heliograph::app
