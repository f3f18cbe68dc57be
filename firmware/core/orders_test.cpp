#include "firmware/core/orders.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(ReadOrders, TakesACommand) {
  const Orders orders = read_orders(R"({"id":"x","orders":{"new":[1],"command":{"id":"c1","name":"burst",)"
                                    R"("arguments":{"count":3,"interval_ms":200},)"
                                    R"("expires_in_ms":60000}}})");
  ASSERT_TRUE(orders.command);
  EXPECT_EQ(orders.command->id.view(), "c1");
  EXPECT_EQ(orders.command->kind, CommandKind::burst);
  EXPECT_EQ(orders.command->count, 3);
  EXPECT_EQ(orders.command->interval_ms, 200);
  EXPECT_FALSE(orders.settings);
}

TEST(ReadOrders, ALogHasAsManyLinesAsAreAskedFor) {
  const auto lines = [](const std::string& arguments) {
    return read_orders(R"({"orders":{"command":{"id":"c","name":"send-log","arguments":)" + arguments + "}}}")
        .command->lines;
  };
  EXPECT_EQ(lines("{}"), max_log_lines);
  EXPECT_EQ(lines(R"({"lines":3})"), 3);
  EXPECT_EQ(lines(R"({"lines":0})"), 1);
  EXPECT_EQ(lines(R"({"lines":100000})"), max_log_lines);
}

TEST(ReadOrders, KeepsAHostileServerWithinLimits) {
  const auto command = [](const std::string& text) {
    return read_orders(R"({"orders":{"command":)" + text + "}}").command;
  };
  EXPECT_EQ(command(R"({"id":"c","name":"burst","arguments":{"count":99999999}})")->count, max_burst);
  EXPECT_EQ(command(R"({"id":"c","name":"burst","arguments":{"count":-5}})")->count, 1);
  EXPECT_EQ(
      command(R"({"id":"c","name":"burst","arguments":{"interval_ms":99999999999999999999}})")->interval_ms,
      0);
  EXPECT_EQ(command(R"({"id":"c","name":"capture","arguments":{"count":9}})")->count, 1);
  EXPECT_EQ(command(R"({"id":"c","name":"explode"})")->kind, CommandKind::unknown);
  EXPECT_EQ(command(R"({"id":"c","name":7})")->kind, CommandKind::unknown);
  for (const std::string& text :
       {std::string("7"), std::string("{}"), std::string(R"({"id":"","name":"capture"})"),
        std::string(R"({"id":"a b","name":"capture"})"), R"({"id":")" + std::string(37, 'x') + R"("})"}) {
    EXPECT_FALSE(command(text)) << text;
  }
}

TEST(ReadOrders, OfWhatIsCutOffAreNone) {
  const std::string whole =
      R"({"orders":{"command":{"id":"c1","name":"reboot"},"settings":{"version":1,"values":{}}}})";
  for (std::size_t length = 0; length + 2 < whole.size(); ++length) {
    EXPECT_FALSE(read_orders(std::string_view(whole).substr(0, length)).command) << length;
  }
  EXPECT_TRUE(read_orders(whole).command);
  EXPECT_EQ(read_orders(whole).settings->version, 1);
}

TEST(ReadOrders, AReleaseThatDoesNotFitIntoAPathIsNone) {
  const auto release_of = [](const std::string& release) {
    const Orders orders = read_orders(R"({"orders":{"command":{"id":"u","name":"update-firmware",)"
                                      R"("arguments":{"release":")" +
                                      release + R"("}}}})");
    EXPECT_TRUE(orders.command && orders.command->kind == CommandKind::update_firmware);
    return orders.command ? std::string(orders.command->release.view()) : "";
  };
  EXPECT_EQ(release_of("1m81wctr5b8y7"), "1m81wctr5b8y7");
  for (const char* bad : {"", "../etc", "a b", "a\\r\\nHost: x", "a?b"})
    EXPECT_EQ(release_of(bad), "") << bad;
  EXPECT_EQ(release_of(std::string(37, 'r')), "");
}

}  // namespace
}  // namespace heliograph::firmware
