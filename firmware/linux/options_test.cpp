#include "firmware/linux/options.hpp"

#include "tests/support/temporary_directory.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A variable of the environment, for as long as this lives; null: there is none.
struct Variable {
  // NOLINTBEGIN(concurrency-mt-unsafe): these tests start no threads
  Variable(const char* name, const char* value) : name(name) {
    value != nullptr ? ::setenv(name, value, 1) : ::unsetenv(name);
  }
  ~Variable() { ::unsetenv(name); }
  // NOLINTEND(concurrency-mt-unsafe)
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

  const char* const name;
};

Options parse(std::vector<const char*> arguments) {
  const Variable no_key("HELIOGRAPH_KEY", nullptr);
  arguments.insert(arguments.begin(), {"heliograph-cam", "--server", "https://photos.example.org"});
  return parse_options(static_cast<int>(arguments.size()), arguments.data()).value();
}

std::string complaint(std::vector<const char*> arguments) {
  try {
    parse(std::move(arguments));
  } catch (const UsageError& error) {
    return error.what();
  }
  return "none";
}

TEST(Options, AreSensibleByDefault) {
  const Options options = parse({"--key", "k"});
  EXPECT_EQ(options.source, SourceKind::scene);
  EXPECT_EQ(options.interval_ms, 60'000);
  EXPECT_EQ(options.scene.width, 1024);
  EXPECT_EQ(options.cameras, 1);
  EXPECT_FALSE(options.count);
  EXPECT_FALSE(options.patience_ms);
}

TEST(Options, LinkWhatRunsForEver) {
  TemporaryDirectory folder;
  const std::string path = folder.path().string();
  EXPECT_TRUE(parse({"--key", "k"}).link);
  EXPECT_TRUE(parse({"--key", "k", "--frames", path.c_str(), "--loop"}).link);
  EXPECT_FALSE(parse({"--key", "k", "--frames", path.c_str()}).link);
  EXPECT_FALSE(parse({"--key", "k", "--once"}).link);
  EXPECT_TRUE(parse({"--key", "k", "--sign", "1m81wctr5b8y7"}).link);
  EXPECT_FALSE(parse({"--key", "k", "--no-link"}).link);
  EXPECT_TRUE(parse({"--key", "k", "--once", "--link"}).link);
}

TEST(Options, SendAFolderAsFastAsItIsTaken) {
  TemporaryDirectory folder;
  const std::string path = folder.path().string();
  EXPECT_EQ(parse({"--key", "k", "--frames", path.c_str()}).interval_ms, 0);
  EXPECT_EQ(parse({"--key", "k", "--frames", path.c_str(), "--loop"}).interval_ms, 60'000);
  EXPECT_EQ(parse({"--key", "k", "--frames", path.c_str(), "--interval", "2.5"}).interval_ms, 2'500);
}

TEST(Options, TakeAddressesApart) {
  const struct {
    const char* url;
    bool tls;
    const char* host;
    int port;
    const char* base_path;
  } table[] = {
      {"https://photos.example.org", true, "photos.example.org", 443, ""},
      {"http://photos.example.org/", false, "photos.example.org", 80, ""},
      {"http://192.168.1.10:8080", false, "192.168.1.10", 8080, ""},
      {"https://[2001:db8::1]:8443/cameras/", true, "2001:db8::1", 8443, "/cameras"},
  };
  for (const auto& row : table) {
    const ServerAddress server = parse_server(row.url);
    EXPECT_EQ(server.tls, row.tls) << row.url;
    EXPECT_EQ(server.host, row.host) << row.url;
    EXPECT_EQ(server.port, row.port) << row.url;
    EXPECT_EQ(server.base_path, row.base_path) << row.url;
  }
}

TEST(Options, RefuseWhatIsNoAddressOfAServer) {
  for (const char* url :
       {"", "photos.example.org", "ftp://photos.example.org", "https://", "https://a b", "https://a:0",
        "https://a:70000", "https://user@a", "https://a?b", "https://a#b", "https://a\r\nHost: b"}) {
    EXPECT_THROW(parse_server(url), UsageError) << url;
  }
}

TEST(Options, FindKeysWhereverTheyAre) {
  EXPECT_THAT(parse({"--key", "k"}).keys, ElementsAre("k"));
  TemporaryDirectory place;
  const std::string path = place.write("keys", "# two cameras\nfirst\r\n\n  second  \n").string();
  const Options options = parse({"--key-file", path.c_str(), "--cameras", "2"});
  EXPECT_EQ(options.key_of(0), "first");
  EXPECT_EQ(options.key_of(1), "second");

  const Variable key("HELIOGRAPH_KEY", "from-the-environment");
  const char* arguments[] = {"heliograph-cam", "--server", "http://localhost"};
  EXPECT_THAT(parse_options(3, arguments)->keys, ElementsAre("from-the-environment"));
}

TEST(Options, GiveEachServerAndKeyASpoolOfItsOwn) {
  const Variable state("XDG_STATE_HOME", "/state");
  const auto one = parse({"--key", "one"}).spool;
  EXPECT_EQ(one, parse({"--key", "one"}).spool);
  EXPECT_NE(one, parse({"--key", "two"}).spool);
  EXPECT_EQ(one.parent_path(), "/state/heliograph-cam");
  EXPECT_EQ(parse({"--key", "k", "--spool", "/here"}).spool, "/here");
}

TEST(Options, SayWhatIsWrong) {
  EXPECT_THAT(complaint({}), HasSubstr("a camera needs a key"));
  EXPECT_THAT(complaint({"--key", "two words"}), HasSubstr("one word"));
  EXPECT_THAT(complaint({"--key", "k", "--bogus"}), HasSubstr("--bogus"));
  EXPECT_THAT(complaint({"--key", "k", "--size", "1024"}), HasSubstr("WIDTHxHEIGHT"));
  EXPECT_THAT(complaint({"--key", "k", "--size", "10x10"}), HasSubstr("WIDTHxHEIGHT"));
  EXPECT_THAT(complaint({"--key", "k", "--size", "640x480x"}), HasSubstr("WIDTHxHEIGHT"));
  EXPECT_THAT(complaint({"--key", "k", "--interval", "-1"}), HasSubstr("--interval"));
  EXPECT_THAT(complaint({"--key", "k", "--frames", "/none"}), HasSubstr("--frames"));
  EXPECT_THAT(complaint({"--key", "k", "--loop"}), HasSubstr("--frames"));
  EXPECT_THAT(complaint({"--key", "k", "--v4l2", "/dev/video0", "--cameras", "2"}), HasSubstr("one webcam"));
  EXPECT_THAT(complaint({"--key-file", "/none"}), HasSubstr("cannot be read"));
  TemporaryDirectory place;
  const std::string two = place.write("keys", "one\ntwo\n").string();
  EXPECT_THAT(complaint({"--key-file", two.c_str(), "--cameras", "3"}), HasSubstr("2 keys for 3 cameras"));
  EXPECT_THAT(complaint({"--key-file", two.c_str(), "--key", "k"}), HasSubstr("excludes"));
}

TEST(Options, TakeUpdatesOfKeysThatAreNamed) {
  const std::string key(64, 'a');
  const std::string other = std::string(62, 'a') + "0f";
  EXPECT_FALSE(parse({"--key", "k"}).takes_updates());
  const Options options =
      parse({"--key", "k", "--firmware-key", key.c_str(), "--firmware-key", other.c_str(), "--spool", "/s"});
  ASSERT_EQ(options.firmware_keys.size(), 2U);
  EXPECT_EQ(options.firmware_keys[0][31], 0xaa);
  EXPECT_EQ(options.firmware_keys[1][31], 0x0f);
  EXPECT_EQ(options.slots(), "/s/firmware");
  for (const char* bad : {"", "aa", "not hexadecimal"}) {
    EXPECT_THAT(complaint({"--key", "k", "--firmware-key", bad}), HasSubstr("64 hexadecimal digits")) << bad;
  }
  const std::vector<std::vector<const char*>> not_beside{{"--cameras", "2"}, {"--once"}};
  for (const auto& more : not_beside) {
    std::vector<const char*> arguments{"--key", "k", "--firmware-key", key.c_str()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    EXPECT_THAT(complaint(arguments), HasSubstr("one camera that runs for ever")) << more.front();
  }
}

}  // namespace
}  // namespace heliograph::firmware
