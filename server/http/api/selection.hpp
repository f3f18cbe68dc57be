// Many images at once, which somebody chose: which of them they may change, and what came of it.
#pragma once

#include "server/accounts/visitor.hpp"
#include "server/catalog/catalog.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json/fwd.hpp>

namespace heliograph::http {

// Images of one request. Throwing so many away takes SQLite some 80 ms at a million images, during which
// uploads wait; and their ids are half of max_json_bytes. Whoever has more sends them in parts.
inline constexpr std::size_t max_images_at_once = 500;

// Images that may be named one by one for a file that is made of them, and the bytes of such a request.
inline constexpr std::size_t max_images_of_file = 5'000;
inline constexpr std::uint64_t max_wish_bytes = 128ULL * 1024;

// The member `images`: ids, each once. bad_request: it is no list of ids, empty, or longer than `most`.
Result<std::vector<ImageId>> read_images(const boost::json::object& body, std::size_t most);

// Where what is chosen must be.
enum class Place { gallery, trash };

// Why nothing came of an image.
enum class Left {
  not_found,  // it is not there, or not for the visitor to see
  forbidden,  // they may see it, and no more
  starred,    // it is to be kept
  full        // it would have too many tags
};
std::string_view to_string(Left why);

struct Selection {
  std::vector<catalog::Image> chosen;  // those that the visitor may change
  std::vector<std::pair<ImageId, Left>> left;

  std::vector<ImageId> ids() const;
};

// `known`: those of `wanted` that have a row. What they may not even see is not there.
Selection select_images(std::span<const ImageId> wanted, std::span<const catalog::Image> known,
                        const accounts::Visitor& visitor, Place place);
// The same, which looks for their rows first.
Result<Selection> find_selection(catalog::Catalog& catalog, std::span<const ImageId> wanted,
                                 const accounts::Visitor& visitor, Place place);

// What came of a selection.
struct Outcome {
  std::vector<ImageId> done;
  std::vector<std::pair<ImageId, Left>> left;
  std::map<CameraId, int> cameras;  // how many of each were done
};

// `done`: those that a verb was true for. Of the other chosen ones, `why` says why not.
Outcome outcome_of(const Selection& selection, std::vector<ImageId> done, Left why);

std::string outcome_json(const Outcome& outcome);

}  // namespace heliograph::http
