#include "server/base/gzip.hpp"

#include <new>
#include <zlib.h>

namespace heliograph {
namespace {

constexpr int gzip_window = 15 + 16;  // zlib's largest, with gzip's header and checksum
constexpr int memory_level = 8;       // zlib's usual: 256 KiB while it works

}  // namespace

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  const int begun =
      deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_window, memory_level, Z_DEFAULT_STRATEGY);
  if (begun != Z_OK) throw std::bad_alloc();  // with these parameters, nothing else can go wrong
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  // zlib writes nothing there.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);  // the bound leaves room for all of it
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace heliograph
