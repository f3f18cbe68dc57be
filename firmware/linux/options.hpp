// What heliograph-cam was asked to do.
#pragma once

#include "firmware/linux/scene_source.hpp"
#include "firmware/linux/server_address.hpp"
#include "firmware/linux/usage_error.hpp"
#include "protocol/manifest.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::firmware {

enum class SourceKind { scene, folder, webcam };

struct Options {
  ServerAddress server;
  std::vector<std::string> keys;  // one for all cameras, or one for each
  std::string sign_as;            // the camera's id; uploads are signed then, and the key is not sent
  bool claim = false;             // wait until the owner has added the camera
  std::string ca_file;            // empty: the machine's certificate authorities
  SourceKind source = SourceKind::scene;
  std::filesystem::path folder;
  bool loop = false;
  std::string device;
  SceneOptions scene;
  std::int64_t interval_ms = 60'000;
  std::optional<std::uint64_t> count;
  std::optional<std::int64_t> patience_ms;
  std::int64_t heartbeat_ms = 0;                    // 0: only to tell what came of orders
  std::int64_t trial_ms = 600'000;                  // of settings, and of a new program
  std::vector<protocol::Ed25519Key> firmware_keys;  // whose programs are taken; empty: nobody's
  int cameras = 1;
  std::filesystem::path spool;  // one folder per camera below it
  std::uint64_t max_spool_bytes = 0;
  bool json = false;
  bool link = false;  // can be watched live, where the server knows how

  bool takes_updates() const { return !firmware_keys.empty(); }
  // Where the programs are that come with updates.
  std::filesystem::path slots() const { return spool / "firmware"; }

  const std::string& key_of(int camera) const {
    return keys[keys.size() == 1 ? 0 : static_cast<std::size_t>(camera)];
  }
};

// Throws UsageError. None: --help or --version was all that was asked for, and has been printed.
std::optional<Options> parse_options(int argc, const char* const* argv);

}  // namespace heliograph::firmware
