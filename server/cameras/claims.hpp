// A camera that nobody has added yet makes itself a key, announces itself with it, and shows a code. Whoever
// types the code has the camera before them, and adds it. The key is the camera's own from the beginning: it
// never travels the other way, and is kept nowhere but in the camera.
#pragma once

#include "server/base/base.hpp"
#include "server/cameras/cameras.hpp"
#include "server/catalog/claims.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace heliograph::cameras {

// A camera that does not ask again for so long has been given up.
inline constexpr std::chrono::minutes claim_life{15};
// Waiting at once: more are no fleet that somebody stands before. Of one network: a workshop with a bench
// full.
inline constexpr std::size_t max_claims = 256;
inline constexpr std::size_t max_claims_of_a_network = 16;
// Bytes of UTF-8 of what a camera says it is.
inline constexpr std::size_t max_model_length = 64;

// What a camera hears that announces itself.
using Announced = std::variant<catalog::Claim,    // it waits
                               catalog::Camera>;  // it has been added

// unauthorized: the key is of another form. too_many: too many wait. bad_request: the model is too long, or
// has control characters.
Result<Announced> announce(catalog::Catalog& catalog, IdSource& ids, const Clock& clock, std::string_view key,
                           std::string_view model, const std::string& address);

// Adds the camera that shows the code. not_found; errors as for enrol. The code as a person types it: in any
// case, with or without its dash.
Result<catalog::Camera> accept_claim(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                                     std::string_view code, std::string_view name);

// As it is shown, of what was typed: "k7pm4qxr" is "K7PM-4QXR". Pure.
std::string written_code(std::string_view typed);

}  // namespace heliograph::cameras
