// A form means the same in whatever pieces it comes, and stays within its limits; and no Content-Type gives a
// boundary that could not be one.
#include "server/http/multipart.hpp"

#include <algorithm>
#include <cstdlib>

namespace {

using namespace heliograph::http;
using Event = MultipartReader::Event;

struct Reading {
  std::string events;  // one letter each, and the bytes between them
  bool refused = false;

  friend bool operator==(const Reading&, const Reading&) = default;
};

Reading read(std::string_view boundary, std::span<const std::uint8_t> form, std::size_t piece_bytes) {
  MultipartReader reader(boundary);
  Reading reading;
  while (!form.empty()) {
    std::span<const std::uint8_t> piece = form.first(std::min(piece_bytes, form.size()));
    form = form.subspan(piece.size());
    for (;;) {
      const auto step = reader.next(piece);
      if (!step) {
        reading.refused = true;
        return reading;
      }
      if (step->event == Event::starved) break;
      if (step->event == Event::part) {
        const PartHead& part = reader.part();
        if (part.name.size() + part.filename.size() + part.type.size() > max_part_head_bytes) std::abort();
        reading.events += "<" + part.name + "|" + part.filename + "|" + part.type + ">";
      } else if (step->event == Event::bytes) {
        if (step->bytes.empty()) std::abort();
        reading.events.append(reinterpret_cast<const char*>(step->bytes.data()), step->bytes.size());
      } else {
        reading.events += step->event == Event::end ? "<end>" : "<part end>";
        if (step->event == Event::end) return reading;
      }
    }
    if (!piece.empty()) std::abort();
  }
  return reading;
}

void check_boundary(std::string_view content_type) {
  const auto boundary = form_boundary(content_type);
  if (!boundary || !*boundary) return;
  if ((*boundary)->empty() || (*boundary)->size() > max_boundary_bytes) std::abort();
  if ((*boundary)->find_first_of("\r\n") != std::string::npos) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::span<const std::uint8_t> form(data + 1, size - 1);
  check_boundary({reinterpret_cast<const char*>(form.data()), form.size()});
  const Reading whole = read("b", form, std::max<std::size_t>(form.size(), 1));
  if (read("b", form, 1U + data[0] % 16U) != whole) std::abort();
  if (read("b", form, 1) != whole) std::abort();
  return 0;
}
