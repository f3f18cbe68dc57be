// However a form is cut, the same picture and the same fields are found in it.
#include "server/http/api/picture_finder.hpp"

#include <algorithm>
#include <cstdlib>

namespace {

using namespace heliograph::http;
using Event = PictureFinder::Event;

struct Finding {
  std::string picture;
  int pictures = 0;
  bool refused = false;
  std::string name;

  friend bool operator==(const Finding&, const Finding&) = default;
};

Finding find(std::span<const std::uint8_t> form, std::size_t piece_bytes) {
  PictureFinder finder("b");
  Finding finding;
  while (!form.empty()) {
    std::span<const std::uint8_t> piece = form.first(std::min(piece_bytes, form.size()));
    form = form.subspan(piece.size());
    for (;;) {
      const auto step = finder.next(piece);
      if (!step) {
        finding.refused = true;
        return finding;
      }
      if (step->event == Event::end) form = {};
      if (step->event == Event::starved || step->event == Event::end) break;
      if (step->event == Event::picture) {
        finding.picture.clear();
        ++finding.pictures;
      } else {
        finding.picture.append(reinterpret_cast<const char*>(step->bytes.data()), step->bytes.size());
      }
    }
  }
  finding.name = finder.field("camera").value_or("");
  if (finding.pictures > 2 || finding.name.size() > max_form_field_bytes) std::abort();
  if (finding.pictures > 0 && !finder.may_find_better() && !finding.picture.starts_with("\xff\xd8"))
    std::abort();
  return finding;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::span<const std::uint8_t> form(data + 1, size - 1);
  const Finding whole = find(form, std::max<std::size_t>(form.size(), 1));
  if (find(form, 1U + data[0] % 16U) != whole) std::abort();
  return 0;
}
