#include "server/outbound/outbound.hpp"

#include "server/outbound/curl.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace heliograph::outbound {
namespace {

// What libcurl calls back with, while it runs.
struct Receiver {
  HttpAnswer answer;
  std::size_t room = 0;  // bytes that may still come
  bool too_large = false;

  bool take(std::size_t bytes) {
    too_large = too_large || bytes > room;
    if (!too_large) room -= bytes;
    return !too_large;
  }
};

extern "C" std::size_t heliograph_curl_body(char* bytes, std::size_t one, std::size_t count, void* user) {
  auto& receiver = *static_cast<Receiver*>(user);
  if (!receiver.take(one * count)) return 0;
  receiver.answer.body.append(bytes, one * count);
  return one * count;
}

extern "C" std::size_t heliograph_curl_header(char* bytes, std::size_t one, std::size_t count, void* user) {
  auto& receiver = *static_cast<Receiver*>(user);
  if (!receiver.take(one * count)) return 0;
  std::string_view line(bytes, one * count);
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n' || line.back() == ' ')) {
    line.remove_suffix(1);
  }
  if (line.starts_with("HTTP/")) receiver.answer.headers.clear();  // those before were of a 1xx
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return one * count;
  std::string name(line.substr(0, colon));
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const auto value = line.find_first_not_of(' ', colon + 1);
  receiver.answer.headers.emplace_back(
      std::move(name), value == std::string_view::npos ? std::string() : std::string(line.substr(value)));
  return one * count;
}

// libcurl asks it once a second, and whenever something comes: anything but 0 ends the request.
extern "C" int heliograph_curl_is_stopped(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return *static_cast<const std::atomic<bool>*>(user) ? 1 : 0;
}

bool holds_line_end(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

// One request: what it allocates goes with it.
class Transfer {
 public:
  explicit Transfer(const Curl& curl) : curl_(curl), handle_(curl.init()) {}
  ~Transfer() {
    curl_.cleanup(handle_);
    curl_.free_list(headers_);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  bool is_there() const { return handle_ != nullptr; }

  void ask(const HttpRequest& request, const std::filesystem::path& ca_file) {
    curl_.set(handle_, CURLOPT_URL, request.url.c_str());
    curl_.set(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_.set(handle_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_.set(handle_, CURLOPT_PROXY, "");  // also not the environment's
    curl_.set(handle_, CURLOPT_NOSIGNAL, 1L);
    curl_.set(handle_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_.set(handle_, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_.set(handle_, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_.set(handle_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    // Takes the place of the system's bundle, and not of its directory, which holds the same.
    if (!ca_file.empty()) curl_.set(handle_, CURLOPT_CAINFO, ca_file.c_str());
    curl_.set(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(request.deadline.count()));
    curl_.set(handle_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_deadline.count()));
    for (const auto& [name, value] : request.headers) add(std::string(name).append(": ").append(value));
    if (!request.body.empty()) {
      curl_.set(handle_, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
      curl_.set(handle_, CURLOPT_POSTFIELDS, request.body.data());
      add("Expect:");  // no answer is waited for before the body
    }
    curl_.set(handle_, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_.set(handle_, CURLOPT_HTTPHEADER, headers_);
  }

  CURLcode run(Receiver& receiver, std::atomic<bool>& stopped) {
    curl_.set(handle_, CURLOPT_NOPROGRESS, 0L);
    curl_.set(handle_, CURLOPT_XFERINFOFUNCTION, &heliograph_curl_is_stopped);
    curl_.set(handle_, CURLOPT_XFERINFODATA, &stopped);
    curl_.set(handle_, CURLOPT_WRITEFUNCTION, &heliograph_curl_body);
    curl_.set(handle_, CURLOPT_WRITEDATA, &receiver);
    curl_.set(handle_, CURLOPT_HEADERFUNCTION, &heliograph_curl_header);
    curl_.set(handle_, CURLOPT_HEADERDATA, &receiver);
    curl_.set(handle_, CURLOPT_ERRORBUFFER, why_.data());
    const CURLcode code = curl_.perform(handle_);
    long status = 0;
    curl_.get(handle_, CURLINFO_RESPONSE_CODE, &status);
    receiver.answer.status = static_cast<int>(status);
    return code;
  }

  std::string why(CURLcode code) const { return why_.front() != '\0' ? why_.data() : curl_.error_text(code); }

 private:
  void add(const std::string& line) {
    if (curl_slist* const longer = curl_.append(headers_, line.c_str())) headers_ = longer;
  }

  const Curl& curl_;
  CURL* handle_;
  curl_slist* headers_ = nullptr;
  std::array<char, CURL_ERROR_SIZE> why_{};
};

ErrorKind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return ErrorKind::timeout;
    case CURLE_URL_MALFORMAT:
      return ErrorKind::bad_request;
    default:
      return ErrorKind::unavailable;
  }
}

}  // namespace

HttpClient::HttpClient(std::filesystem::path ca_file) : ca_file_(std::move(ca_file)) {}
HttpClient::~HttpClient() = default;

Result<HttpAnswer> HttpClient::send(const HttpRequest& request) {
  const auto broken = [](const auto& field) {
    return holds_line_end(field.first) || holds_line_end(field.second);
  };
  if (!request.url.starts_with("http://") && !request.url.starts_with("https://")) {
    return Error{ErrorKind::bad_request, "an address to ask begins with https:// or http://"};
  }
  if (std::ranges::any_of(request.headers, broken) || holds_line_end(request.url) ||
      holds_line_end(request.method)) {
    return Error{ErrorKind::bad_request, "a line end in the head of a request"};
  }
  if (!curl_) {
    auto loaded = load_curl();
    if (!loaded) return loaded.error();
    curl_ = std::make_unique<Curl>(*loaded);
  }
  Transfer transfer(*curl_);
  if (!transfer.is_there()) return Error{ErrorKind::unavailable, "libcurl has no memory"};
  transfer.ask(request, ca_file_);
  Receiver receiver{.room = request.max_answer_bytes};
  const CURLcode code = transfer.run(receiver, stopped_);
  if (code == CURLE_OK) return std::move(receiver.answer);
  if (receiver.too_large) {
    return Error{ErrorKind::too_large, request.url + " answers with more than " +
                                           std::to_string(request.max_answer_bytes) + " bytes"};
  }
  return Error{kind_of(code), request.url + ": " + transfer.why(code)};
}

}  // namespace heliograph::outbound
