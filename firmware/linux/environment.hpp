// The environment of a program that this one starts.
#pragma once

#include <string>
#include <vector>

namespace heliograph::firmware {

// This process's own, with `told` ("NAME=value") instead of what had the same names. A copy: this process's
// stays as it is, because another thread may be reading it.
class Environment {
 public:
  explicit Environment(std::vector<std::string> told);
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  // For execve(). Lives as long as this.
  char* const* pointers() const { return pointers_.data(); }

 private:
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};

}  // namespace heliograph::firmware
