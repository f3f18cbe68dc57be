#include "firmware/core/state_file.hpp"

#include "firmware/core/platform/fake_storage.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

constexpr std::string_view name = "NOTES.TXT";

struct Notes {
  std::string_view kept() { return kept_state(card, name, buffer, sizeof buffer); }
  std::string& file() { return card.files(Area::state)[std::string(name)]; }

  FakeStorage card;
  char buffer[16 + state_trailer_size] = {};
};

TEST(StateFile, IsReadAsItWasKept) {
  Notes notes;
  EXPECT_EQ(notes.kept(), "");
  EXPECT_TRUE(keep_state(notes.card, name, "remember"));
  EXPECT_TRUE(keep_state(notes.card, name, "remember this"));
  EXPECT_EQ(notes.kept(), "remember this");
  EXPECT_TRUE(keep_state(notes.card, name, ""));
  EXPECT_EQ(notes.kept(), "");
}

TEST(StateFile, ThatIsTornAnywhereIsNone) {
  Notes notes;
  keep_state(notes.card, name, "remember this");
  const std::string whole = notes.file();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    notes.file() = whole.substr(0, size);
    EXPECT_EQ(notes.kept(), "") << size;
  }
  notes.file() = whole + "\n";
  EXPECT_EQ(notes.kept(), "");
}

TEST(StateFile, OfWhichAnyBitIsAnotherIsNone) {
  Notes notes;
  keep_state(notes.card, name, "remember this");
  const std::string whole = notes.file();
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    notes.file() = whole;
    notes.file()[bit / 8] = static_cast<char>(notes.file()[bit / 8] ^ (1 << bit % 8));
    EXPECT_EQ(notes.kept(), "") << bit;
  }
}

TEST(StateFile, IsNoneWhereItIsLongerThanAnyTextOrTheCardIsGone) {
  Notes notes;
  keep_state(notes.card, name, std::string(17, 'x'));
  EXPECT_EQ(notes.kept(), "");
  notes.card.fault = StorageStatus::failed;
  EXPECT_FALSE(keep_state(notes.card, name, "remember"));
  EXPECT_EQ(notes.kept(), "");
}

}  // namespace
}  // namespace heliograph::firmware
