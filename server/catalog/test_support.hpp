// For the catalog's tests: each runs on SQLite and on PostgreSQL, on a database of its own.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace heliograph::catalog {

enum class Engine { sqlite, postgres };

// An empty database that nobody else has. Of a PostgreSQL server that is started when it is first needed, and
// ends with the program.
std::string fresh_database(Engine engine);

// Ends all connections to that server and starts it again.
void restart_postgres();

class OnEachEngine : public testing::TestWithParam<Engine> {
 protected:
  // Another connection to the test's database.
  Catalog connect() const { return Catalog::open(options()).value(); }
  std::unique_ptr<Db> connect_below() const;
  OpenOptions options() const { return {.database = database_, .durability = Durability::at_sync}; }
  void use_another_database() { database_ = fresh_database(GetParam()); }

 private:
  std::string database_ = fresh_database(GetParam());
};

// The noon all tests' pictures are taken after.
inline constexpr Timestamp noon = from_ms(1'795'348'800'000);  // 2026-11-22T12:00:00Z

inline const Camera orchard{CameraId{1}, "Orchard north", "orchard-north", noon};
inline const Camera greenhouse{CameraId{2}, "Greenhouse", "greenhouse", noon};

Sha256Digest hash_of(std::string_view text);

// An image of the orchard without a sender's name: taken `id` seconds after noon, received a second later,
// with bytes that no other id has, but always so many.
inline constexpr std::int64_t picture_bytes = 100'000;
NewImage picture(std::int64_t id);
// What the histogram says of an hour with so many of them.
HourCount pictures_in(Timestamp hour, std::int64_t images);
protocol::Telemetry battery(std::int64_t battery_mv);
NewImage named_picture(std::int64_t id, std::string boot, std::int64_t sequence);

// Adds one image, and says what became of it.
AddResult add(Catalog& catalog, const NewImage& image);

// Adds the two cameras above.
void add_cameras(Catalog& catalog);

}  // namespace heliograph::catalog

// Runs a suite derived from OnEachEngine on both.
#define HELIOGRAPH_ON_EACH_ENGINE(suite)                                                                    \
  INSTANTIATE_TEST_SUITE_P(                                                                                 \
      , suite, testing::Values(heliograph::catalog::Engine::sqlite, heliograph::catalog::Engine::postgres), \
      [](const auto& engine) {                                                                              \
        return engine.param == heliograph::catalog::Engine::sqlite ? "sqlite" : "postgres";                 \
      })
