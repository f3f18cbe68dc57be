// What a program tells it has found in an image. Pure.
#pragma once

#include "server/base/error.hpp"
#include "server/catalog/detections.hpp"

#include <cstdint>

#include <boost/json/fwd.hpp>

namespace heliograph::http {

// Bytes of such a request: as many detections as may be, each with the longest label and numbers to the last
// digit.
inline constexpr std::uint64_t max_findings_bytes = 32ULL * 1024;

// {"source": "yolo", "detections": [{"label": "moth", "score": 0.9, "box": {"x": 0, "y": 0.5, "width": 0.1,
// "height": 0.1}}]}: shares of one, of the picture's width and height; `box` may be missing. A box that
// reaches out of the picture is cut off at its edge. bad_request, naming what is wrong.
Result<catalog::Findings> read_findings(const boost::json::object& body);

}  // namespace heliograph::http
