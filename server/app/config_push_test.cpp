#include "server/app/config_push.hpp"

#include "server/app/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(PushTable, NeedsNothing) {
  const PushConfig push = parse_config("", "f.toml").value().push;
  EXPECT_EQ(push, PushConfig{});
  EXPECT_THAT(push.services, Contains("fcm.googleapis.com"));
  EXPECT_EQ(push.contact, "");
}

TEST(PushTable, IsReadWhole) {
  const PushConfig push =
      parse_config(
          "[push]\ncontact = \"mailto:farm@example.org\"\n"
          "services = [\"127.0.0.1\", \"*.example.org\", \"[::1]\"]\nca_file = \"/dev/null\"\n",
          "f.toml")
          .value()
          .push;
  EXPECT_EQ(push.contact, "mailto:farm@example.org");
  EXPECT_THAT(push.services, ElementsAre("127.0.0.1", "*.example.org", "[::1]"));
  EXPECT_EQ(push.ca_file, "/dev/null");
  EXPECT_THAT(parse_config("[push]\nservices = []\n", "f.toml").value().push.services, IsEmpty());
}

TEST(PushTable, SaysWhatIsWrongAndWhere) {
  struct Case {
    std::string text, why;
  };
  for (const Case& c : {
           Case{"push = 1", "`push` must be a table"},
           Case{"[push]\nservice = []", "did you mean `push.services`"},
           Case{"[push]\ncontact = \"farm@example.org\"",
                "f.toml:2: `push.contact` is where you are reached"},
           Case{"[push]\ncontact = \"mailto:\"", "`push.contact`"},
           Case{"[push]\ncontact = 1", "`contact` must be a text"},
           Case{"[push]\nca_file = \"/nowhere\"", "push.ca_file /nowhere cannot be read"},
           Case{"[push]\nservices = \"fcm.googleapis.com\"", "`push.services` is a list"},
           Case{"[push]\nservices = [1]", "`push.services` is a list"},
           Case{"[push]\nservices = [\"*\"]", "`push.services` is a list"},
           Case{"[push]\nservices = [\"*.\"]", "`push.services` is a list"},
           Case{"[push]\nservices = [\"https://a.org\"]", "`push.services` is a list"},
           Case{"[push]\nservices = [\"Example.org\"]", "`push.services` is a list"},
       }) {
    const auto config = parse_config(c.text, "f.toml");
    ASSERT_FALSE(config) << c.text;
    EXPECT_THAT(config.error().detail, HasSubstr(c.why));
  }
}

}  // namespace
}  // namespace heliograph::app
