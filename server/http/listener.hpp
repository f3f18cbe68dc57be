// The door: an address that is bound, and what to say when it cannot be.
#pragma once

#include "server/base/error.hpp"

#include <cstdint>
#include <string>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace heliograph::http {

using Acceptor =
    boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

// Binds and listens. unavailable with a sentence that helps, when the system says no; bad_request for a text
// that is no IP address.
Result<Acceptor> listen_on(boost::asio::io_context& io, const std::string& address, std::uint16_t port);

}  // namespace heliograph::http
