#include "server/http/api/picture_finder.hpp"

#include "server/http/text.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

// What a widely used video firmware uploads beside, and instead of, pictures.
bool is_film_or_table(std::string_view filename) {
  const auto dot = filename.rfind('.');
  if (dot == std::string_view::npos) return false;
  constexpr std::array<std::string_view, 3> extensions{"avi", "csv", "srt"};
  return std::ranges::any_of(extensions, [&](std::string_view extension) {
    return equals_ignoring_case(filename.substr(dot + 1), extension);
  });
}

}  // namespace

Result<PictureFinder::Step> PictureFinder::next(std::span<const std::uint8_t>& input) {
  if (!reader_) return next_of_body(input);
  for (auto& unsaid : unsaid_) {
    if (!unsaid.empty()) return Step{Event::bytes, std::exchange(unsaid, {})};
  }
  for (;;) {
    // Byte by byte until the part is known, so that nothing of the input has to be remembered.
    const bool undecided = use_ == Use::undecided;
    std::span<const std::uint8_t> window =
        undecided ? input.first(std::min<std::size_t>(input.size(), 1)) : input;
    const std::size_t before = window.size();
    const auto step = reader_->next(window);
    input = input.subspan(before - window.size());
    if (!step) return step.error();
    switch (step->event) {
      case MultipartReader::Event::starved:
        if (input.empty()) return Step{};
        break;
      case MultipartReader::Event::part:
        if (auto begun = begin_part(); !begun) return begun.error();
        break;
      case MultipartReader::Event::bytes:
        if (use_ == Use::picture) return Step{Event::bytes, step->bytes};
        if (use_ == Use::field) keep_field(step->bytes);
        if (undecided && take_start(step->bytes)) return Step{Event::picture, {}};
        break;
      case MultipartReader::Event::part_end:
        if (undecided) {
          decide();
          if (use_ == Use::picture) return Step{Event::picture, {}};
        }
        break;
      case MultipartReader::Event::end:
        return Step{Event::end, {}};
    }
  }
}

PictureFinder::Step PictureFinder::next_of_body(std::span<const std::uint8_t>& input) {
  if (!std::exchange(begun_, true)) return {Event::picture, {}};
  if (input.empty()) return {};
  return {Event::bytes, std::exchange(input, {})};
}

Result<void> PictureFinder::begin_part() {
  use_ = Use::undecided;
  start_size_ = 0;
  const PartHead& part = reader_->part();
  if (!found_jpeg_ && is_film_or_table(part.filename)) {
    return Error{ErrorKind::unsupported, part.filename +
                                             " is a film or a table, and only JPEG pictures are kept here: "
                                             "let the camera upload its pictures, one by one"};
  }
  if (part.filename.empty()) fields_.emplace_back(part.name, "");
  return {};
}

// True when a picture begins.
bool PictureFinder::take_start(std::span<const std::uint8_t> bytes) {
  const std::size_t taken = std::min(start_.size() - start_size_, bytes.size());
  std::copy_n(bytes.begin(), taken, start_.begin() + static_cast<std::ptrdiff_t>(start_size_));
  start_size_ += taken;
  if (start_size_ < start_.size()) return false;
  unsaid_[1] = bytes.subspan(taken);
  decide();
  return use_ == Use::picture;
}

void PictureFinder::decide() {
  const PartHead& part = reader_->part();
  const bool jpeg = start_size_ == 2 && start_[0] == 0xFF && start_[1] == 0xD8;
  const bool claims = !part.filename.empty() || part.type.starts_with("image/");
  unsaid_[0] = std::span(start_).first(start_size_);
  if (!found_jpeg_ && (jpeg || (claims && !begun_))) {
    use_ = Use::picture;
    begun_ = true;
    found_jpeg_ = jpeg;
    return;
  }
  use_ = claims || jpeg ? Use::nothing : Use::field;
  for (auto& unsaid : unsaid_) {
    const auto bytes = std::exchange(unsaid, {});
    if (use_ == Use::field) keep_field(bytes);
  }
}

void PictureFinder::keep_field(std::span<const std::uint8_t> bytes) {
  std::string& value = fields_.back().second;
  const std::size_t room = max_form_field_bytes - value.size();
  value.append(reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), room));
}

std::optional<std::string_view> PictureFinder::field(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, &std::pair<std::string, std::string>::first);
  if (found == fields_.end()) return std::nullopt;
  return found->second;
}

}  // namespace heliograph::http
