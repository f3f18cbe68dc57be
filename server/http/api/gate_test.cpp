#include "server/http/api/gate.hpp"

#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using accounts::Right;
using catalog::Role;

TEST(CsrfToken, IsNotTheSessionAndBelongsToOne) {
  EXPECT_EQ(csrf_token("a").size(), 64U);
  EXPECT_NE(csrf_token("a"), csrf_token("b"));
  EXPECT_NE(csrf_token("a"), to_hex(sha256("a"))) << "which is what the database keeps";
}

TEST(Allow, TellsWhatOneMaySeeFromWhatIsNotThere) {
  constexpr CameraId seen{1};
  constexpr CameraId unseen{2};
  accounts::Visitor visitor;
  visitor.cameras[seen] = Role::viewer;
  const Error missing{ErrorKind::not_found, "gone"};
  EXPECT_TRUE(allow(visitor, Right::view, seen, missing));
  EXPECT_EQ(allow(visitor, Right::operate, seen, missing).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(allow(visitor, Right::view, unseen, missing).error(), missing);
  EXPECT_EQ(allow(visitor, Right::operate, unseen, missing).error(), missing);
  EXPECT_EQ(allowed_camera(visitor, Right::view, to_string(seen)).value(), seen);
  EXPECT_EQ(allowed_camera(visitor, Right::view, to_string(unseen)).error().kind, ErrorKind::not_found);
  EXPECT_EQ(allowed_camera(visitor, Right::view, "no id").error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace heliograph::http
