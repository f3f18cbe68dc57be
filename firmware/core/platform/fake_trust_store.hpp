// Trust in memory: its roots are words.
#pragma once

#include "firmware/core/platform/trust_store.hpp"

#include <string>
#include <string_view>

namespace heliograph::firmware {

class FakeTrustStore final : public TrustStore {
 public:
  bool has_learnt() const override { return !learnt.empty(); }
  bool begin() override {
    fresh.clear();
    return !full;
  }
  bool append(Bytes pem) override {
    fresh.append(static_cast<const char*>(pem.data), pem.size);
    return !full;
  }
  bool try_alone() override { return tried = fresh.find("root") != std::string::npos; }
  bool keep() override {
    tried = false;
    if (full) return false;
    learnt = fresh;
    return true;
  }
  void drop() override {
    tried = false;
    fresh.clear();
  }

  // Whether a chain that ends there is believed now.
  bool trusts(std::string_view root) const {
    const std::string& told = tried ? fresh : learnt;
    return told.find(root) != std::string::npos || (!tried && given.find(root) != std::string::npos);
  }

  std::string given = "root-1";  // what the camera came with
  std::string learnt;
  std::string fresh;
  bool tried = false;
  bool full = false;
};

}  // namespace heliograph::firmware
