#include "firmware/esp32/port/improv_serial.hpp"

namespace heliograph::firmware {

void ImprovSerial::take(const std::uint8_t* data, std::size_t size, std::int64_t now_ms) {
  for (std::size_t i = 0; i < size; ++i) {
    if (const auto request = reader_.take(data[i])) obey(*request, now_ms);
  }
}

void ImprovSerial::obey(const ImprovRequest& request, std::int64_t now_ms) {
  if (!request.whole) return say_error(ImprovError::bad_packet);
  switch (static_cast<ImprovCommand>(request.command)) {
    case ImprovCommand::send_wifi: {
      const WifiAccess access{request.name, request.password};
      if (!wifi_access_valid(access.name.view(), access.password.view())) {
        return say_error(ImprovError::cannot_connect);
      }
      store_.change([&](Settings& settings) { propose_wifi(settings, access); });
      events_.tell(LinkEvent::Kind::settings);
      was_down_ = address_.empty();  // the address that it has belongs to the network before
      tries_until_ms_ = now_ms + improv_patience_ms;
      say_error(ImprovError::none);
      state_ = ImprovState::provisioning;
      return say_state();
    }
    case ImprovCommand::get_state:
      say_state();
      if (state_ == ImprovState::provisioned) {
        say_page(ImprovCommand::get_state);
      }
      return;
    case ImprovCommand::get_info: {
      const std::string_view texts[] = {"Heliograph", facts_.version, facts_.chip, facts_.board};
      return say_result(ImprovCommand::get_info, texts, 4);
    }
    case ImprovCommand::get_networks:
      // None, which a browser takes as "type the name": a scan would stop what is being tried.
      return say_result(ImprovCommand::get_networks, nullptr, 0);
  }
  say_error(ImprovError::unknown_command);
}

void ImprovSerial::look(std::string_view address, std::int64_t now_ms) {
  const bool was_up = !address_.empty();
  address_ = Text<16>(address);
  was_down_ = was_down_ || address.empty();
  if (tries_until_ms_ && was_down_ && !address.empty()) {
    tries_until_ms_.reset();
    state_ = ImprovState::provisioned;
    say_state();
    return say_page(ImprovCommand::send_wifi);
  }
  if (tries_until_ms_ && now_ms >= *tries_until_ms_) {
    tries_until_ms_.reset();
    state_ = ImprovState::ready;
    say_error(ImprovError::cannot_connect);
    return say_state();
  }
  if (!tries_until_ms_ && was_up != !address.empty()) {
    state_ = address.empty() ? ImprovState::ready : ImprovState::provisioned;
  }
}

void ImprovSerial::say_state() {
  write_improv_state(state_, packet_);
  out_.write(packet_.view());
}

// Where the browser goes on: to the board's own page, for the server's address.
void ImprovSerial::say_page(ImprovCommand command) {
  Text<32> page(std::string_view("http://"));
  const std::string_view text = page.append(address_.view()).append('/').view();
  say_result(command, &text, 1);
}

void ImprovSerial::say_error(ImprovError error) {
  write_improv_error(error, packet_);
  out_.write(packet_.view());
}

void ImprovSerial::say_result(ImprovCommand command, const std::string_view* texts, std::size_t count) {
  write_improv_result(command, texts, count, packet_);
  out_.write(packet_.view());
}

}  // namespace heliograph::firmware
