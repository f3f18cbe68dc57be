// A signed image that every implementation must make and verify to the byte. The key is that of RFC 8032,
// 7.1, test 1.
#pragma once

#include <string_view>

namespace heliograph::protocol {

inline constexpr std::string_view vector_seed =
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
inline constexpr std::string_view vector_key =
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
inline constexpr std::string_view vector_image =
    "\x7F"
    "ELF golden image of heliograph\n";
inline constexpr std::string_view vector_manifest =
    "heliograph-firmware 1\n"
    "model t-sim7600-mega\n"
    "version 1.20.3\n"
    "security 4\n"
    "downgrade no\n"
    "size 32\n"
    "sha256 b4e88981f1690411b26b8c6f3f0855afe1b62afe6df753352a60bffa9bbaed96\n"
    "key d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\n"
    "signature "
    "1469d33738468890fa793830ec77ad7eebe4cf8783469bfa44141f2b2c92eccd"
    "174163ca9c7d8cdfc1e208f1bfe318f1001265cd46deee1ac4fd1d8143afc402\n";

}  // namespace heliograph::protocol
