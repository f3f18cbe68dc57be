// Whom a board trusts over TLS: what it came with (the bundle that everybody trusts, or an authority of its
// owner's own), and roots that its server has told since.
#pragma once

#include "firmware/core/platform/trust_store.hpp"
#include "firmware/esp32/port/settings_store.hpp"

#include <atomic>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Belongs to the agent's task, but for what says otherwise.
class BoardTrust final : public TrustStore {
 public:
  // `given`: PEM with its ending zero; empty: the bundle. Both outlive this. Trusts what was kept before.
  BoardTrust(SettingsStore& store, std::string_view given);
  BoardTrust(const BoardTrust&) = delete;
  BoardTrust& operator=(const BoardTrust&) = delete;
  ~BoardTrust();

  bool has_learnt() const override { return learnt_ >= 0; }
  bool begin() override;
  bool append(Bytes pem) override;
  bool try_alone() override;
  bool keep() override;
  void drop() override { alone_ = false; }

  // How many kinds of trust a connection may be tried with, one after the other. Any task.
  int count() const { return alone_ || learnt_ < 0 ? 1 : 2; }
  // One of them: PEM with its ending zero; empty: the bundle. Stays as it is for an hour at least, which is
  // longer than any handshake. Any task.
  std::string_view at(int place) const;

 private:
  struct Room {
    char* data = nullptr;  // max_learnt_roots bytes, once something was told
    std::size_t size = 0;  // with the ending zero
  };
  int spare() const { return learnt_ == 0 ? 1 : 0; }
  bool reserve(Room& room);

  SettingsStore& store_;
  const std::string_view given_;
  Room rooms_[2];
  std::atomic<int> learnt_{-1};     // which room; -1: nothing was
  std::atomic<bool> alone_{false};  // the spare room is trusted, and nothing else
};

}  // namespace heliograph::firmware
