// base: the values every part of the server shares.
//
// Owns: Result and Error, wall-clock time and its text forms, image and camera ids, SHA-256, tokens, the
// structured log, and the worker thread. Nothing here knows what a picture, a camera or a request is, nothing
// blocks but Worker's own threads, and everything but Log and Worker is a plain value that any thread may
// use. What must not be in it: product nouns, sockets, SQL, files of the data directory.
#pragma once

#include "server/base/error.hpp"
#include "server/base/id.hpp"
#include "server/base/log.hpp"
#include "server/base/sha256.hpp"
#include "server/base/time.hpp"
#include "server/base/token.hpp"
#include "server/base/worker.hpp"
