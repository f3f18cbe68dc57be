// What heliograph-cam was asked to do.
#pragma once

#include "firmware/core/upload_request.hpp"
#include "firmware/linux/scene_source.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace heliograph::firmware {

// The address that --server gave, taken apart. Owns the texts of a Server.
struct ServerAddress {
  bool tls = true;
  std::string host;
  std::uint16_t port = 443;
  std::string base_path;
};

// https://photos.example.org, http://192.168.1.10:8080/cameras. Throws UsageError for anything else.
ServerAddress parse_server(const std::string& url);

// A sentence for the person who called.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class SourceKind { scene, folder, webcam };

struct Options {
  ServerAddress server;
  std::vector<std::string> keys;  // one for all cameras, or one for each
  std::string ca_file;            // empty: the machine's certificate authorities
  SourceKind source = SourceKind::scene;
  std::filesystem::path folder;
  bool loop = false;
  std::string device;
  SceneOptions scene;
  std::int64_t interval_ms = 60'000;
  std::optional<std::uint64_t> count;
  std::optional<std::int64_t> patience_ms;
  int cameras = 1;
  std::filesystem::path spool;  // one folder per camera below it
  std::uint64_t max_spool_bytes = 0;
  bool json = false;

  const std::string& key_of(int camera) const {
    return keys[keys.size() == 1 ? 0 : static_cast<std::size_t>(camera)];
  }
};

// Throws UsageError. Exits with 0 after --help and --version, as command line programs do.
Options parse_options(int argc, const char* const* argv);

}  // namespace heliograph::firmware
