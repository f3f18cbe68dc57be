#include "server/catalog/test_support.hpp"

#include "server/catalog/postgres_db.hpp"
#include "server/catalog/sqlite_db.hpp"
#include "tests/support/postgres_server.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace heliograph::catalog {
namespace {

namespace fs = std::filesystem;

fixtures::PostgresServer& postgres() {
  static fixtures::PostgresServer server;
  return server;
}

// A directory that ends with the program.
class Directory {
 public:
  Directory() {
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make " + path_);
  }
  ~Directory() {
    std::error_code stays;  // then it stays
    fs::remove_all(path_, stays);
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  fs::path file(const std::string& name) const { return fs::path(path_) / name; }

 private:
  std::string path_ = (fs::temp_directory_path() / "heliograph-catalog-XXXXXX").string();
};

}  // namespace

std::string fresh_database(Engine engine) {
  if (engine == Engine::postgres) return postgres().create_database();
  static const Directory directory;
  static int count = 0;
  return directory.file("catalog" + std::to_string(++count) + ".sqlite");
}

void restart_postgres() {
  postgres().restart();
}

std::unique_ptr<Db> OnEachEngine::connect_below() const {
  auto db = GetParam() == Engine::postgres ? open_postgres(database_) : open_sqlite(options());
  return std::move(db).value();
}

Sha256Digest hash_of(std::string_view text) {
  return sha256(text);
}

NewImage picture(std::int64_t id) {
  const Timestamp captured_at = noon + std::chrono::seconds(id);
  return {.image = {.id = ImageId{id},
                    .camera = orchard.id,
                    .captured_at = captured_at,
                    .received_at = captured_at + std::chrono::seconds(1),
                    .sender = {},
                    .sha256 = hash_of("picture " + std::to_string(id)),
                    .size_bytes = picture_bytes,
                    .width = 2048,
                    .height = 1536},
          .telemetry = {}};
}

HourCount pictures_in(Timestamp hour, std::int64_t images) {
  return {hour, images, images * picture_bytes};
}

protocol::Telemetry battery(std::int64_t battery_mv) {
  protocol::Telemetry telemetry;
  telemetry.battery_mv = battery_mv;
  return telemetry;
}

NewImage named_picture(std::int64_t id, std::string boot, std::int64_t sequence) {
  NewImage named = picture(id);
  named.image.sender = SenderName{std::move(boot), sequence};
  return named;
}

AddResult add(Catalog& catalog, const NewImage& image) {
  return catalog.add_images({&image, 1}).value().front();
}

void add_cameras(Catalog& catalog) {
  catalog.add_camera(orchard, hash_of("orchard's key")).value();
  catalog.add_camera(greenhouse, hash_of("greenhouse's key")).value();
}

}  // namespace heliograph::catalog
