#include "server/app/spare_memory.hpp"

#include <fstream>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

// Of this process, mapped from files and in memory.
long file_pages_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("RssFile:")) return std::stol(line.substr(8));
  return -1;
}

TEST(SpareMemory, PagesThatOnlyTheStartNeededGoAndTheProgramGoesOn) {
  const long before = file_pages_kib();
  give_back_spare_memory();
  const long after = file_pages_kib();
  ASSERT_GT(after, 0);
  EXPECT_LT(after, before * 3 / 4);
  EXPECT_THROW(std::stol("what unwinds is still there"), std::invalid_argument);
}

}  // namespace
}  // namespace heliograph::app
