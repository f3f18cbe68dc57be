// A short run of uploads on a disk that fails, or loses its power, at each of its operations in turn. After
// every one: what was acknowledged is there, nothing is served wrong, a retry is stored once, and fsck is
// content.
#include "server/ingest/fsck.hpp"
#include "server/ingest/ingest_fixture.hpp"
#include "server/ingest/recovery.hpp"
#include "tests/support/faulty_disk.hpp"

#include <cerrno>
#include <cstdio>
#include <iterator>

#include <gmock/gmock.h>

namespace heliograph::ingest {
namespace {

using fixtures::FaultyDisk;
using fixtures::Survivors;

constexpr Survivors every_kind[] = {Survivors::synced_only, Survivors::all, Survivors::some, Survivors::torn};

class FaultsTest : public IngestFixture {
 protected:
  struct Sent {
    std::optional<catalog::SenderName> name;
    fixtures::Bytes bytes;
    std::optional<Receipt> acknowledged{};
  };

  void SetUp() override {
    IngestFixture::SetUp();
    // Thousands of errors are logged, as they should be; GoogleTest speaks on standard output.
    ASSERT_NE(std::freopen("/dev/null", "w", stderr), nullptr);
    catalog_.reset();
    ASSERT_TRUE(store_->leave_clean_mark());
    store_.reset();
    empty_ = fixtures::read_files(directory_);
    empty_.erase("lock");
    for (std::uint32_t n = 0; n < 4; ++n) {
      std::optional<catalog::SenderName> name;
      if (n % 2 == 0) name = {"boot", n};
      pictures_.push_back({name, fixtures::make_jpeg({.width = 40, .height = 30, .seed = n + 1})});
    }
  }

  // A directory that holds these files and nothing else.
  std::filesystem::path make_directory(const FaultyDisk::Files& files) const {
    const auto place = directory_ / "run";
    std::filesystem::remove_all(place);
    fixtures::write_files(files, place);
    return place;
  }

  // One life of the server: recovery, each picture once, the first one again, a clean end. Whatever fails,
  // fails; the server is then stopped as `heliograph serve` stops it.
  std::vector<Sent> live(const std::filesystem::path& place) {
    auto sent = pictures_;
    auto store = store::ImageStore::open(place);
    if (!store) return sent;
    auto catalog = open_in(place);
    if (!catalog || !recover(**store, *catalog, clock_.now(), log_)) return sent;
    store::SpaceWatch space = watch_space();
    Ingestor ingestor(**store, space, std::move(*catalog), ids_, clock_, log_, [](const auto&) {});
    for (Sent& one : sent) {
      if (const auto receipt = send_as(ingestor, one)) one.acknowledged = *receipt;
    }
    static_cast<void>(send_as(ingestor, sent.front()));
    ingestor.stop();
    if (ingestor.healthy() && (*store)->sync()) static_cast<void>((*store)->leave_clean_mark());
    return sent;
  }

  // As it is after a fault: the server starts, and keeps its word. `what` names the fault.
  void expect_sound(const std::filesystem::path& place, const std::vector<Sent>& sent) {
    auto store = store::ImageStore::open(place).value();
    {
      auto catalog = open_in(place);
      ASSERT_TRUE(catalog) << catalog.error().detail;
      const auto recovered = recover(*store, *catalog, clock_.now(), log_);
      ASSERT_TRUE(recovered) << recovered.error().detail;
      for (const Sent& one : sent) {
        if (one.acknowledged) expect_stored(*store, *catalog, one);
      }
      store::SpaceWatch space = watch_space();
      Ingestor ingestor(*store, space, std::move(*catalog), ids_, clock_, log_, [](const auto&) {});
      for (const Sent& one : sent) {
        const auto again = send_as(ingestor, one);
        ASSERT_TRUE(again) << again.error().detail;
        if (one.acknowledged) {
          EXPECT_TRUE(again->duplicate && again->id == one.acknowledged->id) << "it was stored twice";
        }
      }
    }
    auto catalog = open_in(place).value();
    const auto report = fsck(*store, catalog, ids_, clock_, {});
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_EQ(report->images_checked, static_cast<std::int64_t>(pictures_.size()));
    for (const Finding& finding : report->findings)
      ADD_FAILURE() << to_string(finding.fault) << " " << finding.what;
  }

  static void expect_stored(const store::ImageStore& store, catalog::Catalog& catalog, const Sent& one) {
    const auto row = catalog.image(one.acknowledged->id);
    ASSERT_TRUE(row) << "an acknowledged picture is lost: " << row.error().detail;
    const auto bytes =
        store.read(store::image_key(row->folder, {row->image.captured_at, row->image.id}), max_file_bytes);
    EXPECT_TRUE(bytes && *bytes == one.bytes) << "an acknowledged picture is not what was sent";
  }

