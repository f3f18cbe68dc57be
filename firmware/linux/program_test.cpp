// heliograph-cam as a person calls it: what it prints, how it ends, what it leaves.
#include "firmware/linux/loopback_server.hpp"
#include "tests/support/temporary_directory.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <set>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using ::testing::HasSubstr;

// A running heliograph-cam whose output goes to a file.
class Program {
 public:
  // `environment`: "NAME=value" besides those of this process.
  Program(const LoopbackServer& server, const std::filesystem::path& spool,
          std::vector<std::string> arguments, std::vector<std::string> environment = {})
      : output_path_(place_.path() / "output"),
        process_(start(server, spool, std::move(arguments), output_path_, std::move(environment))) {}
  ~Program() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    wait();
  }

  void signal(int number) const { ::kill(process_, number); }

  // The exit status; 1000 and more for a signal.
  int wait() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1'000 + WTERMSIG(status);
  }

  std::string output() const { return read_file(output_path_); }

 private:
  static pid_t start(const LoopbackServer& server, const std::filesystem::path& spool,
                     std::vector<std::string> arguments, const std::filesystem::path& output_path,
                     std::vector<std::string> environment) {
    // What is uploaded is what is looked at; tests/test_live.py looks at the link.
    arguments.insert(arguments.begin(),
                     {HELIOGRAPH_CAM, "--server", server.url(), "--spool", spool.string(), "--no-link"});
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    const pid_t process = ::fork();
    if (process < 0) throw std::runtime_error("fork failed");  // kill(-1) would be for everybody
    if (process > 0) return process;
    const int output = ::open(output_path.c_str(), O_WRONLY | O_CREAT, 0600);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): after fork() it has one thread
    for (std::string& variable : environment) ::putenv(variable.data());
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }

  TemporaryDirectory place_;
  const std::filesystem::path output_path_;
  pid_t process_;  // 0 once it was waited for
};

// Waits until it holds, ten seconds at most.
template <class Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 1'000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

struct Setting {
  Setting() {
    folder.write("good.jpg", "\xFF\xD8 good \xFF\xD9");
    folder.write("repeat.jpg", "\xFF\xD8 good \xFF\xD9");
  }
  TemporaryDirectory folder;
  TemporaryDirectory spool;
};

TEST(Program, SendsAFolderAndSaysSo) {
  Setting setting;
  LoopbackServer server;
  Program program(server, setting.spool.path(), {"--key", "k", "--frames", setting.folder.path()});
  EXPECT_EQ(program.wait(), 0);
  EXPECT_THAT(program.output(), HasSubstr("sent      good.jpg"));
  EXPECT_THAT(program.output(), HasSubstr("repeat    repeat.jpg is stored already"));
  EXPECT_THAT(program.output(), HasSubstr("2 sent, 1 of them repeats\n"));
}

TEST(Program, EndsWithOneWhenAPictureWasRefused) {
  Setting setting;
  setting.folder.write("noise.jpg", "noise");
  LoopbackServer server;
  Program program(server, setting.spool.path(), {"--key", "k", "--frames", setting.folder.path()});
  EXPECT_EQ(program.wait(), 1);
  EXPECT_THAT(program.output(),
              HasSubstr("refused   noise.jpg (422): the picture does not start with FF D8"));
  EXPECT_THAT(program.output(), HasSubstr("; 1 refused\n"));
}

TEST(Program, EndsWithTwoWhenItCannotStart) {
  Setting setting;
  LoopbackServer server;
  Program without_key(server, setting.spool.path(), {"--frames", setting.folder.path()});
  EXPECT_EQ(without_key.wait(), 2);
  Program without_device(server, setting.spool.path(), {"--key", "k", "--v4l2", "/dev/video-none"});
  EXPECT_EQ(without_device.wait(), 2);
  EXPECT_THAT(without_device.output(), HasSubstr("/dev/video-none: No such file or directory"));
  Program without_spool(server, "/proc/spool", {"--key", "k", "--once"});
  EXPECT_EQ(without_spool.wait(), 2);
  EXPECT_THAT(without_spool.output(), HasSubstr("failed    /proc/spool"));
}

