// A server that says anything at all: the camera neither breaks nor sends more than it has credits for, and
// what it does send is well-formed.
#include "firmware/core/link_client.hpp"
#include "firmware/core/platform/fake_crypto.hpp"
#include "firmware/core/platform/fake_frame_source.hpp"
#include "firmware/core/platform/fake_lock.hpp"
#include "firmware/core/platform/fake_random.hpp"
#include "firmware/core/platform/fake_stream.hpp"

#include <array>
#include <cstdlib>

namespace {

using namespace heliograph;
using namespace heliograph::firmware;

class NoLog final : public Log {
 public:
  void record(const Event&) override {}
};

void check_what_was_sent(std::string bytes) {
  const std::size_t head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string::npos) return;
  bytes.erase(0, head_end + 4);
  protocol::SocketReader reader(/*from_client=*/true);
  auto* data = reinterpret_cast<std::uint8_t*>(bytes.data());
  for (std::size_t size = bytes.size();;) {
    std::size_t used = 0;
    const auto event = reader.take(data, size, used);
    data += used;
    size -= used;
    if (event.kind == protocol::SocketReader::Kind::broken) std::abort();
    if (event.kind == protocol::SocketReader::Kind::nothing) return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  FakeClock clock;
  FakeRandom random;
  FakeStream stream(clock);
  FakeFrameSource source;
  NoLog log;
  static std::array<std::uint8_t, 4096> slab;
  FakeConnection connection;
  std::string said = (data[0] & 1) != 0 ? "" : "HTTP/1.1 101 x\r\n\r\n";
  said.append(reinterpret_cast<const char*>(data + 2), size - 2);
  connection.replies.push_back({1, said});
  connection.piece = data[1] == 0 ? SIZE_MAX : data[1];
  stream.script = {connection, connection};
  FakeCrypto crypto;
  FakeLock lock;
  LinkMail mail(clock, stream, lock);
  LinkClient client({clock, random, stream, source, log, crypto, mail},
                    {"h", 80, false, "", "k", (data[0] & 2) != 0 ? "1m81wctr5b8y7" : ""},
                    {slab.data(), slab.size()});
  for (int i = 0; i < 300; ++i) {
    client.act();
    // The agent's half: it takes what came, and says something when it is called.
    const LinkMail::News news = mail.take();
    if (news.called || news.changed) mail.say(R"({"boot":"b"})");
    if (news.answered && news.answer.size() > max_link_answer) std::abort();
  }
  for (const std::string& sent : stream.received) check_what_was_sent(sent);
  return 0;
}
