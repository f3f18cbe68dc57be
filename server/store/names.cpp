#include "server/store/names.hpp"

#include <utility>

namespace heliograph::store {
namespace {

constexpr std::string_view image_suffix = ".jpg";
constexpr std::string_view quarantine_suffix = ".bin";
constexpr std::string_view release_suffix = ".signed";
constexpr std::string_view flash_image_suffix = ".flash";
constexpr std::size_t time_length = std::string_view("20261122T150102.123Z").size();
constexpr std::size_t id_length = 13;

template <class AnyId>
std::string stamped_filename(Timestamp time, AnyId id, std::string_view suffix) {
  std::string text = to_compact(time);
  text += '-';
  text += to_string(id);
  text += suffix;
  return text;
}

template <class AnyId>
std::optional<std::pair<Timestamp, AnyId>> parse_stamped(std::string_view filename, std::string_view suffix) {
  if (filename.size() != time_length + 1 + id_length + suffix.size()) return std::nullopt;
  if (filename[time_length] != '-' || !filename.ends_with(suffix)) return std::nullopt;
  const auto time = from_compact(filename.substr(0, time_length));
  const auto id = parse_id<AnyId>(filename.substr(time_length + 1, id_length));
  if (!time || !id) return std::nullopt;
  return std::pair{*time, *id};
}

std::optional<ReleaseId> parse_release_file(std::string_view filename, std::string_view suffix) {
  if (!filename.ends_with(suffix)) return std::nullopt;
  filename.remove_suffix(suffix.size());
  return parse_id<ReleaseId>(filename);
}

// `filename` begins with its date.
std::string dated_key(std::string_view root, std::string_view folder, std::string_view filename) {
  std::string key;
  key.reserve(root.size() + folder.size() + filename.size() + 16);
  key += root;
  key += '/';
  key += folder;
  key += '/';
  key += filename.substr(0, 4);
  key += '/';
  key += filename.substr(4, 2);
  key += '/';
  key += filename.substr(6, 2);
  key += '/';
  key += filename;
  return key;
}

}  // namespace

std::string image_filename(const ImageName& name) {
  return stamped_filename(name.captured_at, name.id, image_suffix);
}

std::optional<ImageName> parse_image_filename(std::string_view filename) {
  const auto parsed = parse_stamped<ImageId>(filename, image_suffix);
  if (!parsed) return std::nullopt;
  return ImageName{parsed->first, parsed->second};
}

std::string quarantine_filename(const QuarantineName& name) {
  return stamped_filename(name.received_at, name.id, quarantine_suffix);
}

std::optional<QuarantineName> parse_quarantine_filename(std::string_view filename) {
  const auto parsed = parse_stamped<QuarantineId>(filename, quarantine_suffix);
  if (!parsed) return std::nullopt;
  return QuarantineName{parsed->first, parsed->second};
}

std::string image_key(std::string_view folder, const ImageName& name) {
  return dated_key("images", folder, image_filename(name));
}

std::string thumbnail_key(std::string_view folder, const ImageName& name) {
  return dated_key("thumbnails", folder, image_filename(name));
}

std::string quarantine_key(std::string_view folder, const QuarantineName& name) {
  return dated_key("quarantine", folder, quarantine_filename(name));
}

std::string upload_key(UploadId id) {
  return "uploads/" + to_string(id);
}

std::string release_key(ReleaseId id) {
  return "firmware/" + to_string(id) + std::string(release_suffix);
}

std::optional<ReleaseId> parse_release_filename(std::string_view filename) {
  return parse_release_file(filename, release_suffix);
}

std::string flash_image_key(ReleaseId id) {
  return "firmware/" + to_string(id) + std::string(flash_image_suffix);
}

std::optional<ReleaseId> parse_flash_image_filename(std::string_view filename) {
  return parse_release_file(filename, flash_image_suffix);
}

std::string log_key(CameraId camera) {
  return "logs/" + to_string(camera) + ".txt";
}

std::string folder_from_name(std::string_view name) {
  std::string folder;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      folder += upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!folder.empty() && folder.back() != '-' && static_cast<unsigned char>(c) < 0x80) {
      folder += '-';
    }
    if (folder.size() == max_folder_length) break;
  }
  while (!folder.empty() && folder.back() == '-') folder.pop_back();
  return folder.empty() ? "camera" : folder;
}

}  // namespace heliograph::store
