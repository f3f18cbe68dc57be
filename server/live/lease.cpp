#include "server/live/lease.hpp"

#include <algorithm>

namespace heliograph::live {

LeaseStep decide_lease(const Lease& lease, const Demand& demand, SteadyTime now) {
  const bool runs = now < lease.ends;
  if (demand.watchers == 0) {
    return runs && now - demand.left_at >= linger_time ? LeaseStep::stop : LeaseStep::none;
  }
  if (now < lease.rests_until) return LeaseStep::none;
  if (!runs || lease.wants != demand.wants) return LeaseStep::start;
  return lease.ends - now <= renew_before ? LeaseStep::renew : LeaseStep::none;
}

SteadyTime next_decision(const Lease& lease, const Demand& demand, SteadyTime now) {
  if (now >= lease.ends) {
    return demand.watchers == 0 ? SteadyTime::max() : std::max(now, lease.rests_until);
  }
  return demand.watchers == 0 ? demand.left_at + linger_time : lease.ends - renew_before;
}

Lease after(const Lease& lease, const Demand& demand, LeaseStep step, SteadyTime now) {
  switch (step) {
    case LeaseStep::none:
      break;
    case LeaseStep::start:
      return {lease.stream + 1, demand.wants, now + lease_time, {}};
    case LeaseStep::renew:
      return {lease.stream, lease.wants, now + lease_time, {}};
    case LeaseStep::stop:
      return {lease.stream, lease.wants, now, {}};
  }
  return lease;
}

Lease failed(const Lease& lease, SteadyTime rests_until) {
  return {lease.stream, lease.wants, {}, rests_until};
}

}  // namespace heliograph::live
