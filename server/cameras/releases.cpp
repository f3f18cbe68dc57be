#include "server/cameras/releases.hpp"

#include "server/cameras/flash_image.hpp"
#include "server/cameras/signed_image.hpp"

#include <set>

namespace heliograph::cameras {
namespace {

// The release that the file is of; none: it is not a whole one.
std::optional<catalog::Release> read_release(const store::ImageStore& store, const std::string& key) {
  SignedImage image;
  Result<void> fed;
  const auto read = store.read_pieces(key, 0, max_signed_image + 1, [&](std::span<const std::uint8_t> bytes) {
    if (fed) fed = image.feed(bytes);
  });
  if (!read || !fed) return std::nullopt;
  auto release = image.finish();
  return release ? std::optional(std::move(*release)) : std::nullopt;
}

}  // namespace

Result<AddedRelease> add_release(catalog::Catalog& catalog, store::ImageStore& store,
                                 const catalog::Release& release) {
  catalog::Firmware firmware(catalog);
  auto known = firmware.release_of_manifest(release.manifest_sha256);
  if (!known) return known.error();
  const auto all = firmware.releases();
  if (!all) return all.error();
  Result<void> added;
  if (*known) {
    added = Error{ErrorKind::conflict, ""};
  } else if (all->size() >= max_releases) {
    added = Error{ErrorKind::conflict, "there are " + std::to_string(all->size()) +
                                           " releases already: remove some that no camera needs"};
  } else {
    added = firmware.add_release(release);
  }
  if (added) return AddedRelease{release, true};
  if (auto gone = store.remove(store::release_key(release.id)); !gone) return gone.error();
  if (*known) return AddedRelease{std::move(**known), false};
  return added.error();
}

Result<catalog::Release> remove_release(catalog::Catalog& catalog, store::ImageStore& store, ReleaseId id) {
  catalog::Firmware firmware(catalog);
  auto release = firmware.release(id);
  if (!release) return release;
  // The row first: a file without one is adopted or removed at the next start, a row without one is a fault.
  if (auto gone = firmware.remove_release(id); !gone) return gone.error();
  for (const std::string& key : {store::release_key(id), store::flash_image_key(id)}) {
    const auto removed = store.remove(key);
    if (!removed && removed.error().kind != ErrorKind::not_found) return removed.error();
  }
  return release;
}

Result<std::vector<KeptFlashImage>> flash_images(const store::ImageStore& store) {
  const auto files = store.flash_images();
  if (!files) return files.error();
  std::vector<KeptFlashImage> kept;
  for (const auto& file : *files) {
    std::vector<std::uint8_t> head;
    const auto read = store.read_pieces(
        store::flash_image_key(file.release), 0, flash_image_head,
        [&](std::span<const std::uint8_t> piece) { head.insert(head.end(), piece.begin(), piece.end()); });
    if (!read) continue;  // it was removed this moment
    if (const auto chip = chip_of(head)) kept.push_back({file.release, *chip, file.size_bytes});
  }
  return kept;
}

Result<std::size_t> adopt_releases(catalog::Catalog& catalog, store::ImageStore& store) {
  catalog::Firmware firmware(catalog);
  const auto files = store.releases();
  if (!files) return files.error();
  const auto known = firmware.releases();
  if (!known) return known.error();
  std::set<ReleaseId> rows;
  for (const catalog::Release& release : *known) rows.insert(release.id);
  std::size_t adopted = 0;
  for (const ReleaseId id : *files) {
    if (rows.contains(id)) continue;
    const std::string key = store::release_key(id);
    auto release = read_release(store, key);
    if (!release) {
      if (auto gone = store.remove(key); !gone) return gone.error();
      continue;
    }
    const auto modified = store.modified(key);
    if (!modified) return modified.error();
    release->id = id;
    release->actor = "found among the files";
    release->created_at = *modified;
    const auto added = add_release(catalog, store, *release);
    if (!added && added.error().kind != ErrorKind::conflict) return added.error();
    if (!added || !added->is_new) continue;
    rows.insert(id);
    ++adopted;
  }
  if (auto tidied = store.tidy_flash_images(rows); !tidied) return tidied.error();
  return adopted;
}

}  // namespace heliograph::cameras
