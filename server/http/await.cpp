#include "server/http/await.hpp"

#include <mutex>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

namespace heliograph::http {

namespace asio = boost::asio;

using SteadyClock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;

// A timer that never has to fire: open() cancels it, on its own executor, because timers belong to one
// thread.
struct Gate::Impl {
  std::mutex mutex;
  bool open = false;               // guarded by mutex
  std::shared_ptr<Timer> waiting;  // guarded by mutex; null while nobody waits

  // Whether the caller has to wait.
  bool await_with(const std::shared_ptr<Timer>& timer) {
    const std::lock_guard lock(mutex);
    if (!open) waiting = timer;
    return !open;
  }

  bool leave() {
    const std::lock_guard lock(mutex);
    waiting = nullptr;
    return open;
  }
};

Gate::Gate() : impl_(std::make_shared<Impl>()) {}
Gate::~Gate() = default;

void Gate::open() {
  const std::lock_guard lock(impl_->mutex);
  impl_->open = true;
  // Posted under the lock: whoever waits leaves under it too, so its executor is still there.
  if (impl_->waiting)
    asio::post(impl_->waiting->get_executor(), [timer = impl_->waiting] { timer->cancel(); });
}

Task<bool> Gate::wait(std::chrono::milliseconds limit) {
  const std::shared_ptr<Impl> impl = impl_;  // the gate itself may be gone before we are woken
  struct Leave {
    Impl& impl;
    ~Leave() { impl.leave(); }
  } const at_end{*impl};
  const auto timer = std::make_shared<Timer>(co_await asio::this_coro::executor, limit);
  if (!impl->await_with(timer)) co_return true;
  const auto [error] = co_await timer->async_wait(asio::as_tuple(asio::deferred));
  const bool opened = impl->leave();
  if (!opened && error) throw boost::system::system_error(error);  // the server stops: unwind
  co_return opened;
}

}  // namespace heliograph::http
