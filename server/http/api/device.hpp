// What the routes of cameras share.
#pragma once

#include "server/http/api/routes.hpp"
#include "server/http/api/sender.hpp"
#include "server/http/json.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace heliograph::http {

// Who sends: by the camera's key or signature, or by a person's token that may send in its name; without any,
// the camera of pictures without a key. Notes where it is, and that its key is used in two places.
// unauthorized, forbidden, not_found; stale: the signature is too old, or was used before.
Task<Result<catalog::KeyHolder>> identify(Services& services, Sender sender);

// Which camera speaks, or asks for what is its own: itself, by its own key or signature, because nobody else
// carries out its orders. Errors as above; forbidden too for a camera that is suspect. A body that comes with
// it is read afterwards, so that a stranger's is not, and then is_as_signed() is asked.
Task<Result<CameraId>> speaker(Services& services, Sender sender);
// stale: the sender signed another body than this, which is all that came. Pure.
Result<void> is_as_signed(const Sender& sender, std::string_view body);

// Why nothing that a camera sends is stored while it is suspect.
Error in_two_places();

// Is what a camera came with still good, a while later? Whom nobody can ask about is not sent away.
Task<bool> still_allowed(Services& services, CameraId camera, std::shared_ptr<const Sender> sender);

// Can the frame be shown? Its bytes are looked at, and not decoded.
bool is_jpeg(const live::Frame& frame);

// Says how a key is sent.
Error key_missing();

// Calls `commit` with a Done, and waits for its answer. unavailable when that takes too long; the picture's
// bytes are `held` until the answer all the same.
Task<Result<ingest::Receipt>> await_receipt(Backlog::Held held,
                                            std::function<void(ingest::Ingestor::Done)> commit);

// The fields `id`, `filename` and `duplicate`.
void write_stored(JsonWriter& json, const ingest::Receipt& receipt);

}  // namespace heliograph::http
