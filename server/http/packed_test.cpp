#include "server/http/packed.hpp"

#include "server/base/gzip.hpp"

#include <gmock/gmock.h>

namespace heliograph::http {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

const std::string long_list(5000, '1');

Response answer(const std::string& json, std::string_view accept_encoding) {
  Request request;
  if (!accept_encoding.empty()) request.headers.emplace_back("accept-encoding", accept_encoding);
  return packed_json_response(request, json);
}

TEST(Packed, IsForWhoeverCanReadIt) {
  const Response packed = answer(long_list, "gzip, deflate, br");
  EXPECT_EQ(packed.status, 200);
  EXPECT_EQ(packed.content_type, "application/json");
  EXPECT_EQ(std::get<std::string>(packed.body), gzip(long_list));
  EXPECT_THAT(packed.headers, ElementsAre(Pair("Vary", "Accept-Encoding"), Pair("Content-Encoding", "gzip")));
}

TEST(Packed, IsAsItWasForOthers) {
  for (const std::string_view accepted : {"", "br", "gzip;q=0"}) {
    const Response plain = answer(long_list, accepted);
    EXPECT_EQ(std::get<std::string>(plain.body), long_list) << accepted;
    EXPECT_THAT(plain.headers, ElementsAre(Pair("Vary", "Accept-Encoding"))) << accepted;
  }
}

TEST(Packed, LeavesWhatIsShort) {
  EXPECT_EQ(std::get<std::string>(answer("[]", "gzip").body), "[]");
}

}  // namespace
}  // namespace heliograph::http
