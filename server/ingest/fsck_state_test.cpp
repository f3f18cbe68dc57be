#include "server/ingest/fsck_state.hpp"

#include <gtest/gtest.h>

namespace heliograph::ingest {
namespace {

FsckState some_state() {
  FsckState state;
  state.repair = true;
  state.last = ImageId{77};
  state.checked = {3, 4000, 50'000};
  state.report.images_checked = 4;
  state.report.faults = 2;
  state.report.repaired = 1;
  state.report.findings = {{Fault::file_missing, "images/a is missing", true},
                           {Fault::file_damaged, "images/\xff\"b is changed", false}};
  state.report.thumbnails = {5, 6, 0};
  return state;
}

TEST(FsckState, IsReadAsItWasWritten) {
  EXPECT_EQ(parse_fsck_state(to_text(some_state())), some_state());
  EXPECT_EQ(parse_fsck_state(to_text({})), FsckState{});
}

TEST(FsckState, KnowsEveryFault) {
  FsckState state;
  for (const Fault fault : all_faults) state.report.findings.push_back({fault, "x"});
  EXPECT_EQ(parse_fsck_state(to_text(state)), state);
}

TEST(FsckState, AnyOtherTextIsNone) {
  const std::string good = to_text(some_state());
  const auto with = [&good](std::string_view from, std::string_view to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  for (const std::string& text :
       {std::string(), std::string("{}"), std::string("[]"), good.substr(0, good.size() - 1),
        with("\"version\":1", "\"version\":2"), with("\"last\":77", "\"last\":\"77\""),
        with("\"last\":77,", ""), with("file-missing", "file-mislaid"), std::string(good.size(), '\0')}) {
    EXPECT_FALSE(parse_fsck_state(text)) << text;
  }
}

TEST(FsckState, IsGoneOnWithOnlyOverTheSameRows) {
  const FsckState state = some_state();
  EXPECT_TRUE(may_go_on(state, true, state.checked));
  EXPECT_FALSE(may_go_on(state, false, state.checked))
      << "a run that only looks reports what is repaired here";
  for (const catalog::ImageSum& other : {catalog::ImageSum{2, 4000, 50'000},
                                         catalog::ImageSum{3, 4001, 50'000}, catalog::ImageSum{3, 4000, 1}}) {
    EXPECT_FALSE(may_go_on(state, true, other));
  }
}

}  // namespace
}  // namespace heliograph::ingest
