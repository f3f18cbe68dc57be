#include "server/http/upgrade.hpp"

#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

Request handshake() {
  Request request;
  request.method = Method::get;
  request.headers = {{"Connection", "keep-alive, upgrade"},
                     {"Upgrade", "WebSocket"},
                     {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                     {"Sec-WebSocket-Version", "13"}};
  return request;
}

TEST(Upgrade, IsAcceptedAsInTheStandardsExample) {
  EXPECT_EQ(accept_upgrade(handshake()).value(), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(Upgrade, NeedsAllItsFields) {
  for (std::size_t missing = 0; missing < handshake().headers.size(); ++missing) {
    Request request = handshake();
    request.headers[missing].second = "other";
    EXPECT_FALSE(accept_upgrade(request)) << request.headers[missing].first;
    request.headers.erase(request.headers.begin() + static_cast<std::ptrdiff_t>(missing));
    EXPECT_FALSE(accept_upgrade(request)) << missing;
  }
  Request head = handshake();
  head.method = Method::head;
  EXPECT_FALSE(accept_upgrade(head));
}

}  // namespace
}  // namespace heliograph::http
