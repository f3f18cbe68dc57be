#include "server/http/api/gallery_json.hpp"

#include "server/http/api/gallery_query.hpp"
#include "server/http/api/image_json.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {
namespace {

constexpr std::chrono::hours one_hour{1};
// A gap longer than this starts a new run of the histogram: a day of zeros is shorter than a new run's
// header, and a picture from a clock that was never set does not bring fifty years of zeros.
constexpr std::chrono::hours longest_gap{24};

}  // namespace

std::string histogram_json(const std::vector<catalog::HourCount>& hours) {
  JsonWriter json;
  json.object([&] {
    json.field("hour_ms", std::chrono::milliseconds(one_hour).count());
    json.key("runs").array([&] {
      for (auto first = hours.begin(); first != hours.end();) {
        auto last = first + 1;
        while (last != hours.end() && last->hour - (last - 1)->hour <= longest_gap) ++last;
        json.object([&] {
          json.field("start", to_ms(first->hour));
          json.key("counts").array([&] {
            Timestamp expected = first->hour;
            for (auto hour = first; hour != last; ++hour, expected += one_hour) {
              for (; expected < hour->hour; expected += one_hour) json.value(0);
              json.value(hour->images);
            }
          });
        });
        first = last;
      }
    });
  });
  return std::move(json).text();
}

std::string page_json(const std::vector<catalog::FiledImage>& images, bool full) {
  JsonWriter json;
  json.object([&] {
    json.key("images").array([&] {
      for (const catalog::FiledImage& filed : images) write_image(json, filed.image);
    });
    json.key("next");
    if (full) {
      const catalog::Image& last = images.back().image;
      json.value(cursor_text({last.captured_at, last.id}));
    } else {
      json.value(nullptr);
    }
  });
  return std::move(json).text();
}

}  // namespace heliograph::http
