// The ways in which cameras that know nothing of us send their pictures: one table, and what it says of a
// request. Pure.
//
// docs/dialects.md shows each of them. What they have in common becomes one Envelope, and uploads.cpp
// receives what is in it in one way.
#pragma once

#include "server/http/http.hpp"
#include "server/ingest/upload.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace heliograph::http {

class JsonWriter;
class PictureFinder;

enum class Takes {
  pictures,  // as the body, or in a form
  notes      // JSON about the camera, which is answered and not kept
};
enum class Answer {
  plain,  // "OK", or a receipt for who accepts JSON, or what the insect-trap receiver says
  obico   // {"result":"ok"}
};

struct Dialect {
  std::string_view name;
  Method method;
  std::string_view pattern;  // of the route: {key} is a camera's key, {camera} a camera's name
  Takes takes = Takes::pictures;
  std::string_view key_header = {};  // besides those of read_key
  bool notes_too = false;            // JSON with that header is a note
  std::uint32_t block_bytes = 0;     // of the pieces it writes: see lost_last_block
  Answer answer = Answer::plain;
};
std::span<const Dialect> dialects();

// What the head of a request says of its body.
struct Envelope {
  enum class Content { picture, form, note };
  Content content = Content::picture;
  std::string boundary;            // of a form
  std::optional<std::string> key;  // as sent; none: it may stand in the form
  std::optional<std::string> camera_name;
  std::optional<Timestamp> captured_at;
};
// bad_request: no body, two different keys, a form without boundary. unsupported: the type says that it is no
// picture.
Result<Envelope> read_envelope(const Dialect& dialect, const Request& request);

// The key and the camera's name that stand in a form, as far as it was read.
std::optional<std::string> key_in_form(const PictureFinder& finder);
std::optional<std::string> camera_name_in_form(const PictureFinder& finder);

// A name never decides whose a picture is: the key does, or its absence. But the name of another enrolled
// camera is a mistake that must not pass: conflict (keys were mixed up), or unauthorized (it has a key and
// did not send it). Names that nobody has are ignored. `named` is the camera that has the name.
Result<void> check_named(const std::optional<catalog::Camera>& named, const catalog::Camera& owner,
                         bool has_key);

// A firmware writes its picture in blocks, loses the last one if that is a full one, ends the request with CR
// LF CR LF, and waits. Is that what happened? `received` bytes came of the `length` announced, and ended in
// `received_last`. `block_bytes` 0: the firmware does no such thing.
bool lost_last_block(std::uint32_t block_bytes, std::optional<std::uint64_t> length, std::uint64_t received,
                     std::string_view received_last);

// `picture_bytes`: as they came.
Response upload_answer(const Dialect& dialect, bool json_wanted, const PictureFinder& finder,
                       const ingest::Receipt& receipt, std::uint64_t picture_bytes);
Response note_answer();

}  // namespace heliograph::http
