#include "firmware/core/resumable_upload.hpp"

#include <algorithm>

namespace heliograph::firmware {
namespace {

// The last part of the address, whatever a proxy has made of the rest.
std::string_view id_in(std::string_view location) {
  const std::string_view id = location.substr(location.rfind('/') + 1);
  return protocol::boot_id_valid(id) ? id : std::string_view();  // it goes into a path
}

}  // namespace

void ResumableUpload::begin(std::string_view boot, std::uint64_t sequence, std::size_t size) {
  progressed_ = false;
  if (boot_.view() == boot && sequence_ == sequence && size_ == size) return;
  *this = ResumableUpload();
  boot_.append(boot);
  sequence_ = sequence;
  size_ = size;
}

ResumableUpload::Step ResumableUpload::next() const {
  if (asks_) return {true, 0, 0};
  return {id_.empty(), offset_, std::min(upload_piece, size_ - offset_)};
}

void ResumableUpload::write_head(const Server& server, const DescribedPicture& picture,
                                 std::string_view authorization, RequestHead& head) const {
  const Step step = next();
  Text<protocol::uploads_path.size() + 1 + Id::max_size> path(protocol::uploads_path);
  if (!step.creates) path.append("/").append(id_.view());
  head.clear();
  write_request_line(step.creates ? "POST" : "PATCH", server, path.view(), head);
  head.append("\r\nAuthorization: ").append(authorization);
  head.append("\r\nTus-Resumable: 1.0.0");
  if (step.creates) {
    head.append("\r\nUpload-Length: ").append_number(size_);
    picture.append_headers(head);
  } else {
    head.append("\r\nUpload-Offset: ").append_number(step.offset);
  }
  if (step.size > 0) head.append("\r\nContent-Type: application/offset+octet-stream");
  head.append("\r\nContent-Length: ").append_number(step.size).append("\r\n\r\n");
}

std::optional<Answer> ResumableUpload::took(ExchangeStatus status, const HttpResponse& response,
                                            std::string_view network_error) {
  const bool patched = !next().creates;
  const bool advanced = status == ExchangeStatus::answered && response.status() == (patched ? 204 : 201);
  if (advanced && response.upload().image_id.empty()) return go_on(response);
  Answer answer = judge(status, response, network_error);
  if (advanced) {  // a 204 has no receipt
    answer.verdict = Verdict::stored;
    answer.reason.clear();
    answer.image_id = response.upload().image_id;
    return answer;
  }
  // It is not the picture that is wrong, but what is known of its upload.
  const bool lost_track = patched && (answer.status == 404 || answer.status == 409);
  if (lost_track) answer.verdict = Verdict::try_again;
  return broken_off(answer);
}

std::optional<Answer> ResumableUpload::go_on(const HttpResponse& response) {
  const UploadNews& news = response.upload();
  const Step step = next();
  const std::string_view id = step.creates ? id_in(news.location.view()) : id_.view();
  Answer answer;
  answer.status = response.status();
  if (!news.offset || *news.offset >= size_ || id.empty()) {
    answer.verdict = Verdict::needs_owner;
    answer.reason.append("whatever answers at this address knows no resumable uploads");
    return broken_off(answer);
  }
  const auto offset = static_cast<std::size_t>(*news.offset);
  progressed_ = progressed_ || offset > offset_;
  if (step.creates) id_ = Id(id);
  offset_ = offset;
  if (offset < step.offset + step.size) {
    answer.reason.append("the server did not take all of a piece");
    return broken_off(answer);
  }
  asks_ = false;
  return std::nullopt;
}

Answer ResumableUpload::broken_off(Answer answer) {
  asks_ = true;
  answer.progressed = progressed_;
  return answer;
}

}  // namespace heliograph::firmware
