// A small file that is there whole, as it was or as it is to be, whenever power is cut.
#pragma once

#include <filesystem>
#include <string_view>

namespace heliograph::firmware {

// All of them, or errno says why not.
bool write_all(int fd, std::string_view bytes);
// In the place of a file of that name. Durable when true; when not, errno says why.
bool write_durably(const std::filesystem::path& path, std::string_view text);
// What was made or renamed in the folder is durable. The same.
bool sync_directory(const std::filesystem::path& path);

}  // namespace heliograph::firmware
