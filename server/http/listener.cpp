#include "server/http/listener.hpp"

#include <boost/asio/ip/v6_only.hpp>

namespace heliograph::http {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;

Error cannot_listen(const std::string& address, std::uint16_t port, error_code ec) {
  const std::string where = "port " + std::to_string(port) + " of " + address;
  if (ec == asio::error::address_in_use) {
    return {ErrorKind::unavailable, where + " is taken by another program: stop it, or choose another port"};
  }
  if (ec == asio::error::access_denied) {
    return {ErrorKind::unavailable,
            where + " is reserved for programs with more rights: choose one from 1024 on"};
  }
  if (ec == boost::system::errc::address_not_available) {
    return {ErrorKind::unavailable,
            address + " is not an address of this machine: use one of its own, or 0.0.0.0 for all"};
  }
  return {ErrorKind::unavailable, "cannot listen on " + where + ": " + ec.message()};
}

}  // namespace

Result<Acceptor> listen_on(asio::io_context& io, const std::string& address, std::uint16_t port) {
  error_code ec;
  const asio::ip::address ip = asio::ip::make_address(address, ec);
  if (ec) {
    return Error{ErrorKind::bad_request,
                 "'" + address + "' is not an IP address: write 127.0.0.1 for this machine only"};
  }
  const tcp::endpoint endpoint(ip, port);
  Acceptor acceptor(io);
  acceptor.open(endpoint.protocol(), ec);
  // A restart must not wait for the connections of the run before to be forgotten.
  if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec && ip.is_v6()) acceptor.set_option(asio::ip::v6_only(false), ec);  // "::" is everybody, IPv4 too
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(tcp::acceptor::max_listen_connections, ec);
  if (ec) return cannot_listen(address, port, ec);
  return acceptor;
}

}  // namespace heliograph::http
