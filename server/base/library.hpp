// A shared library that is loaded when it is first needed, and not with the program: one that most servers
// never need would cost every one of them its memory, and bring its code into their process.
#pragma once

#include "server/base/error.hpp"

#include <string>

namespace heliograph {

class Library {
 public:
  // `name`: as the system looks libraries up; `package`: what a person installs when it is missing.
  // unavailable, with both. Once loaded it stays in the process: what it leaves behind may be called until
  // the end. Any thread.
  static Result<Library> load(const char* name, const char* package);

  // Sets `into` to the function of this name; what complete() says tells whether it was there.
  template <class Function>
  void find(Function*& into, const char* symbol) {
    into = reinterpret_cast<Function*>(look_up(symbol));
  }
  // unavailable: one of those that were looked for is not there.
  Result<void> complete() const;

 private:
  Library(void* handle, const char* name) : handle_(handle), name_(name) {}
  void* look_up(const char* symbol);

  void* handle_;
  std::string name_;
  std::string missing_;
};

}  // namespace heliograph
