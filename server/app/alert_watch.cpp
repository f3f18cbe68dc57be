#include "server/app/alert_watch.hpp"

#include "server/app/server_problems.hpp"
#include "server/cameras/problems.hpp"
#include "server/catalog/push.hpp"
#include "server/catalog/sign_ins.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace heliograph::app {
namespace {

using cameras::AlertNews;
using cameras::AlertStep;
using cameras::Wrong;

// What opened or ended a moment ago, and of cameras that are there still.
std::vector<AlertNews> news_of(std::span<const catalog::NamedAlert> alerts, const std::set<AlertId>& fresh,
                               const std::set<CameraId>& there) {
  std::vector<AlertNews> news;
  for (const auto& [alert, camera_name] : alerts) {
    const auto kind = cameras::parse_alert_kind(alert.kind);
    if (!kind || (alert.camera && !there.contains(*alert.camera))) continue;
    const Timestamp at = alert.closed_at.value_or(alert.opened_at.value_or(alert.wrong_since));
    news.push_back({alert.camera, camera_name, *kind, alert.detail, alert.closed_at.has_value(), at,
                    fresh.contains(alert.id)});
  }
  return news;
}

}  // namespace

std::vector<AlertNews> news_for(const accounts::Visitor& visitor, std::span<const std::string> kinds,
                                std::span<const AlertNews> news) {
  std::vector<AlertNews> seen;
  std::ranges::copy_if(news, std::back_inserter(seen), [&](const AlertNews& one) {
    const bool wanted = std::ranges::find(kinds, cameras::to_string(one.kind)) != kinds.end();
    return wanted && (one.camera ? visitor.may(accounts::Right::view, *one.camera)
                                 : visitor.may(accounts::Right::administer));
  });
  return seen;
}

void AlertWatch::look() {
  server_.post([this] {
    const auto linked = links_.cameras();
    catalogs_.post([this, linked = std::set(linked.begin(), linked.end())](catalog::Catalog& catalog) {
      if (auto looked = look_at(catalog, linked); !looked) {
        log_.warning("it was not looked what needs somebody", {{"why", looked.error().detail}});
      }
      push_.pump();
    });
  });
}

Result<void> AlertWatch::look_at(catalog::Catalog& catalog, const std::set<CameraId>& linked) {
  const Timestamp now = clock_.now();
  catalog::Alerts alerts(catalog);
  std::set<CameraId> there;
  const auto wrong = find_wrong(catalog, linked, there, now);
  if (!wrong) return wrong.error();
  const auto unfinished = alerts.unfinished();
  if (!unfinished) return unfinished.error();
  const auto steps = next_alert_steps(*unfinished, *wrong, there, now);
  Result<void> done;
  // An alert and what is told of it are kept together, or neither.
  const auto kept = catalog.together([&] {
    const auto fresh = carry_out(catalog, steps, now);
    done = fresh ? tell(catalog, *fresh, there, now) : Result<void>(fresh.error());
  });
  if (!done) return done;
  if (!kept) return kept;
  const auto old = alerts.remove_closed_before(now - cameras::alert_life);
  if (!old) return old.error();
  return {};
}

Result<std::vector<Wrong>> AlertWatch::find_wrong(catalog::Catalog& catalog, const std::set<CameraId>& linked,
                                                  std::set<CameraId>& there, Timestamp now) {
  const auto listening = catalog::Alerts(catalog).listen(now, cameras::longest_deafness);
  if (!listening) return listening.error();
  auto conditions = cameras::read_conditions(catalog, now);
  if (!conditions) return conditions.error();
  const auto disk = space_.look();
  auto wrong = wrong_with_server(disk ? std::optional(*disk) : std::nullopt, server_.certificate(), now);
  for (cameras::CameraOverview& camera : *conditions) {
    const CameraId id = camera.summary.camera.id;
    there.insert(id);
    if (linked.contains(id)) camera.presence.found = {cameras::Presence::online, std::nullopt};
    for (cameras::Problem& problem : problems_of(camera, now)) {
      const bool certain =
          problem.kind != cameras::AlertKind::silent || could_be_heard(camera.presence, *listening, now);
      wrong.push_back({id, problem.kind, std::move(problem.detail), certain});
    }
  }
  return wrong;
}

Result<AlertWatch::Fresh> AlertWatch::carry_out(catalog::Catalog& catalog, std::span<const AlertStep> steps,
                                                Timestamp now) {
  using What = AlertStep::What;
  catalog::Alerts alerts(catalog);
  Fresh fresh;
  for (const AlertStep& step : steps) {
    const AlertId id = step.alert.value_or(AlertId{});
    const auto done = [&]() -> Result<void> {
      switch (step.what) {
        case What::watch: {
          const auto watched =
              alerts.watch({ids_.next<AlertId>(), step.wrong->camera,
                            std::string(to_string(step.wrong->kind)), step.wrong->detail, now});
          if (!watched) return watched.error();
          return {};
        }
        case What::forget:
          return alerts.forget(id);
        case What::doubt:
          return alerts.set_right_since(id, now);
        case What::resume:
          return alerts.set_right_since(id, std::nullopt);
        case What::open:
        case What::close:
        case What::drop:
          break;
      }
      const auto ours =
          step.what == What::open ? alerts.open(id, step.wrong->detail, now) : alerts.close(id, now);
      if (!ours) return ours.error();
      if (*ours && step.what != What::drop) fresh.insert(id);
      return {};
    }();
    if (!done) return done.error();
  }
  return fresh;
}

Result<void> AlertWatch::tell(catalog::Catalog& catalog, const Fresh& fresh, const std::set<CameraId>& there,
                              Timestamp now) {
  if (fresh.empty()) return {};
  const auto alerts = catalog::Alerts(catalog).news(now - cameras::burst_window);
  if (!alerts) return alerts.error();
  const auto news = news_of(*alerts, fresh, there);
  for (const AlertNews& one : news) {
    if (!one.fresh) continue;
    log_.info(one.over ? "an alert is over" : "something needs somebody",
              {{"kind", cameras::to_string(one.kind)}, {"camera", one.camera_name}, {"what", one.detail}});
  }
  catalog::Push push(catalog);
  const auto browsers = push.all();
  if (!browsers) return browsers.error();
  std::map<PersonId, accounts::Visitor> people;
  for (const catalog::PushSubscription& browser : *browsers) {
    if (!people.contains(browser.person)) {
      const auto visit = catalog::SignIns(catalog).visit(browser.person);
      if (!visit) return visit.error();
      people.emplace(browser.person, accounts::visitor_of(*visit));
    }
    const auto seen = news_for(people.at(browser.person), browser.kinds, news);
    for (const cameras::AlertMessage& message : cameras::messages_of(seen)) {
      const auto queued = push.enqueue({ids_.next<PushMessageId>(), browser.id, message.topic,
                                        cameras::to_json(message), !message.over, now});
      if (!queued) return queued.error();
    }
  }
  return {};
}

}  // namespace heliograph::app
