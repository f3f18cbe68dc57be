// The cameras of this process: builds each from the options, runs each in a thread of its own, and stops them
// together.
#pragma once

#include "firmware/linux/file_descriptor.hpp"
#include "firmware/linux/options.hpp"
#include "firmware/linux/reporter.hpp"
#include "firmware/linux/tls_context.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace heliograph::firmware {

class Fleet {
 public:
  // Opens what can fail (folder, device, certificates) and throws std::runtime_error with a sentence when it
  // does.
  Fleet(const Options& options, Reporter& reporter);
  // Cuts and joins.
  ~Fleet();

  void start();

  // Becomes readable when every camera has ended.
  int ended() const { return ended_.get(); }

  // Lets every camera end after what it has in hand. Idempotent.
  void stop();
  // Breaks off what they have in hand: their pictures wait in the spool. Idempotent.
  void cut();
  // Waits until every camera has ended.
  void join();

  // After join(): a camera was told to start anew. All of them end for that, since they are one program.
  bool wants_restart() const;
  // After join(): pictures left in all spools.
  std::uint64_t waiting() const;
  // After join(): whether every camera could use its spool.
  bool spools_opened() const;

 private:
  struct Live;
  struct Camera;

  void run(Camera& camera);

  const Options options_;  // the agents' texts live here
  const TlsContext tls_;
  const FileDescriptor cut_;    // eventfd; every stream watches it
  const FileDescriptor ended_;  // eventfd
  std::vector<std::unique_ptr<Camera>> cameras_;
  std::atomic<std::size_t> running_{0};
};

}  // namespace heliograph::firmware