  static Result<catalog::Catalog> open_in(const std::filesystem::path& place) {
    return catalog::Catalog::open({(place / "c.sqlite").string(), catalog::Durability::at_sync, true});
  }
  Result<Receipt> send_as(Ingestor& ingestor, const Sent& one) const {
    return send(ingestor, upload(one.name), one.bytes);
  }
  std::size_t operations_of_a_life() {
    const auto place = make_directory(empty_);
    const FaultyDisk disk(place);
    live(place);
    return disk.operations();
  }

  FaultyDisk::Files empty_;  // a catalog with the camera, and the clean mark
  std::vector<Sent> pictures_;
};

TEST_F(FaultsTest, TheDiskOfTheTestSeesEverything) {
  const auto place = make_directory(empty_);
  const FaultyDisk disk(place);
  for (const Sent& one : live(place)) EXPECT_TRUE(one.acknowledged);
  EXPECT_GT(disk.operations(), 30U);
  EXPECT_EQ(disk.survivors(Survivors::all, 0), fixtures::read_files(place));
}

TEST_F(FaultsTest, ACutThatTakesWhatWasSyncedIsNoticed) {
  const auto place = make_directory(empty_);
  std::vector<Sent> sent;
  {
    const FaultyDisk disk(place);
    sent = live(place);
  }
  auto files = fixtures::read_files(place);
  std::erase_if(files, [](const auto& file) { return file.first.ends_with(".jpg"); });
  const auto after = make_directory(files);
  auto catalog = open_in(after).value();
  EXPECT_FALSE(fsck(*store::ImageStore::open(after).value(), catalog, ids_, clock_, {})->findings.empty())
      << "the tests below prove nothing";
}

TEST_F(FaultsTest, PowerCutsAtEveryOperation) {
  const std::size_t operations = operations_of_a_life();
  std::size_t acknowledged = 0;
  for (std::size_t n = 0; n < operations; ++n) {
    const auto place = make_directory(empty_);
    std::vector<Sent> sent;
    std::vector<FaultyDisk::Files> left;
    {
      FaultyDisk disk(place);
      disk.cut_power_at(n);
      sent = live(place);
      for (const Survivors which : every_kind)
        left.push_back(disk.survivors(which, static_cast<std::uint32_t>(n)));
    }
    acknowledged += static_cast<std::size_t>(
        std::ranges::count_if(sent, [](const Sent& one) { return one.acknowledged.has_value(); }));
    for (std::size_t kind = 0; kind < left.size(); ++kind) {
      SCOPED_TRACE("power cut at operation " + std::to_string(n) + ", survivors " + std::to_string(kind));
      expect_sound(make_directory(left[kind]), sent);
    }
  }
  EXPECT_GT(acknowledged, operations) << "hardly anything was acknowledged: this proves nothing";
}

TEST_F(FaultsTest, PowerCutsInRecoveryToo) {
  const std::size_t operations = operations_of_a_life();
  constexpr std::size_t recoverys_operations = 24;  // about as many as a recovery with something to do has
  for (std::size_t n = 0; n < operations; ++n) {
    SCOPED_TRACE("power cut at operation " + std::to_string(n) + " and again");
    const auto seed = static_cast<std::uint32_t>(n);
    auto place = make_directory(empty_);
    std::vector<Sent> sent;
    FaultyDisk::Files left;
    {
      FaultyDisk disk(place);
      disk.cut_power_at(n);
      sent = live(place);
      left = disk.survivors(Survivors::some, seed);
    }
    place = make_directory(left);
    {
      FaultyDisk disk(place);
      disk.cut_power_at(n % recoverys_operations);
      for (const Sent& one : live(place))
        static_cast<void>(one);  // what it is told is kept below, or was known
      left = disk.survivors(n % 2 == 0 ? Survivors::some : Survivors::torn, seed);
    }
    expect_sound(make_directory(left), sent);
  }
}

// The n-th operation fails, or everything from there on does, until the server is started again; the machine
// lives on, or its power is cut on top of it.
class FailuresTest : public FaultsTest, public testing::WithParamInterface<int> {};

TEST_P(FailuresTest, AtEveryOperation) {
  const std::size_t operations = operations_of_a_life();
  for (std::size_t n = 0; n < operations; ++n) {
    for (const bool for_ever : {false, true}) {
      const auto place = make_directory(empty_);
      std::vector<Sent> sent;
      FaultyDisk::Files left;
      {
        FaultyDisk disk(place);
        disk.fail_at(n, GetParam(), for_ever);
        sent = live(place);
        left = disk.survivors(every_kind[n % std::size(every_kind)], static_cast<std::uint32_t>(n));
      }
      const std::string what = "operation " + std::to_string(n) + (for_ever ? " and all later ones" : "");
      {
        SCOPED_TRACE(what + " failed");
        expect_sound(place, sent);
      }
      SCOPED_TRACE(what + " failed, then the power; survivors " + std::to_string(n % std::size(every_kind)));
      expect_sound(make_directory(left), sent);
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Disk, FailuresTest, testing::Values(EIO, ENOSPC),
                         [](const auto& error) { return error.param == EIO ? "EIO" : "ENOSPC"; });

}  // namespace
}  // namespace heliograph::ingest
