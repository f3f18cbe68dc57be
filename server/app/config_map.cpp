#include "server/app/config_map.hpp"

#include "server/app/config_reader.hpp"

namespace heliograph::app {
namespace {

// What stands in a page's policy must not be able to end it, or to name more than one host.
constexpr std::string_view host_letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";

// "https://tiles.example.org"; empty: a path of our own. None: it is neither.
std::optional<std::string> origin_of(std::string_view url) {
  if (url.starts_with('/') && !url.starts_with("//")) return "";
  const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  const std::size_t end = url.find('/', scheme);
  if (scheme == 0 || end == std::string_view::npos || end == scheme) return std::nullopt;
  const std::string_view host = url.substr(scheme, end - scheme);
  if (host.find_first_not_of(host_letters) != std::string_view::npos) return std::nullopt;
  return std::string(url.substr(0, end));
}

bool names_a_tile(std::string_view url) {
  constexpr std::array<std::string_view, 3> places{"{z}", "{x}", "{y}"};
  return std::ranges::all_of(
      places, [url](std::string_view place) { return url.find(place) != std::string_view::npos; });
}

}  // namespace

Result<http::MapTiles> read_map(const Reader& reader) {
  const toml::node* node = reader.table().get("map");
  if (node == nullptr) return http::MapTiles{};
  const toml::table* table = node->as_table();
  const auto wrong = [&reader](const toml::node& where, std::string_view what) {
    return Error{ErrorKind::bad_request, reader.at(where) + std::string(what)};
  };
  if (table == nullptr) return wrong(*node, "`map` must be a table: [map]");
  constexpr std::array<std::string_view, 2> known{"credit", "tiles"};
  if (auto checked = reader.check_keys(*table, known, "map."); !checked) return checked.error();
  const auto tiles = reader.read<std::string>(*table, "tiles", "a text in quotes");
  if (!tiles) return tiles.error();
  const auto credit = reader.read<std::string>(*table, "credit", "a text in quotes");
  if (!credit) return credit.error();
  if (!*tiles) return wrong(*node, "[map] needs `tiles`: where a tile of the map is, with {z}, {x} and {y}");
  auto origin = origin_of(**tiles);
  if (!origin || !names_a_tile(**tiles)) {
    return wrong(*table->get("tiles"),
                 "`map.tiles` is an address like https://tiles.example.org/{z}/{x}/{y}.png, or a path like "
                 "/tiles/{z}/{x}/{y}.png");
  }
  return http::MapTiles{**tiles, credit->value_or(""), std::move(*origin)};
}

}  // namespace heliograph::app
