#include "firmware/core/arducam/bus.hpp"

#include "firmware/core/arducam/registers.hpp"

#include <algorithm>

namespace heliograph::firmware::mega {
namespace {

// How often the state is looked at while something is waited for: as often as Arducam's driver for Zephyr.
constexpr std::int64_t poll_ms = 2;
// A bus that is shared is not held longer than for some bursts.
constexpr std::int64_t bus_limit_ms = 100;

Problem stuck_problem(std::uint8_t state, std::string_view what) {
  // What a line reads that nobody drives.
  if (state == 0xFF || state == 0x00)
    return Problem("no camera answers on the bus: look at wires and supply");
  Problem problem(std::string_view("the camera does not "));
  problem.append(what).append(", its state is ").append_number(state);
  return problem;
}

}  // namespace

bool Bus::fail(const Problem& problem) {
  problem_ = problem;
  return false;
}

bool Bus::transfer(const std::uint8_t* command, std::size_t command_size, std::uint8_t* reply,
                   std::size_t reply_size) {
  const std::int64_t now_ms = clock_.mono_ms();
  if (now_ms >= deadline_ms_) return fail(Problem("the camera took too long"));
  const std::int64_t limit_ms = std::min(deadline_ms_, now_ms + bus_limit_ms);
  return spi_.transfer(command, command_size, reply, reply_size, limit_ms) ||
         fail(Problem("the camera's bus was not to be had"));
}

bool Bus::read(std::uint8_t address, std::uint8_t& value) {
  const std::uint8_t command[] = {address, 0};
  return transfer(command, sizeof command, &value, 1);
}

bool Bus::write(std::uint8_t address, std::uint8_t value) {
  const std::uint8_t command[] = {static_cast<std::uint8_t>(address | write_bit), value};
  return transfer(command, sizeof command, nullptr, 0);
}

bool Bus::wait_for_state(std::uint8_t mask, std::uint8_t value, std::int64_t limit_ms,
                         std::string_view what) {
  const std::int64_t end_ms = std::min(deadline_ms_, clock_.mono_ms() + limit_ms);
  for (;;) {
    std::uint8_t now = 0;
    if (!read(state, now)) return false;
    if ((now & mask) == value) return true;
    if (clock_.mono_ms() >= end_ms) return fail(stuck_problem(now, what));
    clock_.sleep_until(std::min(clock_.mono_ms() + poll_ms, end_ms));
  }
}

bool Bus::wait_idle(std::int64_t limit_ms) {
  return wait_for_state(inner_bus_mask, inner_bus_idle, limit_ms, "become idle");
}

void Bus::pause(std::int64_t ms) {
  const std::int64_t end_ms = std::min(deadline_ms_, clock_.mono_ms() + ms);
  while (clock_.mono_ms() < end_ms) clock_.sleep_until(end_ms);
}

bool Bus::read_fifo(std::uint8_t* out, std::size_t size) {
  const std::uint8_t command[] = {burst_read, 0};
  std::size_t command_size = sizeof command;  // with the byte of no meaning
  for (std::size_t read = 0; read < size; command_size = 1) {
    const std::size_t part = std::min(size - read, max_spi_reply);
    if (!transfer(command, command_size, out + read, part)) return false;
    read += part;
  }
  return true;
}

}  // namespace heliograph::firmware::mega
