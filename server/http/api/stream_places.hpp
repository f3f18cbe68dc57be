// How many long answers of a kind are sent at once: each holds something for as long as its reader takes.
#pragma once

#include <cstddef>
#include <memory>

namespace heliograph::http {

// Net thread. Places that are held may outlive it.
class StreamPlaces {
 public:
  explicit StreamPlaces(std::size_t most) : most_(most) {}

  // For as long as it is held. Null: there is none.
  std::shared_ptr<const void> take() {
    if (*taken_ >= most_) return nullptr;
    ++*taken_;
    return {taken_.get(), [taken = taken_](const void*) { --*taken; }};
  }

 private:
  std::size_t most_;
  std::shared_ptr<std::size_t> taken_ = std::make_shared<std::size_t>(0);
};

}  // namespace heliograph::http