TEST(Program, SpeaksJson) {
  Setting setting;
  LoopbackServer server;
  Program program(server, setting.spool.path(), {"--key", "k", "--frames", setting.folder.path(), "--json"});
  EXPECT_EQ(program.wait(), 0);
  EXPECT_THAT(program.output(), HasSubstr(R"({"event":"recovered","camera":1,"waiting":0})"));
  EXPECT_THAT(program.output(), HasSubstr(R"("file":"good.jpg")"));
  EXPECT_THAT(program.output(), HasSubstr(R"("id":"06fk2r8m0q3zt","filename":"a.jpg","duplicate":true)"));
  EXPECT_THAT(program.output(),
              HasSubstr(R"({"event":"finished","captured":2,"sent":2,"duplicates":1,"refused":0)"));
}

TEST(Program, RunsSeveralCamerasEachUnderItsOwnName) {
  Setting setting;
  LoopbackServer server;
  Program program(server, setting.spool.path(),
                  {"--key", "k", "--cameras", "3", "--count", "2", "--interval", "0.2", "--size", "64x64"});
  EXPECT_EQ(program.wait(), 0);
  EXPECT_EQ(server.pictures().size(), 6U);
  EXPECT_THAT(program.output(), HasSubstr("camera 3"));
}

TEST(Program, KeepsWhatWaitsWhenItIsStoppedAndSendsItLater) {
  Setting setting;
  std::size_t waiting = 0;
  {
    LoopbackServer away([](const auto&, int) {
      return LoopbackServer::Reply{response("503 Service Unavailable", "", "Retry-After: 600\r\n")};
    });
    Program program(away, setting.spool.path(), {"--key", "k", "--interval", "0.1", "--size", "64x64"});
    const auto records = [&setting] {
      std::size_t count = 0;
      std::error_code not_yet;
      for (std::filesystem::directory_iterator it(setting.spool.path() / "1/waiting", not_yet), end;
           it != end; ++it)
        ++count;
      return count;
    };
    EXPECT_TRUE(eventually([&] { return records() >= 3; }));
    program.signal(SIGTERM);
    EXPECT_EQ(program.wait(), 1);
    waiting = records();
    EXPECT_THAT(program.output(), HasSubstr(std::to_string(waiting) + " left in the spool"));
  }
  LoopbackServer back;
  Program program(back, setting.spool.path(), {"--key", "k", "--once", "--size", "64x64"});
  EXPECT_EQ(program.wait(), 0);
  EXPECT_EQ(back.pictures().size(), waiting + 1);
  std::uint64_t expected = 0;
  const auto requests = back.requests();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (requests[i].header("Heliograph-Boot") != requests[0].header("Heliograph-Boot")) continue;
    EXPECT_EQ(requests[i].header("Heliograph-Sequence"), std::to_string(expected++)) << "oldest first";
  }
}

TEST(Program, LosesNothingWhenItIsKilled) {
  Setting setting;
  LoopbackServer slow([](const auto&, int) { return LoopbackServer::Reply{"", false, 100}; });
  Program program(slow, setting.spool.path(), {"--key", "k", "--interval", "0.1", "--size", "64x64"});
  EXPECT_TRUE(eventually([&] { return !slow.requests().empty(); }));
  program.signal(SIGKILL);
  program.wait();
  const std::string name = slow.requests()[0].header("Heliograph-Boot") + "/0";

  LoopbackServer back;
  Program again(back, setting.spool.path(), {"--key", "k", "--once", "--size", "64x64"});
  EXPECT_EQ(again.wait(), 0);
  EXPECT_EQ(back.pictures().count(name), 1U) << "the picture whose answer never came";
}

// Everything is answered with a reboot: the camera knows that it is the same one.
LoopbackServer::Reply rebooting(const LoopbackServer::Request& request, int) {
  const std::string order = R"("orders":{"command":{"id":"c1","name":"reboot","arguments":{}}}})";
  const bool picture = request.head.starts_with("POST /device/v1/images");
  const std::string receipt = R"({"id":"06fk2r8m0q3zt","filename":"a.jpg",)" + order;
  return {response("200 OK", picture ? receipt : R"({"server_time":1,)" + order)};
}

