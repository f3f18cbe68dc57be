// The command line as data: which commands there are, what may stand behind each, and what it does. Only
// command_line.cpp knows the library that reads it, of which each source that does compiles a megabyte.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace heliograph::app {

// What a command returns becomes the process's exit status.
enum class Exit { ok = 0, found_faults = 1, failed = 2 };

// Options that stand before the command and hold for all of them.
struct Globals {
  std::string config_file;
  std::string data;  // empty: what the configuration says
  bool json = false;
};

// Where goes what is typed; what stands there before is the default. A bool takes no value: it is set.
using Place = std::variant<bool*, std::string*, std::vector<std::string>*, std::filesystem::path*,
                           std::int64_t*, std::uint32_t*>;

struct OptionRules {
  bool required = false;
  bool shows_default = false;
  bool hidden = false;
  std::string excludes = {};  // one that stands before it in the list, and may not be typed beside it
};

struct Option {
  std::string name;  // "--role"; of a word that stands by itself, what it is: "NAME"
  Place into;        // outlives the reading: what `run` of its command keeps
  std::string help;
  OptionRules rules = {};
};

struct Command {
  std::string name;
  std::string help;
  std::string footer = {};
  std::vector<Option> options = {};
  std::vector<Command> commands = {};  // below it; if there are any, one of them has to be typed
  std::function<Exit()> run = {};      // of one without others below it
};

// Fills in `globals` and what the options of the chosen command point to, and runs it. Says on standard error
// what was mistyped, and on standard output what --help and --version ask for. Throws what the command
// throws.
Exit run_command_line(int argc, const char* const* argv, Globals& globals, std::span<const Command> commands);

}  // namespace heliograph::app
