// The memory that pictures live in, taken once at the start: from PSRAM where there is some, in the sizes
// that the board's sensor needs.
#pragma once

#include "firmware/core/agent.hpp"

#include <esp_heap_caps.h>

namespace heliograph::firmware {

// Bytes. The largest picture of the sensors in use is 630 KB (QXGA at a fifth of its pixels).
inline constexpr std::size_t agent_slab_size = 768 * 1024;
inline constexpr std::size_t link_slab_size = 256 * 1024;
// Some ten pictures, while there is no card.
inline constexpr std::size_t memory_spool_size = 1536 * 1024;
// Without PSRAM: one small picture, and nothing is kept.
inline constexpr std::size_t small_slab_size = 48 * 1024;

// Of size 0: there is no such memory.
inline Slab take_slab(std::size_t size, std::uint32_t capabilities) {
  auto* data = static_cast<std::uint8_t*>(heap_caps_malloc(size, capabilities | MALLOC_CAP_8BIT));
  return {data, data != nullptr ? size : 0};
}

struct Slabs {
  Slabs()
      : agent(take_slab(agent_slab_size, MALLOC_CAP_SPIRAM)),
        link(take_slab(link_slab_size, MALLOC_CAP_SPIRAM)),
        memory(take_slab(memory_spool_size, MALLOC_CAP_SPIRAM)) {
    if (agent.size == 0) agent = take_slab(small_slab_size, MALLOC_CAP_INTERNAL);
  }
  Slabs(const Slabs&) = delete;
  Slabs& operator=(const Slabs&) = delete;
  ~Slabs() {
    for (const Slab& slab : {agent, link, memory}) heap_caps_free(slab.data);
  }

  Slab agent;
  Slab link;    // of size 0: it is not seen live
  Slab memory;  // of size 0: nothing waits without a card
};

}  // namespace heliograph::firmware
