#include "server/http/api/retention_json.hpp"

#include <algorithm>
#include <iterator>

#include <boost/json.hpp>

namespace heliograph::http {
namespace {

using catalog::RetentionRule;

struct Member {
  const char* name;
  std::optional<std::int64_t> RetentionRule::* value;
};
constexpr Member members[] = {{"keep_days", &RetentionRule::keep_days},
                              {"keep_bytes", &RetentionRule::keep_bytes},
                              {"keep_images", &RetentionRule::keep_images},
                              {"all_days", &RetentionRule::all_days},
                              {"hourly_days", &RetentionRule::hourly_days}};

std::optional<std::int64_t> ms(const std::optional<Timestamp>& time) {
  if (!time) return std::nullopt;
  return to_ms(*time);
}

void write_sum(JsonWriter& json, const jobs::RetentionSummary::Sum& sum) {
  json.field("images", sum.images);
  json.field("bytes", sum.bytes);
  json.field("oldest", ms(sum.oldest));
  json.field("newest", ms(sum.newest));
}

std::string_view to_string(jobs::Outlook outlook) {
  switch (outlook) {
    case jobs::Outlook::unknown:
      return "unknown";
    case jobs::Outlook::steady:
      return "steady";
    case jobs::Outlook::distant:
      return "distant";
    case jobs::Outlook::filling:
      break;
  }
  return "filling";
}

void write_trash(JsonWriter& json, std::span<const catalog::TrashHolding> trash, std::chrono::days life) {
  std::int64_t images = 0;
  std::int64_t bytes = 0;
  std::optional<Timestamp> first;
  std::optional<Timestamp> last;
  for (const catalog::TrashHolding& holding : trash) {
    images += holding.images;
    bytes += holding.bytes;
    first = std::min(first.value_or(holding.first), holding.first);
    last = std::max(last.value_or(holding.last), holding.last);
  }
  json.object([&] {
    json.field("keep_days", life.count());
    json.field("images", images);
    json.field("bytes", bytes);
    json.field("first_goes_at", first ? ms(*first + life) : std::nullopt);
    json.field("last_goes_at", last ? ms(*last + life) : std::nullopt);
    json.key("cameras").array([&] {
      for (const catalog::TrashHolding& holding : trash) {
        json.object([&] {
          json.field("id", heliograph::to_string(holding.camera));
          json.field("images", holding.images);
          json.field("bytes", holding.bytes);
        });
      }
    });
  });
}

}  // namespace

Result<RetentionRule> read_rule(std::string_view json) {
  boost::system::error_code failed;
  const boost::json::value value = boost::json::parse({json.data(), json.size()}, failed);
  if (failed || !value.is_object()) return Error{ErrorKind::bad_request, "a rule is a JSON object"};
  RetentionRule rule;
  for (const auto& [name, content] : value.get_object()) {
    const auto* member =
        std::ranges::find(members, std::string_view(name.data(), name.size()), &Member::name);
    if (member == std::end(members)) {
      return Error{ErrorKind::bad_request,
                   "a rule has no `" + std::string(name.data(), name.size()) +
                       "`; it has keep_days, keep_bytes, keep_images, all_days, hourly_days"};
    }
    if (content.is_null()) continue;
    if (!content.is_int64()) {
      return Error{ErrorKind::bad_request,
                   std::string("`") + member->name + "` must be a whole number or null"};
    }
    rule.*(member->value) = content.get_int64();
  }
  return rule;
}

void write_rule(JsonWriter& json, const RetentionRule& rule) {
  json.object([&] {
    for (const Member& member : members) json.field(member.name, rule.*(member.value));
  });
}

void write_rules(JsonWriter& json, const std::optional<RetentionRule>& common,
                 std::span<const catalog::Holding> holdings) {
  json.object([&] {
    json.key("rule");
    if (common) {
      write_rule(json, *common);
    } else {
      json.value(nullptr);
    }
    json.key("cameras").array([&] {
      for (const catalog::Holding& holding : holdings) {
        if (!holding.rule) continue;
        json.object([&] {
          json.field("id", heliograph::to_string(holding.camera.id));
          json.field("name", holding.camera.name);
          json.key("rule");
          write_rule(json, *holding.rule);
        });
      }
    });
  });
}

void write_summary(JsonWriter& json, const jobs::RetentionSummary& summary,
                   const std::map<CameraId, std::string>& names) {
  write_sum(json, summary.total);
  json.key("reasons").object([&] {
    for (std::size_t i = 0; i < jobs::reason_count; ++i) {
      json.field(jobs::to_string(static_cast<jobs::Reason>(i)), summary.reasons[i]);
    }
  });
  json.key("cameras").array([&] {
    for (const auto& [camera, sum] : summary.cameras) {
      json.object([&] {
        json.field("id", heliograph::to_string(camera));
        const auto name = names.find(camera);
        json.field("name", name != names.end() ? std::string_view(name->second) : std::string_view());
        write_sum(json, sum);
      });
    }
  });
}

void write_storage(JsonWriter& json, const store::SpaceWatch::Look& look, const jobs::StorageReport& report,
                   std::optional<std::chrono::days> trash_life) {
  std::int64_t images = 0;
  std::int64_t bytes = 0;
  for (const catalog::Holding& holding : report.holdings) {
    images += holding.images;
    bytes += holding.bytes;
  }
  const jobs::Forecast& forecast = report.forecast;
  json.object([&] {
    json.field("size_bytes", look.space.total_bytes);
    json.field("free_bytes", look.space.free_bytes);
    json.field("level", store::to_string(look.level));
    json.field("low_bytes", look.marks.low_bytes);
    json.field("reserve_bytes", look.marks.reserve_bytes);
    json.field("images", images);
    json.field("image_bytes", bytes);
    json.key("forecast").object([&] {
      json.field("outlook", to_string(forecast.outlook));
      json.field("bytes_per_day", forecast.bytes_per_day);
      json.field("full_in_days", forecast.days);
      json.field("earliest_days", forecast.earliest_days);
      json.field("latest_days", forecast.latest_days);
    });
    json.key("trash");
    if (trash_life) {
      write_trash(json, report.trash, *trash_life);
    } else {
      json.value(nullptr);
    }
    json.key("cameras").array([&] {
      for (const catalog::Holding& holding : report.holdings) {
        const auto per_day = report.bytes_per_day.find(holding.camera.id);
        json.object([&] {
          json.field("id", heliograph::to_string(holding.camera.id));
          json.field("name", holding.camera.name);
          json.field("removed", holding.removed);
          json.field("images", holding.images);
          json.field("bytes", holding.bytes);
          json.field("bytes_per_day",
                     per_day == report.bytes_per_day.end() ? std::nullopt : std::optional(per_day->second));
        });
      }
    });
  });
}

}  // namespace heliograph::http
