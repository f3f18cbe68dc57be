#include "server/ingest/ingest.hpp"

#include <utility>

namespace heliograph::ingest {
namespace {

// Ids collide only with files of another machine's ids, or after the clock went back over a restart.
constexpr int max_name_tries = 8;

}  // namespace

Ingestor::Ingestor(store::ImageStore& store, store::SpaceWatch& space, catalog::Catalog catalog, IdSource& ids,
                   const Clock& clock, Log& log, OnAdded on_added)
    : store_(store),
      space_(space),
      ids_(ids),
      clock_(clock),
      committer_(store, std::move(catalog), counters_, log, std::move(on_added)) {}

Result<Incoming> Ingestor::begin(ImageUpload upload) {
  if (!healthy())
    return Error{ErrorKind::unavailable, "the disk failed; nothing is stored until the owner looks"};
  auto room = space_.reserve(upload.announced_bytes);
  if (!room) {
    ++counters_.failed;
    return room.error();
  }
  const Timestamp received_at = clock_.now();
  Error last{ErrorKind::internal, "no free file name was found"};
  for (int i = 0; i < max_name_tries; ++i) {
    const auto id = ids_.next<ImageId>();
    std::string key = store::image_key(upload.camera.folder, {upload.captured_at.value_or(received_at), id});
    auto file = store_.create(key);
    if (file) {
      return Incoming(std::move(upload), id, received_at, std::move(*file), std::move(key), std::move(*room));
    }
    last = file.error();
    if (last.kind != ErrorKind::conflict) break;
  }
  ++counters_.failed;
  return last;
}

void Ingestor::commit(Incoming incoming, Done done) {
  auto arrived = std::move(incoming).finish();
  if (!arrived) {
    ++(arrived.error().kind == ErrorKind::unprocessable ? counters_.refused : counters_.failed);
    done(arrived.error());
    return;
  }
  committer_.submit(std::move(*arrived), std::move(done));
}

}  // namespace heliograph::ingest
