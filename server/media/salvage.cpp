#include "server/media/salvage.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace heliograph::media {
namespace {

// A start marker, and the FF of the marker that has to follow it.
constexpr std::array<std::uint8_t, 3> beginning{0xFF, 0xD8, 0xFF};
constexpr std::uint8_t soi = 0xD8;

}  // namespace

void PictureFinder::feed(std::span<const std::uint8_t> bytes) {
  std::size_t taken = 0;
  std::size_t from = 0;
  // A start is known by its third byte, which is then the next for everyone.
  while (const auto third = next_start(bytes, from)) {
    advance(bytes.subspan(taken, *third - taken));
    begin();
    taken = *third;
    from = *third + 1;
  }
  advance(bytes.subspan(taken));
  for (const std::uint8_t byte : bytes.last(std::min(bytes.size(), last_.size()))) last_ = {last_[1], byte};
}

std::optional<FoundPicture> PictureFinder::finish() {
  for (Candidate& candidate : candidates_) {  // nothing stands behind it that could speak against it
    if (candidate.state == Candidate::State::ended) candidate.state = Candidate::State::good;
  }
  settle();
  return best_;
}

// The index of the last byte of the next `beginning`, at `from` or later; its first two may be in the piece
// before.
std::optional<std::size_t> PictureFinder::next_start(std::span<const std::uint8_t> bytes,
                                                     std::size_t from) const {
  constexpr std::size_t ahead = beginning.size() - 1;
  for (; from < std::min(ahead, bytes.size()); ++from) {
    const std::array<std::uint8_t, 3> three{from == 0 ? last_[0] : last_[1], from == 0 ? last_[1] : bytes[0],
                                            bytes[from]};
    if (three == beginning) return from;
  }
  if (from >= bytes.size()) return std::nullopt;
  const auto rest = bytes.subspan(from - ahead);
  const void* found = ::memmem(rest.data(), rest.size(), beginning.data(), beginning.size());
  if (found == nullptr) return std::nullopt;
  return from + static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - rest.data());
}

void PictureFinder::advance(std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) return;
  for (Candidate& candidate : candidates_) {
    if (candidate.state == Candidate::State::walking) {
      walk(candidate, bytes);
    } else if (candidate.state == Candidate::State::ended) {
      look_behind(candidate, bytes);
    }
  }
  offset_ += bytes.size();
  settle();
}

void PictureFinder::walk(Candidate& candidate, std::span<const std::uint8_t> bytes) {
  const bool alive = candidate.inspector.feed(bytes).has_value();
  const auto end = candidate.inspector.end();
  if (!alive || !end) return;
  candidate.state = Candidate::State::ended;
  look_behind(candidate, bytes.subspan(candidate.start + *end - offset_));
}

// A thumbnail whose picture has lost its start is followed by what that goes on with: a marker. Behind a
// picture of its own come padding, noise, or the next picture.
void PictureFinder::look_behind(Candidate& candidate, std::span<const std::uint8_t> bytes) {
  for (const std::uint8_t byte : bytes) {
    if (candidate.after_ff) {
      if (byte == 0xFF) continue;  // fill
      candidate.state = byte == soi ? Candidate::State::good : Candidate::State::part;
      return;
    }
    if (byte == 0) continue;
    candidate.after_ff = byte == 0xFF;
    if (!candidate.after_ff) {
      candidate.state = Candidate::State::good;
      return;
    }
  }
}

// The two bytes of a start marker have just been taken.
void PictureFinder::begin() {
  const auto place = std::ranges::find(candidates_, Candidate::State::free, &Candidate::state);
  if (place == candidates_.end()) return;
  Candidate candidate;
  candidate.state = Candidate::State::walking;
  candidate.start = offset_ - 2;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const Candidate& other = candidates_[i];
    if (other.state == Candidate::State::walking && other.inspector.in_segment()) candidate.inside |= 1U << i;
  }
  static_cast<void>(candidate.inspector.feed(std::span(beginning).first(2)));
  *place = std::move(candidate);
}

// What has become of each: a walk that failed is forgotten, one that came to a picture's data takes what
// began in its segments with it, and what is good and in nobody's segment is found.
void PictureFinder::settle() {
  for (Candidate& candidate : candidates_) {
    if (candidate.state == Candidate::State::free) continue;
    const bool picture = candidate.inspector.has_data();
    const bool over = candidate.inspector.failed() || candidate.state == Candidate::State::part;
    if (picture || over) release(candidate, picture);
    if (over) forget(candidate);
  }
  for (Candidate& candidate : candidates_) {
    if (candidate.state != Candidate::State::good || candidate.inside != 0) continue;
    take(candidate);
    forget(candidate);
  }
}

void PictureFinder::forget(Candidate& candidate) {
  release(candidate, false);
  candidate = {};
}

// What began in one of its segments counts by itself from now on, or not at all.
void PictureFinder::release(Candidate& candidate, bool with_what_is_inside) {
  const unsigned bit = 1U << static_cast<unsigned>(&candidate - candidates_.data());
  for (Candidate& other : candidates_) {
    if ((other.inside & bit) == 0) continue;
    other.inside &= ~bit;
    if (with_what_is_inside) forget(other);
  }
}

void PictureFinder::take(const Candidate& candidate) {
  const auto facts = candidate.inspector.finish();
  if (!facts) return;
  FoundPicture found{candidate.start, *facts};
  found.facts.size_bytes = *candidate.inspector.end();
  const auto pixels = [](const JpegFacts& of) { return std::int64_t{of.width} * of.height; };
  const std::int64_t many = pixels(found.facts);
  if (many < min_salvaged_pixels ||
      many / max_pixels_per_byte > static_cast<std::int64_t>(found.facts.size_bytes))
    return;
  // They are not settled in order: one may have waited for what it seemed to be inside of.
  const auto rank = [&](const FoundPicture& one) { return std::pair(pixels(one.facts), ~one.offset); };
  if (!best_ || rank(found) > rank(*best_)) best_ = found;
}

}  // namespace heliograph::media
