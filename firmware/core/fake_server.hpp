// A server that stores, and the network before it, in the time of a test's clock: what the protocol says of
// pictures, resumable uploads and heartbeats, in as few lines as a camera needs to be told from a bad one.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/stream.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace heliograph::firmware {

class FakeServer final : public Stream {
 public:
  struct Request {
    std::string head;
    std::string body;

    // The value of a header, or "".
    std::string header(const std::string& name) const {
      const std::size_t at = head.find("\r\n" + name + ": ");
      if (at == std::string::npos) return {};
      const std::size_t begin = at + 2 + name.size() + 2;
      return head.substr(begin, head.find("\r\n", begin) - begin);
    }
    bool is(const std::string& method_and_path) const { return head.starts_with(method_and_path); }
  };
  struct Stored {
    std::string name;  // "boot/sequence"
    std::string captured_at;
    std::size_t size = 0;
  };

  explicit FakeServer(Clock& clock) : clock_(clock) {}

  // --- what a test sets ---
  // Why nobody can connect now; empty: one can.
  std::function<std::string()> closed = [] { return std::string(); };
  // From now on the connection that stands leads nowhere, and neither end is told.
  void forget_connection() { half_open_ = true; }
  std::function<std::int64_t()> bytes_per_s = [] { return 0; };  // of the line; 0: as many as there are
  std::int64_t round_trip_ms = 0;                                // before each answer
  std::deque<std::size_t> cuts;  // bytes of connections to come after which they break; none left: never
  std::optional<std::size_t> cuts_answer;  // bytes of the first answer after which its connection breaks
  // An answer in the place of the server's own, to the request of that number from 0; none: its own.
  std::function<std::optional<std::string>(const Request&, int number)> answers_instead;
  // Does the answer to that request get lost, after it was carried out?
  std::function<bool(const Request&, int number)> loses_answer = [](const Request&, int) { return false; };
  std::function<std::string()> orders = [] { return std::string("{}"); };  // of each answer
  std::function<void(const Request&)> heard = [](const Request&) {};       // a heartbeat

  // --- what it has come to ---
  std::vector<Stored> stored;  // in the order in which it came
  int duplicates = 0;
  int requests = 0;
  int connections = 0;
  std::size_t bytes_in = 0;  // of bodies, as far as they came

  IoStatus connect(const Address&, std::int64_t deadline_ms) override {
    close();
    why_ = closed();
    if (why_ == "timeout") {
      clock_.sleep_until(deadline_ms);
      return IoStatus::timeout;
    }
    if (!why_.empty()) return IoStatus::failed;
    open_ = true;
    half_open_ = false;
    ++connections;
    left_ = SIZE_MAX;
    if (!cuts.empty()) {
      left_ = cuts.front();
      cuts.pop_front();
    }
    return IoStatus::ok;
  }

  IoResult read_some(char* out, std::size_t capacity, std::int64_t deadline_ms) override {
    if (!open_ && answer_.empty()) return {IoStatus::closed, 0};
    if (answer_.empty() || half_open_) {
      clock_.sleep_until(deadline_ms);
      return {IoStatus::timeout, 0};
    }
    const std::size_t size = std::min(capacity, answer_.size());
    std::copy_n(answer_.data(), size, out);
    answer_.erase(0, size);
    return {IoStatus::ok, size};
  }

