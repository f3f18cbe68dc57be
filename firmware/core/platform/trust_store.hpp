// What a port owes the core about whom it trusts over TLS: the authorities that the camera came with or was
// given by hand, which nothing here takes away, and besides them roots that its server has told it.
#pragma once

#include "firmware/core/platform/storage.hpp"

#include <string_view>

namespace heliograph::firmware {

// Owned by the agent's thread; connections on other threads see a change with their next handshake.
class TrustStore {
 public:
  // Roots were kept that the server has told.
  virtual bool has_learnt() const = 0;
  // Room for other roots, PEM, which come in pieces. What is trusted stays.
  virtual bool begin() = 0;
  // False: they find no room.
  virtual bool append(Bytes pem) = 0;
  // They alone are trusted from the next connection on, until keep() or drop(). False: they are no
  // certificates.
  virtual bool try_alone() = 0;
  // They are the ones that are trusted besides, in the place of those that were. Durable when true; when it
  // is not, those that were are.
  virtual bool keep() = 0;
  // As it was before begin().
  virtual void drop() = 0;

 protected:
  ~TrustStore() = default;
};

}  // namespace heliograph::firmware
