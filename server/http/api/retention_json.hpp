// Rules of retention and what they do, in JSON: the schemas of api/openapi.yaml. Pure.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/http/json.hpp"
#include "server/jobs/retention.hpp"
#include "server/jobs/storage_report.hpp"
#include "server/store/space.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace heliograph::http {

// Bytes of a rule in JSON: five short members, and room for spaces.
inline constexpr std::uint64_t max_rule_bytes = 4096;

// bad_request, in words: no JSON, no object, a member that there is not, a value that is no whole number.
// Whether the rule makes sense is the catalog's to say.
Result<catalog::RetentionRule> read_rule(std::string_view json);

void write_rule(JsonWriter& json, const catalog::RetentionRule& rule);
// The common rule, null when there is none, and those that cameras have of their own.
void write_rules(JsonWriter& json, const std::optional<catalog::RetentionRule>& common,
                 std::span<const catalog::Holding> holdings);

// What would go, or went. `names`: of the cameras.
void write_summary(JsonWriter& json, const jobs::RetentionSummary& summary,
                   const std::map<CameraId, std::string>& names);

// `trash_life`: how long the trash keeps; none: what it holds is not told.
void write_storage(JsonWriter& json, const store::SpaceWatch::Look& look, const jobs::StorageReport& report,
                   std::optional<std::chrono::days> trash_life);

}  // namespace heliograph::http
