// Text in a fixed buffer: what std::string is for, where there is no heap.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace heliograph::firmware {

// What does not fit is cut off, and remembered by truncated().
template <std::size_t capacity>
class Text {
 public:
  static constexpr std::size_t max_size = capacity;

  Text() = default;
  explicit Text(std::string_view text) { append(text); }

  Text& append(std::string_view text) {
    const std::size_t fitting = std::min(text.size(), capacity - size_);
    if (fitting > 0) std::memcpy(data_ + size_, text.data(), fitting);
    size_ += fitting;
    truncated_ = truncated_ || fitting < text.size();
    return *this;
  }
  Text& append(char character) { return append(std::string_view(&character, 1)); }

  template <class Integer>
  Text& append_number(Integer value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    return append(std::string_view(digits, static_cast<std::size_t>(end - digits)));
  }

  // Takes what `write` puts at the start of that many bytes, and returns the size of.
  template <class Write>
  void assign(Write write) {
    size_ = write(data_, capacity);
    truncated_ = false;
  }

  void clear() {
    size_ = 0;
    truncated_ = false;
  }

  std::string_view view() const { return {data_, size_}; }
  bool empty() const { return size_ == 0; }
  bool truncated() const { return truncated_; }

 private:
  char data_[capacity] = {};
  std::size_t size_ = 0;
  bool truncated_ = false;
};

}  // namespace heliograph::firmware
