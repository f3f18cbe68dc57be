#include "server/app/owner.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <grp.h>
#include <iterator>
#include <pwd.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace heliograph::app {
namespace {

// Names, home and shell of a user; the system's own buffers have as much.
constexpr std::size_t passwd_bytes = 16 * 1024;

void check(int result, const char* what) {
  if (result != 0) throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

Result<Owner> owner_of(const std::filesystem::path& path) {
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0) return error_from_errno(errno, "look at " + path.string());
  Owner owner{facts.st_uid, facts.st_gid, std::to_string(facts.st_uid), "/"};
  std::array<char, passwd_bytes> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(facts.st_uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
    owner.name = found->pw_name;
    owner.home = found->pw_dir;
  }
  return owner;
}

Result<void> check_may_act_as(const Owner& owner, const std::filesystem::path& path, uid_t self) {
  if (self == 0 || self == owner.user) return {};
  return Error{ErrorKind::bad_request,
               path.string() + " belongs to " + owner.name + ": run this as " + owner.name + ", or as root"};
}

ActingAs::ActingAs(const Owner& owner) {
  if (::geteuid() != 0 || owner.user == 0) return;
  group_ = ::getegid();
  groups_.resize(static_cast<std::size_t>(std::max(0, ::getgroups(0, nullptr))));
  if (::getgroups(static_cast<int>(groups_.size()), groups_.data()) < 0) groups_.clear();
  check(::setgroups(1, &owner.group), "setgroups");
  check(::setegid(owner.group), "setegid");
  check(::seteuid(owner.user), "seteuid");
  acting_ = true;
}

ActingAs::~ActingAs() {
  if (!acting_) return;
  // Root's real id is kept, so this cannot fail; if it did, going on as anybody would be wrong.
  if (::seteuid(0) != 0 || ::setegid(group_) != 0 || ::setgroups(groups_.size(), groups_.data()) != 0) {
    std::abort();
  }
}

std::vector<std::string> as_owner(const Owner& owner, std::vector<std::string> command) {
  if (::geteuid() != 0 || owner.user == 0) return command;
  // util-linux's, which every Debian has.
  std::vector<std::string> whole{"env",
                                 "HOME=" + owner.home.string(),
                                 "setpriv",
                                 "--reuid=" + std::to_string(owner.user),
                                 "--regid=" + std::to_string(owner.group),
                                 "--clear-groups",
                                 "--no-new-privs",
                                 "--"};
  whole.insert(whole.end(), std::make_move_iterator(command.begin()), std::make_move_iterator(command.end()));
  return whole;
}

}  // namespace heliograph::app
