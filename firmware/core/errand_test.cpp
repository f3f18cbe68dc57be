#include "firmware/core/errand.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

CommandOrder order(std::string_view id, CommandKind kind = CommandKind::unknown) {
  CommandOrder order;
  order.id.append(id);
  order.kind = kind;
  return order;
}

Errand restored(const Errand& errand) {
  Errand after;
  after.restore(errand.to_json().view());
  return after;
}

TEST(Errand, IsReadAsItWasWritten) {
  Errand errand;
  EXPECT_EQ(restored(errand).to_json().view(), errand.to_json().view());
  errand.take(order("a", CommandKind::reboot));
  EXPECT_FALSE(restored(errand).is_told());  // the server tells it again
  errand.begin();
  const Errand begun = restored(errand);
  EXPECT_TRUE(begun.has_begun());
  EXPECT_EQ(begun.order().kind, CommandKind::reboot);
  errand.end(Outcome::rejected, "because", R"({"count":2})");
  const Errand ended = restored(errand);
  EXPECT_EQ(ended.report().view(), errand.report().view());
  EXPECT_EQ(ended.report().view(),
            R"({"command":"a","state":"rejected","reason":"because","result":{"count":2}})");
  errand.reported();
  Errand over = restored(errand);
  over.take(order("a"));
  EXPECT_FALSE(over.is_told());
  over.take(order("b"));
  EXPECT_TRUE(over.is_told());
}

// With the longest of everything that can be in it.
TEST(Errand, HasRoomForTheLongestWords) {
  Errand errand;
  for (const char letter : {'a', 'b'}) {
    CommandOrder longest = order(std::string(36, letter), CommandKind::update_firmware);
    longest.release.append(std::string(36, 'r'));
    errand.take(longest);
    errand.begin();
    errand.end(Outcome::succeeded, std::string(200, 'x'), "{\"" + std::string(188, 'y') + "}");
    EXPECT_FALSE(errand.to_json().truncated());
    EXPECT_FALSE(errand.report().truncated());
    errand.reported();
  }
}

}  // namespace
}  // namespace heliograph::firmware
