#include "server/ingest/fsck_state.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace heliograph::ingest {
namespace {

namespace json = boost::json;

// Of the text. Another version's is no use: what it counted may be counted otherwise now.
constexpr std::int64_t version = 1;

std::optional<Fault> fault_from(std::string_view text) {
  const auto* const found = std::ranges::find(all_faults, text, [](Fault fault) { return to_string(fault); });
  if (found == std::end(all_faults)) return std::nullopt;
  return *found;
}

// Reads fields of an object; remembers when one was not there or of another type.
class Reader {
 public:
  explicit Reader(const json::value& value) : object_(value.if_object()), good_(object_ != nullptr) {}

  std::int64_t integer(std::string_view name) {
    return read<std::int64_t>(name, [](const json::value& value) { return value.if_int64(); });
  }
  bool truth(std::string_view name) {
    return read<bool>(name, [](const json::value& value) { return value.if_bool(); });
  }
  std::string text(std::string_view name) {
    return std::string(read<json::string>(name, [](const json::value& value) { return value.if_string(); }));
  }
  json::array array(std::string_view name) {
    return read<json::array>(name, [](const json::value& value) { return value.if_array(); });
  }
  bool good() const { return good_; }

 private:
  template <class Value, class If>
  Value read(std::string_view name, If if_of_type) {
    const json::value* const found = good_ ? object_->if_contains(name) : nullptr;
    const Value* const typed = found != nullptr ? if_of_type(*found) : nullptr;
    good_ = typed != nullptr;
    return good_ ? *typed : Value{};
  }

  const json::object* object_;
  bool good_;
};

std::optional<Finding> read_finding(const json::value& value) {
  Reader reader(value);
  const auto fault = fault_from(reader.text("fault"));
  Finding finding{fault.value_or(Fault::stray_file), reader.text("what"), reader.truth("repaired")};
  if (!reader.good() || !fault) return std::nullopt;
  return finding;
}

}  // namespace

std::string_view to_string(Fault fault) {
  switch (fault) {
    case Fault::file_missing:
      return "file-missing";
    case Fault::file_damaged:
      return "file-damaged";
    case Fault::file_without_row:
      return "file-without-row";
    case Fault::stray_file:
      return "stray-file";
    case Fault::quarantine_wrong:
      return "quarantine-wrong";
    case Fault::counts_wrong:
      return "counts-wrong";
    case Fault::database_damaged:
      break;
  }
  return "database-damaged";
}

std::string to_text(const FsckState& state) {
  const FsckReport& report = state.report;
  json::array findings;
  for (const Finding& finding : report.findings) {
    findings.push_back(
        {{"fault", to_string(finding.fault)}, {"what", finding.what}, {"repaired", finding.repaired}});
  }
  return json::serialize(json::value{{"version", version},
                                     {"repair", state.repair},
                                     {"last", state.last.value},
                                     {"images", state.checked.images},
                                     {"bytes", state.checked.bytes},
                                     {"times_of_day", state.checked.times_of_day},
                                     {"images_checked", report.images_checked},
                                     {"faults", report.faults},
                                     {"repaired", report.repaired},
                                     {"thumbnails_missing", report.thumbnails.missing},
                                     {"thumbnails_stale", report.thumbnails.stale},
                                     {"findings", std::move(findings)}});
}

std::optional<FsckState> parse_fsck_state(std::string_view text) {
  json::error_code wrong;
  json::parse_options options;
  options.allow_invalid_utf8 = true;  // a file's name may be any bytes
  const json::value value = json::parse(text, wrong, {}, options);
  if (wrong) return std::nullopt;
  Reader reader(value);
  FsckState state;
  const bool ours = reader.integer("version") == version;
  state.repair = reader.truth("repair");
  state.last = ImageId{reader.integer("last")};
  state.checked = {reader.integer("images"), reader.integer("bytes"), reader.integer("times_of_day")};
  FsckReport& report = state.report;
  report.images_checked = reader.integer("images_checked");
  report.faults = reader.integer("faults");
  report.repaired = reader.integer("repaired");
  report.thumbnails.missing = reader.integer("thumbnails_missing");
  report.thumbnails.stale = reader.integer("thumbnails_stale");
  for (const json::value& entry : reader.array("findings")) {
    auto finding = read_finding(entry);
    if (!finding || report.findings.size() == max_findings) return std::nullopt;
    report.findings.push_back(std::move(*finding));
  }
  if (!ours || !reader.good()) return std::nullopt;
  return state;
}

bool may_go_on(const FsckState& state, bool repair, const catalog::ImageSum& now) {
  return state.repair == repair && state.checked == now;
}

}  // namespace heliograph::ingest
