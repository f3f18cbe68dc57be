#include "server/app/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using std::chrono::seconds;
using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr seconds patience{20};

TEST(Program, TellsWhatItSaidAndHowItEnded) {
  const struct {
    const char* script;
    ProgramEnd end;
  } rows[] = {
      {"echo one; echo two >&2; echo three", {0, "one\ntwo\nthree\n"}},
      {"exit 3", {3, ""}},
      {"kill -TERM $$", {143, ""}},
      {"cat", {0, ""}},  // nothing to read
  };
  for (const auto& row : rows) {
    const auto end = run_program({"sh", "-c", row.script}, patience);
    ASSERT_TRUE(end) << end.error().detail;
    EXPECT_EQ(*end, row.end) << row.script << ": " << end->said;
  }
}

TEST(Program, KeepsTheEndOfALongTale) {
  const auto end = run_program({"sh", "-c", "seq 20000; echo the end"}, patience);
  ASSERT_TRUE(end);
  EXPECT_EQ(end->said.size(), max_said_bytes);
  EXPECT_THAT(end->said, EndsWith("20000\nthe end\n"));
}

TEST(Program, IsEndedWhenItTakesTooLong) {
  const auto end = run_program({"sh", "-c", "echo begun; exec sleep 600"}, seconds{1});
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().kind, ErrorKind::timeout);
  EXPECT_THAT(end.error().detail, HasSubstr("begun"));
}

TEST(Program, SaysThatThereIsNone) {
  const auto end = run_program({"/nowhere/certbot", "--version"}, patience);
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().kind, ErrorKind::not_found);
  EXPECT_THAT(end.error().detail, HasSubstr("/nowhere/certbot"));
}

}  // namespace
}  // namespace heliograph::app
