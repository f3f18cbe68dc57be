#include "firmware/esp32/decide/form.hpp"

#include "firmware/core/text.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(Form, FieldsAreDecoded) {
  const std::string_view form = "wifi=Obst+garten%20%C3%BC&password=a%26b%3Dc&empty=&wifi=second&odd";
  char out[32];
  EXPECT_EQ(form_field(form, "wifi", out, sizeof out), "Obst garten \xC3\xBC");
  EXPECT_EQ(form_field(form, "password", out, sizeof out), "a&b=c");
  EXPECT_EQ(form_field(form, "empty", out, sizeof out), "");
  EXPECT_FALSE(form_field(form, "odd", out, sizeof out));
  EXPECT_FALSE(form_field(form, "if", out, sizeof out));
  EXPECT_FALSE(form_field("", "wifi", out, sizeof out));
  EXPECT_EQ(form_text<Text<8>>(form, "password").view(), "a&b=c");
}

TEST(Form, WhatIsTooLongOrBrokenIsNone) {
  char out[4];
  EXPECT_EQ(form_field("a=1234", "a", out, sizeof out), "1234");
  EXPECT_FALSE(form_field("a=12345", "a", out, sizeof out));
  for (const char* broken : {"a=%", "a=%4", "a=%4g", "a=%g4"}) {
    EXPECT_FALSE(form_field(broken, "a", out, sizeof out)) << broken;
  }
  EXPECT_EQ(form_field("a=%41", "a", out, sizeof out), "A");
}

}  // namespace
}  // namespace heliograph::firmware
