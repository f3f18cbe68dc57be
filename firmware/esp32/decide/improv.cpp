#include "firmware/esp32/decide/improv.hpp"

#include <cstring>

namespace heliograph::firmware {

namespace {

constexpr std::string_view magic = "IMPROV";
constexpr std::size_t type_at = 7;
constexpr std::size_t length_at = 8;

enum class Type : std::uint8_t { state = 1, error = 2, request = 3, result = 4 };

std::uint8_t sum_of(const void* data, std::size_t size) {
  std::uint8_t sum = 0;
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  for (std::size_t i = 0; i < size; ++i) sum = static_cast<std::uint8_t>(sum + bytes[i]);
  return sum;
}

// A text with its length before it, taken off `data`; none: it is cut off, or too long for `capacity`.
std::optional<std::string_view> take_text(std::string_view& data, std::size_t capacity) {
  if (data.empty()) return std::nullopt;
  const std::size_t size = static_cast<std::uint8_t>(data[0]);
  if (size > capacity || data.size() < 1 + size) return std::nullopt;
  const std::string_view text = data.substr(1, size);
  data.remove_prefix(1 + size);
  return text;
}

ImprovRequest read_request(std::string_view data) {
  ImprovRequest request;
  request.whole = data.size() >= 2 && static_cast<std::uint8_t>(data[1]) == data.size() - 2;
  if (!data.empty()) request.command = static_cast<std::uint8_t>(data[0]);
  if (!request.whole || request.command != static_cast<std::uint8_t>(ImprovCommand::send_wifi))
    return request;
  data.remove_prefix(2);
  const auto name = take_text(data, decltype(request.name)::max_size);
  const auto password = name ? take_text(data, decltype(request.password)::max_size) : std::nullopt;
  request.whole = password && data.empty();
  if (!request.whole) return request;
  request.name = Text<32>(*name);
  request.password = Text<64>(*password);
  return request;
}

void write_packet(Type type, std::string_view data, ImprovPacket& packet) {
  packet = ImprovPacket(magic);
  packet.append(static_cast<char>(improv_version)).append(static_cast<char>(type));
  packet.append(static_cast<char>(data.size())).append(data);
  packet.append(static_cast<char>(sum_of(packet.view().data(), packet.view().size()))).append('\n');
}

}  // namespace

std::optional<ImprovRequest> ImprovReader::take(std::uint8_t byte) {
  packet_[size_++] = byte;
  if (size_ <= magic.size()) {
    if (byte == static_cast<std::uint8_t>(magic[size_ - 1])) return std::nullopt;
    // No letter of the magic stands in it twice, so a packet can only begin anew with this byte.
    size_ = byte == static_cast<std::uint8_t>(magic[0]) ? 1 : 0;
    packet_[0] = byte;
    return std::nullopt;
  }
  if (size_ == magic.size() + 1 && byte != improv_version) size_ = 0;
  if (size_ <= length_at) return std::nullopt;
  const std::size_t data_size = packet_[length_at];
  if (size_ < improv_head + data_size + 1) return std::nullopt;
  size_ = 0;
  const bool sound = byte == sum_of(packet_.data(), improv_head + data_size);
  if (!sound || packet_[type_at] != static_cast<std::uint8_t>(Type::request)) return std::nullopt;
  return read_request({reinterpret_cast<const char*>(packet_.data()) + improv_head, data_size});
}

void write_improv_state(ImprovState state, ImprovPacket& packet) {
  const char data = static_cast<char>(state);
  write_packet(Type::state, {&data, 1}, packet);
}

void write_improv_error(ImprovError error, ImprovPacket& packet) {
  const char data = static_cast<char>(error);
  write_packet(Type::error, {&data, 1}, packet);
}

void write_improv_result(ImprovCommand command, const std::string_view* texts, std::size_t count,
                         ImprovPacket& packet) {
  constexpr std::size_t head = 2;  // the command, and the length of what follows
  Text<max_improv_data> data;
  data.append(static_cast<char>(command)).append('\0');
  std::size_t size = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (head + size + 1 + texts[i].size() > max_improv_data) break;
    data.append(static_cast<char>(texts[i].size())).append(texts[i]);
    size += 1 + texts[i].size();
  }
  char whole[max_improv_data];
  std::memcpy(whole, data.view().data(), data.view().size());
  whole[1] = static_cast<char>(size);
  write_packet(Type::result, {whole, data.view().size()}, packet);
}

}  // namespace heliograph::firmware