  IoResult write_some(const char* data, std::size_t size, std::int64_t deadline_ms) override {
    if (!open_) return {IoStatus::failed, 0};
    if (half_open_) {
      swallowed_ += size;
      if (swallowed_ < 65'536) return {IoStatus::ok, size};  // as a socket's buffer does
      clock_.sleep_until(deadline_ms);
      return {IoStatus::timeout, 0};
    }
    if (const std::int64_t rate = bytes_per_s(); rate > 0) {
      const std::int64_t free_ms = deadline_ms - clock_.mono_ms();
      if (free_ms <= 0) return {IoStatus::timeout, 0};
      size = std::min(size, static_cast<std::size_t>(std::max<std::int64_t>(free_ms * rate / 1000, 1)));
      clock_.sleep_until(clock_.mono_ms() + static_cast<std::int64_t>(size) * 1000 / rate);
      if (!open_ || half_open_) return {IoStatus::failed, 0};  // while it was under way
    }
    const std::size_t passing = std::min(size, left_);
    left_ -= passing;
    pending_.append(data, passing);
    take();
    if (left_ > 0) return {IoStatus::ok, size};
    break_off();
    return {IoStatus::failed, 0};
  }

  void close() override {
    if (open_) break_off();
  }
  void wake() override {}
  std::string_view error_text() const override { return why_; }

 private:
  struct Upload {
    std::string name;
    std::string captured_at;
    std::size_t have = 0;
    std::size_t size = 0;
  };

  static std::string answer_of(const std::string& status, const std::string& body,
                               const std::string& more = "") {
    const std::string length =
        status.substr(0, 3) == "204" ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return "HTTP/1.1 " + status + "\r\n" + length + more + "\r\n" + body;
  }

  // What came is kept; what did not is lost.
  void break_off() {
    open_ = false;
    swallowed_ = 0;
    answer_.clear();
    const std::string rest = std::exchange(pending_, {});
    const std::size_t head_end = rest.find("\r\n\r\n");
    if (head_end == std::string::npos) return;
    const Request request{rest.substr(0, head_end + 2), rest.substr(head_end + 4)};
    bytes_in += request.body.size();
    if (request.is("POST /device/v1/uploads ") || request.is("PATCH /device/v1/uploads/"))
      take_piece(request);
  }

  void take() {
    const std::size_t head_end = pending_.find("\r\n\r\n");
    if (head_end == std::string::npos) return;
    Request request{pending_.substr(0, head_end + 2), {}};
    const std::string length = request.header("Content-Length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    if (pending_.size() < head_end + 4 + size) return;
    request.body = pending_.substr(head_end + 4, size);
    pending_.erase(0, head_end + 4 + size);
    bytes_in += size;
    if (round_trip_ms > 0) clock_.sleep_until(clock_.mono_ms() + round_trip_ms);
    if (!open_ || half_open_) return;
    const int number = requests++;
    auto instead = answers_instead ? answers_instead(request, number) : std::nullopt;
    answer_ = instead ? std::move(*instead) : answer(request);
    if (loses_answer(request, number)) break_off();
    if (number > 0 || !cuts_answer) return;
    std::string first_bytes = answer_.substr(0, *cuts_answer);
    break_off();
    answer_ = std::move(first_bytes);
  }

  std::string answer(const Request& request) {
    if (request.is("POST /device/v1/images ")) {
      return answer_of("201 Created", receipt(name_of(request), request.header("Heliograph-Captured-At"),
                                              request.body.size()));
    }
    if (request.is("POST /device/v1/heartbeat ")) {
      heard(request);
      return answer_of("200 OK", R"({"server_time":1,"orders":)" + orders() + "}");
    }
    if (request.is("POST /device/v1/uploads ") || request.is("PATCH /device/v1/uploads/")) {
      const std::size_t before = bytes_kept_;
      Upload* upload = take_piece(request);
      if (upload == nullptr) return answer_of("404 Not Found", "{}");
      const bool patched = request.is("PATCH ");
      if (patched && bytes_kept_ == before) return answer_of("409 Conflict", "{}");
      return describe(*upload, patched);
    }
    return answer_of("404 Not Found", "{}");
  }

  static std::string name_of(const Request& request) {
    return request.header("Heliograph-Boot") + "/" + request.header("Heliograph-Sequence");
  }

  std::string receipt(const std::string& name, const std::string& captured_at, std::size_t size) {
    const bool duplicate = !known_.emplace(name, stored.size()).second;
    duplicates += duplicate;
    if (!duplicate) stored.push_back({name, captured_at, size});
    return R"({"id":"06fk2r8m0q3zt","filename":"a.jpg","duplicate":)" +
           std::string(duplicate ? "true" : "false") + R"(,"orders":)" + orders() + "}";
  }

  // Null: there is no such upload. What begins elsewhere than the rest ended changes nothing.
  Upload* take_piece(const Request& request) {
    std::string id;
    std::size_t offset = 0;
    if (request.is("PATCH ")) {
      const std::size_t at = std::string("PATCH /device/v1/uploads/").size();
      id = request.head.substr(at, request.head.find(' ', at) - at);
      offset = std::stoul(request.header("Upload-Offset"));
    } else {
      for (const char c : name_of(request)) id += c == '/' ? '_' : c;
      Upload& upload = uploads_[id];
      upload.name = name_of(request);
      upload.captured_at = request.header("Heliograph-Captured-At");
      upload.size = std::stoul(request.header("Upload-Length"));
    }
    const auto found = uploads_.find(id);
    if (found == uploads_.end()) return nullptr;
    Upload& upload = found->second;
    const bool created = !request.is("PATCH ");  // then what is known is passed over
    if (offset != upload.have && !created) return &upload;
    const std::size_t end = std::max(upload.have, offset + request.body.size());
    bytes_kept_ += end - std::exchange(upload.have, end);
    return &upload;
  }

  std::string describe(Upload& upload, bool patched) {
    const std::string id = std::find_if(uploads_.begin(), uploads_.end(), [&upload](const auto& one) {
                             return &one.second == &upload;
                           })->first;
    std::string more = "Upload-Offset: " + std::to_string(upload.have) + "\r\n";
    if (!patched) more += "Location: /device/v1/uploads/" + id + "\r\n";
    std::string body = R"({"server_time":1})";
    if (upload.have == upload.size) {
      body = receipt(upload.name, upload.captured_at, upload.size);
      more += "Heliograph-Image: 06fk2r8m0q3zt\r\n";
    }
    return answer_of(patched ? "204 No Content" : "201 Created", patched ? "" : body, more);
  }

  Clock& clock_;
  bool open_ = false;
  bool half_open_ = false;
  std::size_t swallowed_ = 0;
  std::size_t left_ = SIZE_MAX;
  std::size_t bytes_kept_ = 0;  // of uploads
  std::string pending_;
  std::string answer_;
  std::string why_;
  std::map<std::string, std::size_t> known_;
  std::map<std::string, Upload> uploads_;
};

}  // namespace heliograph::firmware
