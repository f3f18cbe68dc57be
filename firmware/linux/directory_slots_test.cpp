#include "firmware/linux/directory_slots.hpp"

#include "protocol/manifest_vector.hpp"
#include "tests/support/temporary_directory.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

Bytes bytes_of(std::string_view text) {
  return {text.data(), text.size()};
}

TEST(DirectorySlots, AnImageGrowsInTheOtherSlotOverRestarts) {
  const TemporaryDirectory place;
  DirectorySlots first(place.path(), Slot::installed);
  EXPECT_TRUE(first.other_manifest().empty());
  EXPECT_EQ(first.other_size(), 0U);
  ASSERT_TRUE(first.begin(protocol::vector_manifest));
  ASSERT_TRUE(first.append(bytes_of(protocol::vector_image.substr(0, 10))));
  DirectorySlots second(place.path(), Slot::installed);
  EXPECT_EQ(second.other_manifest().view(), protocol::vector_manifest);
  EXPECT_EQ(second.other_size(), 10U);
  ASSERT_TRUE(second.append(bytes_of(protocol::vector_image.substr(10))));
  protocol::Manifest manifest;
  ASSERT_TRUE(protocol::read_manifest(protocol::vector_manifest, manifest));
  EXPECT_EQ(second.other_digest(), manifest.sha256);
  ASSERT_TRUE(second.begin("another"));
  EXPECT_EQ(second.other_size(), 0U);
  EXPECT_FALSE(second.other_digest());
}

TEST(DirectorySlots, ATrialIsConfirmedByWhatIsOnTrial) {
  const TemporaryDirectory place;
  DirectorySlots before(place.path(), Slot::installed);
  EXPECT_FALSE(before.facts().on_trial);
  ASSERT_TRUE(before.try_other());
  EXPECT_FALSE(before.facts().on_trial);
  EXPECT_TRUE(before.confirm(7));  // it is proven already, and says nothing of the other
  EXPECT_EQ(before.record().trial, Slot::a);

  DirectorySlots now(place.path(), Slot::a);
  EXPECT_TRUE(now.facts().on_trial);
  ASSERT_TRUE(now.confirm(7));
  EXPECT_EQ(now.record().active, Slot::a);
  EXPECT_EQ(now.facts().outcome, TrialOutcome::confirmed);
  EXPECT_EQ(now.facts().security, 7U);
  ASSERT_TRUE(now.confirm(3));  // again is harmless, and takes nothing back
  EXPECT_EQ(now.facts().security, 7U);
  ASSERT_TRUE(now.acknowledge());
  EXPECT_EQ(now.facts().outcome, TrialOutcome::none);

  ASSERT_TRUE(now.try_other());
  DirectorySlots next(place.path(), Slot::b);
  ASSERT_TRUE(next.give_up("no server"));
  EXPECT_EQ(now.record().active, Slot::a);
  EXPECT_EQ(now.facts().reason.view(), "no server");
}

TEST(DirectorySlots, ARecordThatIsNoneIsThatOfANewCamera) {
  const TemporaryDirectory place;
  place.write("BOOT.TXT", "active z\n");
  DirectorySlots slots(place.path(), Slot::installed);
  EXPECT_EQ(slots.record(), BootRecord{});
}

TEST(DirectorySlots, WhatCannotBeWrittenIsSaid) {
  const TemporaryDirectory place;
  DirectorySlots slots(place.path(), Slot::installed);
  std::filesystem::remove_all(place.path() / "a");
  EXPECT_FALSE(slots.begin(protocol::vector_manifest));
  EXPECT_EQ(slots.error_text(), "a: No such file or directory");
}

}  // namespace
}  // namespace heliograph::firmware
