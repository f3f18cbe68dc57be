// store: blobs under keys. Today a directory of plain files; the layout is a person's to browse.
//
// Owns the data directory: its lock, its names (the only code that makes or parses them), exclusive creation,
// sync, removal, and the room that is left. Blocking; any thread, unless it says otherwise. What must not be
// in it: SQL, what makes a JPEG whole, who may see what.
#pragma once

#include "server/store/disk.hpp"
#include "server/store/names.hpp"
#include "server/store/new_file.hpp"
#include "server/store/partial_file.hpp"
#include "server/store/space.hpp"
