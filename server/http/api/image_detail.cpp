#include "server/http/api/image_detail.hpp"

#include "server/catalog/marks.hpp"

#include <utility>

namespace heliograph::http {

Result<ImageDetail> read_detail(catalog::Catalog& catalog, catalog::FiledImage filed) {
  const ImageId id = filed.image.id;
  auto telemetry = catalog.telemetry(id);
  if (!telemetry) return telemetry.error();
  auto tags = catalog::Marks(catalog).tags(id);
  if (!tags) return tags.error();
  auto note = catalog::Marks(catalog).note(id);
  if (!note) return note.error();
  auto findings = catalog::Detections(catalog).of(id);
  if (!findings) return findings.error();
  return ImageDetail{std::move(filed), *telemetry, std::move(*tags), std::move(*note), std::move(*findings)};
}

}  // namespace heliograph::http
