#include "server/http/api/archives.hpp"

#include "server/base/token.hpp"
#include "server/store/names.hpp"

#include <algorithm>
#include <limits>

namespace heliograph::http {
namespace {

// Nobody guesses it, and it would be of no use to them: an archive is only its maker's.
constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t name_length = 24;

}  // namespace

std::string Archive::name_of(const ArchiveEntry& entry) const {
  return folders.at(entry.camera) + '/' + store::image_filename({entry.captured_at, entry.id});
}

bool Archive::add(const catalog::FiledImage& filed) {
  const catalog::Image& image = filed.image;
  if (image.size_bytes >= std::numeric_limits<std::uint32_t>::max()) return false;
  folders.try_emplace(image.camera, filed.folder);
  entries.push_back(
      {image.id, image.camera, image.captured_at, static_cast<std::uint32_t>(image.size_bytes)});
  plan.add(name_of(entries.back()).size(), entries.back().size);
  return true;
}

std::string Archives::keep(Archive archive) {
  forget_old();
  if (kept_.size() == max_archives) kept_.erase(kept_.begin());
  std::string name = random_text(letters, name_length);
  kept_.push_back(
      {name, std::make_shared<const Archive>(std::move(archive)), clock_.steady() + archive_life});
  return name;
}

std::shared_ptr<const Archive> Archives::find(std::string_view name, const accounts::Visitor& visitor) {
  forget_old();
  const auto found = std::ranges::find(kept_, name, &Kept::name);
  if (found == kept_.end() || found->archive->person != visitor.person) return nullptr;
  // What they might see when they asked, they may see no more.
  for (const auto& [camera, folder] : found->archive->folders) {
    if (!visitor.may(accounts::Right::view, camera)) return nullptr;
  }
  return found->archive;
}

void Archives::forget_old() {
  std::erase_if(kept_, [now = clock_.steady()](const Kept& kept) { return kept.until <= now; });
}

}  // namespace heliograph::http
