// What is known of a picture before, and after, it is stored.
#pragma once

#include "protocol/telemetry.hpp"
#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"

#include <cstdint>
#include <optional>

namespace heliograph::ingest {

// Everything a sender told about its picture, whatever dialect it spoke.
struct ImageUpload {
  catalog::Camera camera;
  std::optional<catalog::SenderName> sender;
  std::optional<Timestamp> captured_at;  // none: the camera does not know; the time of arrival is taken
  std::optional<protocol::Telemetry> telemetry;
  std::optional<std::uint64_t> announced_bytes{};  // none: the sender does not say how much will come
};

// What the sender is told. For a repeat both are the first one's.
struct Receipt {
  ImageId id;
  Timestamp captured_at;
  bool duplicate = false;
};

}  // namespace heliograph::ingest
