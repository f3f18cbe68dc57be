#include "server/cameras/whereabouts.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using namespace std::chrono_literals;

constexpr CameraId camera{1};
constexpr Timestamp noon = from_ms(1'795'348'800'000);

struct Seen {
  const char* address;
  const char* boot;
};

// After which upload, a minute apart, was the key found in two places? 0: never.
int found_at(const std::vector<Seen>& uploads, std::chrono::minutes apart = 1min) {
  Whereabouts whereabouts;
  Timestamp now = noon;
  for (std::size_t i = 0; i < uploads.size(); ++i, now += apart) {
    if (whereabouts.in_two_places(camera, place_of(uploads[i].address, uploads[i].boot), now))
      return static_cast<int>(i) + 1;
  }
  return 0;
}

TEST(Whereabouts, OfTwoBoardsWithOneKeyAreFound) {
  const Seen here{"192.0.2.1", "a"};
  const Seen there{"198.51.100.1", "b"};
  EXPECT_EQ(found_at({here, there, here, there, here, there}), 5);
  EXPECT_EQ(found_at({here, here, there, there, here, here, there, here}), 8);
}

TEST(Whereabouts, OfTwoThatTellNoStartAreFound) {
  const Seen here{"192.0.2.1", ""};
  const Seen there{"2001:db8::1", ""};
  EXPECT_EQ(found_at({here, there, here, there, here}), 5);
}

TEST(Whereabouts, OfOneCameraMayChange) {
  const std::vector<std::vector<Seen>> harmless{
      // Another address with every connection, of the same start.
      {{"192.0.2.1", "a"},
       {"198.51.100.1", "a"},
       {"192.0.2.1", "a"},
       {"198.51.100.1", "a"},
       {"192.0.2.1", "a"},
       {"198.51.100.1", "a"},
       {"192.0.2.1", "a"},
       {"198.51.100.1", "a"}},
      // Starting again and again, at the same place.
      {{"192.0.2.1", "a"},
       {"192.0.2.1", "b"},
       {"192.0.2.1", "a"},
       {"192.0.2.1", "b"},
       {"192.0.2.1", "a"},
       {"192.0.2.1", "b"},
       {"192.0.2.1", "a"},
       {"192.0.2.1", "b"}},
      // Several addresses of one carrier.
      {{"192.0.2.1", ""}, {"192.0.2.77", ""}, {"192.0.2.1", ""}, {"192.0.2.77", ""}, {"192.0.2.1", ""}},
      // Starting anew with another address each time, and never back.
      {{"192.0.2.1", "a"},
       {"198.51.100.1", "b"},
       {"192.0.2.1", "c"},
       {"198.51.100.1", "d"},
       {"192.0.2.1", "e"}},
      // Moved, and moved back.
      {{"192.0.2.1", ""}, {"198.51.100.1", ""}, {"192.0.2.1", ""}, {"192.0.2.1", ""}},
  };
  for (const auto& uploads : harmless) EXPECT_EQ(found_at(uploads), 0) << uploads[0].boot;
}

TEST(Whereabouts, OfLongAgoDoNotCount) {
  const Seen here{"192.0.2.1", ""};
  const Seen there{"198.51.100.1", ""};
  EXPECT_EQ(found_at({here, there, here, there, here, there, here}, 31min), 0);
}

TEST(Whereabouts, AreEachCamerasOwn) {
  Whereabouts whereabouts;
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(whereabouts.in_two_places(CameraId{1}, place_of("192.0.2.1", ""), noon));
    EXPECT_FALSE(whereabouts.in_two_places(CameraId{2}, place_of("198.51.100.1", ""), noon));
  }
}

TEST(Networks, AreWhatOneSubscriberHas) {
  EXPECT_EQ(network_of("192.0.2.1"), network_of("192.0.2.254"));
  EXPECT_NE(network_of("192.0.2.1"), network_of("192.0.3.1"));
  EXPECT_EQ(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::9"));
  EXPECT_NE(network_of("2001:db8:1::1"), network_of("2001:db8:2::1"));
  EXPECT_NE(network_of("gone"), network_of(""));
}

}  // namespace
}  // namespace heliograph::cameras
