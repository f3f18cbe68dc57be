// heliograph-cam as a person calls it: what it prints, how it ends, what it leaves.
#include "firmware/linux/loopback_server.hpp"
#include "tests/support/temporary_directory.hpp"

#include <chrono>
#include <csignal>
#include <fcntl.h>
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
  Program(const LoopbackServer& server, const std::filesystem::path& spool,
          std::vector<std::string> arguments)
      : output_path_(place_.path() / "output"),
        process_(start(server, spool, std::move(arguments), output_path_)) {}
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
                     std::vector<std::string> arguments, const std::filesystem::path& output_path) {
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
