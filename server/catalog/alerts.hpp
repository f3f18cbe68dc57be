// What needs somebody, or did.
#pragma once

#include "server/catalog/catalog.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::catalog {

// A problem from when it was first seen. It is an alert once it is open.
struct Alert {
  AlertId id;
  std::optional<CameraId> camera;  // none: of the server itself
  std::string kind;
  std::string detail;
  Timestamp wrong_since;
  std::optional<Timestamp> opened_at{};
  std::optional<Timestamp> right_since{};
  std::optional<Timestamp> closed_at{};

  friend bool operator==(const Alert&, const Alert&) = default;
};

// With what its camera is called.
struct NamedAlert {
  Alert alert;
  std::string camera_name;  // empty: it has none

  friend bool operator==(const NamedAlert&, const NamedAlert&) = default;
};

// Where a page of alerts ends; the next one starts behind it.
struct AlertPageKey {
  Timestamp opened_at;
  AlertId id;

  friend bool operator==(const AlertPageKey&, const AlertPageKey&) = default;
};
struct AlertQuery {
  std::optional<CameraId> camera{};
  std::optional<PersonId> seen_by{};  // only of the cameras in their groups; none: of every camera …
  bool of_the_server = false;         // … and of the server itself
  std::optional<bool> open{};         // none: over or not
  std::optional<AlertPageKey> after{};
  int limit = 100;  // 1 … max_page
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there. Of several
// who do the same at once, one does it: that one is told true.
class Alerts {
 public:
  explicit Alerts(Catalog& catalog) : db_(*catalog.db_) {}

  // Open or not, but not over.
  Result<std::vector<Alert>> unfinished();
  // Newest first by (opened_at, id); those that were opened.
  Result<std::vector<NamedAlert>> page(const AlertQuery& query);
  // That were opened or closed at or after `since`, in order of id.
  Result<std::vector<NamedAlert>> news(Timestamp since);

  // A problem that was not there. False: it is known.
  Result<bool> watch(const Alert& alert);
  Result<bool> open(AlertId id, const std::string& detail, Timestamp now);
  Result<bool> close(AlertId id, Timestamp now);
  // Since when it seems to be over; none: it does not.
  Result<void> set_right_since(AlertId id, std::optional<Timestamp> since);
  // One that was never opened.
  Result<void> forget(AlertId id);
  // How many went.
  Result<std::int64_t> remove_closed_before(Timestamp at);

  // Somebody hears cameras now. Since when that has been so, without a break longer than `longest_break`.
  Result<Timestamp> listen(Timestamp now, std::chrono::milliseconds longest_break);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
