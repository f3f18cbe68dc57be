#include "firmware/core/record.hpp"

#include "firmware/core/crc32.hpp"
#include "firmware/core/jpeg_check.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

const std::string picture = std::string("\xFF\xD8\xFF\xE0", 4) + std::string(300, 'p') + "\xFF\xD9";

Record example() {
  Record record;
  record.boot = "0123456789abcdef";
  record.sequence = 42;
  record.captured_at_ms = 1795359662123;
  record.captured_mono_ms = 5'000;
  record.telemetry = "battery_mv=3912, rssi_dbm=-71";
  record.label = "trap_07.jpg";
  record.picture = {picture.data(), picture.size()};
  return record;
}

std::string bytes_of(const Record& record) {
  const RecordHeader header = encode_record_header(record);
  return std::string(reinterpret_cast<const char*>(header.bytes), header.size) +
         std::string(static_cast<const char*>(record.picture.data), record.picture.size);
}

std::optional<Record> decode(const std::string& bytes) {
  return decode_record(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

TEST(Record, ComesBackAsItWas) {
  const std::string bytes = bytes_of(example());
  const auto record = decode(bytes);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->boot, "0123456789abcdef");
  EXPECT_EQ(record->sequence, 42U);
  EXPECT_EQ(record->captured_at_ms, 1795359662123);
  EXPECT_EQ(record->captured_mono_ms, 5'000);
  EXPECT_EQ(record->telemetry, "battery_mv=3912, rssi_dbm=-71");
  EXPECT_EQ(record->label, "trap_07.jpg");
  EXPECT_EQ(std::string(static_cast<const char*>(record->picture.data), record->picture.size), picture);
}

TEST(Record, TellsAnUnknownTimeFromEveryKnownOne) {
  Record record = example();
  record.captured_at_ms = std::nullopt;
  EXPECT_EQ(decode(bytes_of(record))->captured_at_ms, std::nullopt);
  record.captured_at_ms = 0;
  EXPECT_EQ(decode(bytes_of(record))->captured_at_ms, 0);
}

TEST(Record, IsWrittenTheSameOnEveryMachine) {
  Record record;
  record.boot = "b";
  record.sequence = 0x0102030405060708;
  record.picture = {"x", 1};
  const std::string bytes = bytes_of(record);
  EXPECT_EQ(bytes.substr(0, 24), std::string("HGSR\x01\x01\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00"
                                             "\x08\x07\x06\x05\x04\x03\x02\x01",
                                             24));
}

TEST(Record, TornAtAnyByteIsNoRecord) {
  const std::string bytes = bytes_of(example());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode(bytes.substr(0, size))) << size;
    // As a file system leaves it that knew the length before the data.
    EXPECT_FALSE(decode(bytes.substr(0, size) + std::string(bytes.size() - size, '\0'))) << size;
  }
  EXPECT_FALSE(decode(bytes + '\0'));
}

TEST(Record, ChangedInAnyBitIsNoRecord) {
  const std::string bytes = bytes_of(example());
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string changed = bytes;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(decode(changed)) << bit;
  }
}

TEST(Record, TellsItsSizeFromTheHeaderAlone) {
  const Record record = example();
  const RecordHeader header = encode_record_header(record);
  EXPECT_EQ(record_size(header.bytes, header.size), header.size + picture.size());
  EXPECT_EQ(record_size(header.bytes, header.size - 1), std::nullopt);
}

TEST(Record, CutsTextsThatAreTooLong) {
  Record record = example();
  const std::string label(1000, 'l');
  record.label = label;
  EXPECT_EQ(decode(bytes_of(record))->label.size(), max_label_length);
}

TEST(Crc32, IsTheUsualOne) {
  EXPECT_EQ(crc32("123456789", 9), 0xCBF43926U);
  EXPECT_EQ(crc32("456789", 6, crc32("123", 3)), 0xCBF43926U);
  EXPECT_EQ(crc32("", 0), 0U);
}

std::size_t checked_size(const std::string& text) {
  return check_jpeg(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()).size;
}

TEST(JpegCheck, TrimsThePaddingOfTheFifo) {
  EXPECT_EQ(checked_size(picture), picture.size());
  EXPECT_EQ(checked_size(picture + std::string(2048, '\0')), picture.size());
}

TEST(JpegCheck, SaysWhatIsMissing) {
  EXPECT_EQ(checked_size(""), 0U);
  EXPECT_EQ(checked_size(std::string(1000, '\0')), 0U);
  EXPECT_EQ(checked_size(picture.substr(1)), 0U);
  EXPECT_EQ(checked_size(picture.substr(0, picture.size() - 1)), 0U);
  EXPECT_EQ(checked_size("\xFF\xD8\xFF\xD9"), 4U);
}

}  // namespace
}  // namespace heliograph::firmware
