#include "server/app/push_delivery.hpp"

#include "server/http/api/push_key.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace heliograph::app {
namespace {

// The catalog keeps bytes of a length that it checks.
template <class Array>
Array array_of(const std::vector<std::uint8_t>& bytes) {
  Array array{};
  std::ranges::copy_n(bytes.begin(), static_cast<std::ptrdiff_t>(std::min(bytes.size(), array.size())),
                      array.begin());
  return array;
}

outbound::P256Key key_of(const catalog::PushKey& key) {
  return {array_of<outbound::P256Secret>(key.secret), array_of<outbound::P256Point>(key.point)};
}

}  // namespace

std::optional<Timestamp> next_try(const catalog::PushMessage& message, std::chrono::seconds wish,
                                  Timestamp now) {
  constexpr int most_doublings = 6;
  const auto doubled = first_pause * (1 << std::clamp(message.attempts - 1, 0, most_doublings));
  const auto pause = std::max<std::chrono::seconds>(std::min(doubled, longest_pause), wish);
  if (now + pause >= message.created_at + push_life) return std::nullopt;
  return now + pause;
}

PushDelivery::PushDelivery(const PushConfig& config, http::CatalogPool& catalogs, const Clock& clock,
                           Log& log)
    : config_(config),
      catalogs_(catalogs),
      clock_(clock),
      log_(log),
      http_(config.ca_file),
      worker_("push", 1, max_waiting_pushes) {}

http::PushOut PushDelivery::services() {
  return {worker_, config_.services,
          [this](const catalog::PushSubscription& to, const catalog::PushKey& key,
                 const outbound::PushMessage& message) { return send(to, key, message); }};
}

outbound::PushAnswer PushDelivery::send(const catalog::PushSubscription& to, const catalog::PushKey& key,
                                        const outbound::PushMessage& message) {
  const outbound::Subscriber subscriber{to.endpoint, array_of<outbound::P256Point>(to.p256dh),
                                        array_of<outbound::PushSecret>(to.auth)};
  const outbound::PushSender sender{key_of(key), config_.contact.empty() ? to.origin : config_.contact};
  const auto request = outbound::push_request(subscriber, sender, message, clock_.now());
  if (!request) return {outbound::PushOutcome::refused, std::nullopt, request.error().detail, {}};
  auto answer = outbound::read_push_answer(http_.send(*request));
  using enum outbound::PushOutcome;
  auto& counter = answer.outcome == taken   ? counters_.taken
                  : answer.outcome == gone  ? counters_.gone
                  : answer.outcome == later ? counters_.put_off
                                            : counters_.refused;
  ++counter;
  return answer;
}

void PushDelivery::pump() {
  if (sending_ || stopped_) return;
  catalogs_.post([this](catalog::Catalog& catalog) {
    if (sending_.exchange(true)) return;
    catalog::Push push(catalog);
    const Timestamp now = clock_.now();
    auto batch = push.claim(now, now + push_lease, push_batch);
    if (!batch) log_.warning("what browsers are to be told was not read", {{"why", batch.error().detail}});
    const bool begun = batch && !batch->empty() && begin(catalog, std::move(*batch));
    if (!begun) sending_ = false;
  });
}

bool PushDelivery::begin(catalog::Catalog& catalog, Batch batch) {
  const auto key = http::push_key(catalog);
  if (!key) log_.warning("there is no key for push services", {{"why", key.error().detail}});
  return key && worker_.post([this, batch = std::move(batch), key = *key] { send_all(batch, key); });
}

void PushDelivery::send_all(const Batch& batch, const catalog::PushKey& key) {
  // Whoever was not reached would only hold up the others once more.
  std::set<std::string> away;
  for (const catalog::Push::Due& due : batch) {
    if (stopped_) break;
    const std::string host = outbound::service_host(due.subscription.endpoint);
    if (away.contains(host)) {
      settle(due, {outbound::PushOutcome::later, std::nullopt, "the push service could not be reached", {}});
      continue;
    }
    const auto& message = due.message;
    const auto age = std::chrono::floor<std::chrono::seconds>(clock_.now() - message.created_at);
    const auto answer = send(
        due.subscription, key,
        {message.body, message.topic, std::max(push_life - age, std::chrono::seconds(0)), message.urgent});
    if (stopped_) break;  // that is why it was not sent, perhaps
    if (!answer.status) away.insert(host);
    settle(due, answer);
  }
  sending_ = false;
  if (batch.size() == static_cast<std::size_t>(push_batch)) pump();
}

void PushDelivery::settle(const catalog::Push::Due& sent, const outbound::PushAnswer& answer) {
  using enum outbound::PushOutcome;
  const std::string host = outbound::service_host(sent.subscription.endpoint);
  if (answer.outcome == gone) {
    log_.info("a browser wants to be told no more", {{"service", host}, {"why", answer.detail}});
  } else if (answer.outcome != taken) {
    log_.warning("a browser was not told", {{"service", host}, {"why", answer.detail}});
  }
  catalogs_.post([this, message = sent.message, answer](catalog::Catalog& catalog) {
    catalog::Push push(catalog);
    const Timestamp now = clock_.now();
    const auto kept = [&]() -> Result<void> {
      switch (answer.outcome) {
        case taken:
          return push.finish(message, now);
        case gone:
          return push.remove(message.subscription);
        case later:
          return push.fail(message, answer.detail, next_try(message, answer.retry_after, now));
        case refused:
          break;
      }
      return push.fail(message, answer.detail, std::nullopt);
    }();
    if (!kept) log_.warning("it was not kept what came of a message", {{"why", kept.error().detail}});
  });
}

http::Measured::Push PushDelivery::counters() const {
  return {counters_.taken, counters_.put_off, counters_.refused, counters_.gone};
}

void PushDelivery::stop() {
  stopped_ = true;
  http_.stop();
  worker_.stop();
}

}  // namespace heliograph::app