TEST(Program, RebootsInItsPlaceOnceAndSaysSoOnce) {
  Setting setting;
  LoopbackServer server(rebooting);
  Program program(server, setting.spool.path(), {"--key", "k", "--once", "--size", "64x64"});
  EXPECT_EQ(program.wait(), 0) << program.output();
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3U) << program.output();
  EXPECT_THAT(requests[0].header("Heliograph-Telemetry"), HasSubstr("reset=1"));  // power on
  EXPECT_THAT(requests[1].body, HasSubstr(R"("reports":[{"command":"c1","state":"succeeded"}])"));
  EXPECT_THAT(requests[2].header("Heliograph-Telemetry"), HasSubstr("reset=3"));  // by itself
  EXPECT_NE(requests[0].header("Heliograph-Boot"), requests[2].header("Heliograph-Boot"));
}

TEST(Program, AllItsCamerasBeginAnewWithIt) {
  Setting setting;
  std::set<std::string> boots;
  LoopbackServer server([&boots](const LoopbackServer::Request& request, int number) {
    const bool second = boots.insert(request.header("Heliograph-Boot")).second && boots.size() == 2;
    return second ? rebooting(request, number)
                  : LoopbackServer::Reply{response("200 OK", R"({"server_time":1,"id":"06fk2r8m0q3zt"})")};
  });
  Program program(
      server, setting.spool.path(),
      {"--key", "k", "--cameras", "2", "--interval", "0.05", "--heartbeat", "0", "--size", "64x64"});
  const auto named = [&server] {
    std::set<std::string> names;
    for (const auto& request : server.requests()) names.insert(request.header("Heliograph-Boot"));
    return names.size() - names.count("");  // a heartbeat has it elsewhere
  };
  EXPECT_TRUE(eventually([&named] { return named() == 4; })) << program.output();
  program.signal(SIGTERM);
  EXPECT_LT(program.wait(), 2);
}

#ifdef HELIOGRAPH_FAILING_MALLOC
// "boot/sequence" of the pictures that a program with --json says it has taken.
std::set<std::string> taken_by(const std::string& output) {
  const std::string begins = R"({"event":"captured","camera":1,"boot":")";
  std::set<std::string> names;
  for (std::size_t at = output.find(begins); at != std::string::npos; at = output.find(begins, at + 1)) {
    const std::string line = output.substr(at + begins.size(), output.find('\n', at) - at - begins.size());
    const std::size_t number = line.find(R"("sequence":)") + 11;
    names.insert(line.substr(0, line.find('"')) + "/" + line.substr(number, line.find(',', number) - number));
  }
  return names;
}

// Whichever allocation fails, the camera goes on or ends; what it had kept is sent by the next start.
TEST(Program, LosesNothingWhenAnAllocationFails) {
  Setting setting;
  LoopbackServer server;
  const std::vector<std::string> arguments{"--key",  "k",     "--count",    "2", "--interval", "0.05",
                                           "--size", "64x64", "--patience", "0", "--json"};
  int ended_early = 0;
  std::set<std::string> taken;
  for (int failing = 50; failing < 20'000; failing += failing / 2) {
    Program program(server, setting.spool.path(), arguments,
                    {"LD_PRELOAD=" HELIOGRAPH_FAILING_MALLOC,
                     "HELIOGRAPH_FAILING_ALLOCATION=" + std::to_string(failing)});
    const int status = program.wait();
    ended_early += status != 0;
    taken.merge(taken_by(program.output()));
    EXPECT_TRUE(status < 3 || status == 1'000 + SIGABRT) << failing << ": " << status << program.output();
  }
  EXPECT_GT(ended_early, 0) << "no allocation failed: this proves nothing";
  Program program(server, setting.spool.path(), arguments);
  EXPECT_EQ(program.wait(), 0) << program.output();
  EXPECT_TRUE(std::filesystem::is_empty(setting.spool.path() / "1/waiting"));
  EXPECT_FALSE(taken.empty());
  const auto pictures = server.pictures();
  for (const std::string& name : taken) EXPECT_EQ(pictures.count(name), 1U) << name;
}
#endif

TEST(Program, DoesNotWaitLongForAnAnswerWhenItIsStopped) {
  Setting setting;
  LoopbackServer silent([](const auto&, int) { return LoopbackServer::Reply{}; });
  Program program(silent, setting.spool.path(), {"--key", "k", "--once", "--size", "64x64"});
  EXPECT_TRUE(eventually([&] { return !silent.requests().empty(); }));
  const auto begun = std::chrono::steady_clock::now();
  program.signal(SIGINT);
  program.signal(SIGTERM);  // a second signal does not wait
  EXPECT_EQ(program.wait(), 1);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(3));
}

}  // namespace
}  // namespace heliograph::firmware
