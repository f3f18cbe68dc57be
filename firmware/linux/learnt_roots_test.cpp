#include "firmware/linux/learnt_roots.hpp"

#include "firmware/linux/loopback_server.hpp"
#include "firmware/linux/network_stream.hpp"
#include "firmware/linux/posix_clock.hpp"
#include "tests/support/temporary_directory.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

// A server that has moved from one authority to another, and a camera that was given the first.
class LearntRootsTest : public testing::Test {
 protected:
  IoStatus connect(TlsContext& context, const LoopbackServer& server) {
    NetworkStream stream(clock_, context, -1);
    return stream.connect({"localhost", server.port(), true}, clock_.mono_ms() + 5'000);
  }
  static Bytes bytes(const std::string& text) { return {text.data(), text.size()}; }

  TemporaryDirectory place_;
  PosixClock clock_;
  TestCertificate first_;
  TestCertificate second_{"DNS:localhost,IP:127.0.0.1", "another authority"};
  LoopbackServer before_{{}, &first_};
  LoopbackServer after_{{}, &second_};
  TlsContext context_{place_.write("ca.pem", first_.pem).string()};
  const std::filesystem::path file_ = place_.path() / "roots.pem";
};

TEST_F(LearntRootsTest, AreTriedAloneAndKeptBesidesWhatWasGiven) {
  LearntRoots roots(context_, file_);
  EXPECT_EQ(connect(context_, after_), IoStatus::failed);
  ASSERT_TRUE(roots.begin());
  ASSERT_TRUE(roots.append(bytes(second_.pem.substr(0, 100))));
  ASSERT_TRUE(roots.append(bytes(second_.pem.substr(100))));
  EXPECT_EQ(connect(context_, after_), IoStatus::failed) << "nothing is trusted yet";
  ASSERT_TRUE(roots.try_alone());
  EXPECT_EQ(connect(context_, after_), IoStatus::ok);
  EXPECT_EQ(connect(context_, before_), IoStatus::failed) << "what was given counts for no proof";
  ASSERT_TRUE(roots.keep());
  EXPECT_EQ(connect(context_, after_), IoStatus::ok);
  EXPECT_EQ(connect(context_, before_), IoStatus::ok);

  TlsContext restarted(context_);
  EXPECT_EQ(connect(restarted, after_), IoStatus::failed) << "another camera, which was told nothing";
  const LearntRoots again(restarted, file_);
  EXPECT_EQ(connect(restarted, after_), IoStatus::ok);
  EXPECT_EQ(connect(restarted, before_), IoStatus::ok);
}

TEST_F(LearntRootsTest, AreDroppedWithoutATrace) {
  LearntRoots roots(context_, file_);
  roots.begin();
  roots.append(bytes(second_.pem));
  ASSERT_TRUE(roots.try_alone());
  roots.drop();
  EXPECT_EQ(connect(context_, after_), IoStatus::failed);
  EXPECT_EQ(connect(context_, before_), IoStatus::ok);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(LearntRootsTest, WhatIsNoCertificateIsNotTried) {
  place_.write("roots.pem", "power was cut while this was written by another program");
  LearntRoots roots(context_, file_);
  EXPECT_EQ(connect(context_, before_), IoStatus::ok);
  roots.begin();
  roots.append(bytes("<html>a portal's page</html>"));
  EXPECT_FALSE(roots.try_alone());
  EXPECT_EQ(connect(context_, before_), IoStatus::ok);
}

TEST_F(LearntRootsTest, WhatCannotBeWrittenIsNotKept) {
  LearntRoots roots(context_, place_.path() / "no such folder" / "roots.pem");
  roots.begin();
  roots.append(bytes(second_.pem));
  ASSERT_TRUE(roots.try_alone());
  EXPECT_FALSE(roots.keep());
  EXPECT_EQ(connect(context_, after_), IoStatus::failed);
  EXPECT_EQ(connect(context_, before_), IoStatus::ok);
}

}  // namespace
}  // namespace heliograph::firmware
