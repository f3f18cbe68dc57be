#include "server/catalog/test_support.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Bytes of the orchard that came `id` seconds after noon and that no other id has.
Quarantined refused_bytes(std::int64_t id) {
  return {.id = QuarantineId{id},
          .camera = orchard.id,
          .received_at = noon + std::chrono::seconds(id),
          .reason = "this is no JPEG: it begins with text (\"test × data\")",
          .sender = {},
          .sha256 = hash_of("refused " + std::to_string(id)),
          .size_bytes = 1000 + id,
          .head = {0x00, 0xff, 't'},
          .salvaged = {}};
}

Refusal refusal(const Quarantined& bytes) {
  return {bytes.camera, bytes.received_at, bytes.reason, bytes};
}

class Quarantine : public OnEachEngine {
 protected:
  Quarantine() { add_cameras(catalog_); }

  void put(const Quarantined& bytes) {
    const Refusal one = refusal(bytes);
    EXPECT_EQ(catalog_.add_refusals({&one, 1}).value(), std::vector<bool>{true});
  }
  std::vector<std::int64_t> walk(CameraId camera, int limit) {
    std::vector<std::int64_t> ids;
    std::optional<QuarantineKey> after;
    for (;;) {
      const auto page = catalog_.quarantine(camera, after, limit).value();
      for (const FiledQuarantined& filed : page) ids.push_back(filed.bytes.id.value);
      if (page.empty()) return ids;
      after = QuarantineKey{page.back().bytes.received_at, page.back().bytes.id};
    }
  }

  Catalog catalog_ = connect();
};
HELIOGRAPH_ON_EACH_ENGINE(Quarantine);

TEST_P(Quarantine, GivesBackWhatWasKept) {
  Quarantined full = refused_bytes(1);
  full.sender = SenderName{"boot-1", 7};
  full.salvaged = ImageId{99};
  full.head.assign(max_quarantine_head, 0);
  Quarantined bare = refused_bytes(2);
  bare.head.clear();
  put(full);
  put(bare);
  EXPECT_EQ(catalog_.quarantined(full.id).value(), (FiledQuarantined{full, orchard.folder}));
  EXPECT_EQ(catalog_.quarantined(bare.id).value(), (FiledQuarantined{bare, orchard.folder}));
  EXPECT_EQ(catalog_.quarantined(QuarantineId{3}).error().kind, ErrorKind::not_found);
}

TEST_P(Quarantine, KeepsTheSameBytesOfACameraOnce) {
  put(refused_bytes(1));
  Quarantined again = refused_bytes(2);
  again.sha256 = refused_bytes(1).sha256;
  Quarantined elsewhere = again;
  elsewhere.camera = greenhouse.id;
  elsewhere.id = QuarantineId{3};
  const std::vector refusals{refusal(again), refusal(elsewhere)};
  EXPECT_EQ(catalog_.add_refusals(refusals).value(), (std::vector{false, true}));
  EXPECT_THAT(walk(orchard.id, 10), ElementsAre(1));
  EXPECT_EQ(catalog_.camera_record(orchard.id).value().refusals, 2) << "counted all the same";
}

TEST_P(Quarantine, CountsRefusalsOfWhichNothingIsKept) {
  const Refusal empty{orchard.id, noon, "the picture is empty: no byte arrived", {}};
  EXPECT_EQ(catalog_.add_refusals({&empty, 1}).value(), std::vector<bool>{false});
  const CameraRecord record = catalog_.camera_record(orchard.id).value();
  EXPECT_EQ(record.refusals, 1);
  EXPECT_EQ(record.refused_at, noon);
  EXPECT_EQ(record.refusal, empty.reason);
  EXPECT_EQ(catalog_.camera_record(greenhouse.id).value().refusals, 0);
  EXPECT_THAT(catalog_.whole_quarantine().value(), IsEmpty());
}

TEST_P(Quarantine, AdoptsWithoutCounting) {
  EXPECT_TRUE(catalog_.adopt_quarantined(refused_bytes(1)).value());
  EXPECT_FALSE(catalog_.adopt_quarantined(refused_bytes(1)).value()) << "they are there";
  EXPECT_THAT(walk(orchard.id, 10), ElementsAre(1));
  EXPECT_EQ(catalog_.camera_record(orchard.id).value().refusals, 0);
}

TEST_P(Quarantine, CountsNoRefusalWhereAPictureWasSalvaged) {
  Quarantined bytes = refused_bytes(1);
  bytes.salvaged = ImageId{99};
  put(bytes);
  EXPECT_EQ(catalog_.camera_record(orchard.id).value().refusals, 0);
}

TEST_P(Quarantine, ComesNewestFirstInPages) {
  for (std::int64_t id = 1; id <= 9; ++id) {
    Quarantined bytes = refused_bytes(id);
    if (id >= 4 && id <= 6) bytes.received_at = noon + std::chrono::seconds(4);  // of one moment
    if (id == 8) bytes.camera = greenhouse.id;
    put(bytes);
  }
  for (const int limit : {1, 2, 100}) {
    EXPECT_THAT(walk(orchard.id, limit), ElementsAre(9, 7, 6, 5, 4, 3, 2, 1)) << limit;
    EXPECT_THAT(walk(greenhouse.id, limit), ElementsAre(8)) << limit;
  }
  EXPECT_THAT(walk(CameraId{99}, 10), IsEmpty());
  EXPECT_EQ(catalog_.quarantine(orchard.id, {}, -1).value().size(), 1U);
}

TEST_P(Quarantine, IsWalkedAndClearedOldestFirst) {
  for (const std::int64_t id : {3, 1, 2}) put(refused_bytes(id));
  std::vector<std::int64_t> ids;
  for (const FiledQuarantined& filed : catalog_.whole_quarantine().value())
    ids.push_back(filed.bytes.id.value);
  EXPECT_THAT(ids, ElementsAre(1, 2, 3));
  catalog_.remove_quarantined(std::vector{QuarantineId{1}, QuarantineId{77}, QuarantineId{3}}).value();
  EXPECT_THAT(walk(orchard.id, 10), ElementsAre(2));
}

}  // namespace
}  // namespace heliograph::catalog
