// What a sender told of its picture, kept as text from the first piece of an upload to the last.
#pragma once

#include "server/ingest/upload.hpp"

#include <string>
#include <string_view>

namespace heliograph::ingest {

// JSON. Everything but the camera.
std::string write_about(const ImageUpload& upload);

// The inverse. data_lost: the text is not ours.
Result<ImageUpload> read_about(std::string_view about, const catalog::Camera& camera);

}  // namespace heliograph::ingest
