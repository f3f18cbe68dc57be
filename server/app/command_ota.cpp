// `heliograph ota`: the owner's half of firmware releases. Needs no server, no configuration and no network.
#include "server/app/command.hpp"
#include "server/cameras/signed_image.hpp"
#include "server/cameras/signing.hpp"
#include "server/http/json.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <unistd.h>

namespace heliograph::app {
namespace {

struct Typed {
  std::string image;
  std::string key;
  std::string out;
  cameras::ManifestWish wish;
};
using Verb = Result<void> (*)(const Globals& globals, const Typed& typed);

Result<std::string> read_file(const std::string& path, std::uint64_t most) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(most) + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.is_open() || file.bad()) return error_from_errno(errno, "read " + path);
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() <= most) return bytes;
  return Error{ErrorKind::too_large, path + " has more than " + std::to_string(most) + " bytes"};
}

// Never over something that is there: what is lost with a key is every camera's next update.
Result<void> write_new_file(const std::string& path, std::span<const std::string_view> parts, mode_t mode) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) return error_from_errno(errno, "make " + path);
  bool well = true;
  for (std::string_view part : parts) {
    while (well && !part.empty()) {
      const ssize_t written = ::write(descriptor, part.data(), part.size());
      well = written > 0;
      if (well) part.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  well = well && ::fsync(descriptor) == 0;
  const int why = errno;
  ::close(descriptor);
  if (well) return {};
  ::unlink(path.c_str());
  return error_from_errno(why, "write " + path);
}

Result<void> keygen(const Globals& globals, const Typed& typed) {
  const cameras::SigningKey key = cameras::make_signing_key();
  const std::string text = cameras::write_signing_key(key);
  const std::string_view parts[] = {text};
  if (auto written = write_new_file(typed.out, parts, 0600); !written) return written;
  const std::string shown = cameras::hex_of(key.public_key);
  if (globals.json) {
    http::JsonWriter json;
    json.object([&] {
      json.field("file", typed.out);
      json.field("public_key", shown);
    });
    std::printf("%s\n", json.text().c_str());
    return {};
  }
  std::printf(
      "The key is in %s. Keep it off the server, and a copy where a fire does not reach it: without it no\n"
      "camera that trusts it takes a program any more.\n\nCameras are told this half of it:\n"
      "  heliograph-cam --firmware-key %s\n",
      typed.out.c_str(), shown.c_str());
  return {};
}

Result<void> sign(const Globals& globals, const Typed& typed) {
  const auto text = read_file(typed.key, protocol::max_manifest);
  if (!text) return text.error();
  const auto key = cameras::read_signing_key(*text);
  if (!key) return Error{key.error().kind, typed.key + ": " + key.error().detail};
  const auto image = read_file(typed.image, protocol::max_image_bytes);
  if (!image) return image.error();
  const auto manifest = cameras::sign_image(
      {reinterpret_cast<const std::uint8_t*>(image->data()), image->size()}, typed.wish, *key);
  if (!manifest) return manifest.error();
  const std::string out = typed.out.empty() ? typed.image + ".signed" : typed.out;
  const std::string_view parts[] = {*manifest, *image};
  if (auto written = write_new_file(out, parts, 0644); !written) return written;
  if (globals.json) {
    http::JsonWriter json;
    json.object([&] { json.field("file", out); });
    std::printf("%s\n", json.text().c_str());
  } else {
    std::printf("%s\nIt is %s. On the server: heliograph firmware add %s\n", manifest->c_str(), out.c_str(),
                out.c_str());
  }
  return {};
}

// What a signed image says, and whether it is whole and signed by the key that it names.
Result<void> show(const Globals& globals, const Typed& typed) {
  const auto bytes = read_file(typed.image, cameras::max_signed_image);
  if (!bytes) return bytes.error();
  cameras::SignedImage image;
  const auto fed = image.feed({reinterpret_cast<const std::uint8_t*>(bytes->data()), bytes->size()});
  if (!fed) return fed;
  const auto release = image.finish();
  if (!release) return release.error();
  if (globals.json) {
    http::JsonWriter json;
    json.object([&] {
      json.field("model", release->model);
      json.field("version", release->version);
      json.field("security", release->security);
      json.field("downgrade", release->downgrade);
      json.field("size_bytes", release->size_bytes);
      json.field("sha256", to_hex(release->sha256));
      json.field("key", cameras::hex_of(release->public_key));
    });
    std::printf("%s\n", json.text().c_str());
  } else {
    protocol::Manifest manifest;
    protocol::read_manifest(*bytes, manifest);
    std::printf("%sThe image is whole, and signed by the key that stands there.\n",
                std::string(manifest.text).c_str());
  }
  return {};
}

Exit run(const Globals& globals, Verb verb, const Typed& typed) {
  const auto done = verb(globals, typed);
  return done ? Exit::ok : fail(globals, done.error());
}

Command keygen_command(const Globals& globals) {
  const auto typed = std::make_shared<Typed>();
  typed->out = "firmware.key";
  return {
      .name = "keygen",
      .help = "Make the key that signs, and show the half that cameras get",
      .options = {{"--out", &typed->out, "Where it is kept; must not be there yet", {.shows_default = true}}},
      .run = [&globals, typed] { return run(globals, keygen, *typed); }};
}

Command sign_command(const Globals& globals) {
  const auto typed = std::make_shared<Typed>();
  cameras::ManifestWish& wish = typed->wish;
  return {.name = "sign",
          .help = "Sign an image: makes one file of manifest and image",
          .options =
              {
                  {"IMAGE", &typed->image, "The program", {.required = true}},
                  {"--model",
                   &wish.model,
                   "What it runs on, as its cameras say it of themselves",
                   {.required = true}},
                  {"--version",
                   &wish.version,
                   "Three numbers, such as 1.4.0; as the program says itself",
                   {.required = true}},
                  {"--key", &typed->key, "The file that keygen made", {.required = true}},
                  {"--security",
                   &wish.security,
                   "Raise it when nothing before may ever run again: cameras then take nothing below",
                   {.shows_default = true}},
                  {"--allow-downgrade", &wish.downgrade,
                   "It may take the place of a greater version; never of a greater security number"},
                  {"--out", &typed->out, "Where to; default: IMAGE.signed"},
              },
          .run = [&globals, typed] { return run(globals, sign, *typed); }};
}

Command show_command(const Globals& globals) {
  const auto typed = std::make_shared<Typed>();
  return {.name = "show",
          .help = "Check a signed image, and show its manifest",
          .options = {{"FILE", &typed->image, "What sign made", {.required = true}}},
          .run = [&globals, typed] { return run(globals, show, *typed); }};
}

}  // namespace

Command ota_command(const Globals& globals) {
  return {.name = "ota",
          .help = "Sign programs for cameras, anywhere but on the server",
          .footer =
              "Once:        heliograph ota keygen --out fleet.key\n"
              "Each time:   heliograph ota sign firmware.bin --model t-sim7600-mega --version 1.4.0 --key "
              "fleet.key\n"
              "             heliograph firmware add firmware.bin.signed      on the server\n"
              "docs/firmware-releases.md tells what cameras make of it.",
          .commands = {keygen_command(globals), sign_command(globals), show_command(globals)}};
}

}  // namespace heliograph::app
