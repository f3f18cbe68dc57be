#include "server/store/names.hpp"

namespace heliograph::store {
namespace {

constexpr std::string_view suffix = ".jpg";
constexpr std::size_t time_length = std::string_view("20261122T150102.123Z").size();
constexpr std::size_t id_length = 13;

std::string dated_key(std::string_view root, std::string_view folder, const ImageName& name) {
  const std::string filename = image_filename(name);
  const std::string_view date(filename);
  std::string key;
  key.reserve(root.size() + folder.size() + filename.size() + 16);
  key += root;
  key += '/';
  key += folder;
  key += '/';
  key += date.substr(0, 4);
  key += '/';
  key += date.substr(4, 2);
  key += '/';
  key += date.substr(6, 2);
  key += '/';
  key += filename;
  return key;
}

}  // namespace

std::string image_filename(const ImageName& name) {
  std::string text = to_compact(name.captured_at);
  text += '-';
  text += to_string(name.id);
  text += suffix;
  return text;
}

std::optional<ImageName> parse_image_filename(std::string_view filename) {
  if (filename.size() != time_length + 1 + id_length + suffix.size()) return std::nullopt;
  if (filename[time_length] != '-' || !filename.ends_with(suffix)) return std::nullopt;
  const auto captured_at = from_compact(filename.substr(0, time_length));
  const auto id = parse_id<ImageId>(filename.substr(time_length + 1, id_length));
  if (!captured_at || !id) return std::nullopt;
  return ImageName{*captured_at, *id};
}

std::string image_key(std::string_view folder, const ImageName& name) {
  return dated_key("images", folder, name);
}

std::string thumbnail_key(std::string_view folder, const ImageName& name) {
  return dated_key("thumbnails", folder, name);
}

std::string upload_key(UploadId id) {
  return "uploads/" + to_string(id);
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
