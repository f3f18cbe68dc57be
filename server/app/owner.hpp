// Whose files they are, and how root works on them without becoming their owner's tool: what root writes into
// a folder of somebody else, a link in it could lead anywhere.
#pragma once

#include "server/base/error.hpp"

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace heliograph::app {

struct Owner {
  uid_t user = 0;
  gid_t group = 0;
  std::string name;  // "1000" when the system has no name for it
  std::filesystem::path home;
};

// not_found when there is no such file or folder.
Result<Owner> owner_of(const std::filesystem::path& path);

// May a process of `self` work as `owner`, whose `path` is? bad_request with the two ways out when it is
// neither root nor the owner.
Result<void> check_may_act_as(const Owner& owner, const std::filesystem::path& path, uid_t self);

// Until its end, root's process opens and makes files as their owner would. Does nothing for anyone but root.
// Throws std::system_error when the system refuses. The process must have no other thread.
class ActingAs {
 public:
  explicit ActingAs(const Owner& owner);
  ~ActingAs();
  ActingAs(const ActingAs&) = delete;
  ActingAs& operator=(const ActingAs&) = delete;

 private:
  bool acting_ = false;
  gid_t group_ = 0;
  std::vector<gid_t> groups_;
};

// The command as root must give it so that it runs as the owner for good, without a way back; what it was for
// anyone but root, and for root's own files.
std::vector<std::string> as_owner(const Owner& owner, std::vector<std::string> command);

}  // namespace heliograph::app
