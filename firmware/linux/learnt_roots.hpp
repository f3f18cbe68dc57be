// The roots that a server has told, in a file of this machine.
#pragma once

#include "firmware/core/platform/trust_store.hpp"
#include "firmware/linux/tls_context.hpp"

#include <filesystem>
#include <string>

namespace heliograph::firmware {

class LearntRoots final : public TrustStore {
 public:
  // `context` outlives this, and trusts from now on what the file holds; a file that is not there, or is
  // none, is passed over.
  LearntRoots(TlsContext& context, std::filesystem::path file);

  bool has_learnt() const override { return !kept_.empty(); }
  bool begin() override;
  bool append(Bytes pem) override;
  bool try_alone() override { return context_.trust_alone(fresh_); }
  bool keep() override;
  void drop() override;

 private:
  TlsContext& context_;
  const std::filesystem::path file_;
  std::string kept_;
  std::string fresh_;
};

}  // namespace heliograph::firmware
