// protocol: what a camera and the server must agree on, byte for byte. See protocol/README.md for the prose.
//
// C++17, no operating system, no heap, no exceptions: the only code that both the firmware and the server
// include. What must not be in it: sockets, JSON, HTTP parsing, anything only one side needs.
#pragma once

#include "protocol/frame.hpp"
#include "protocol/link.hpp"
#include "protocol/manifest.hpp"
#include "protocol/signature.hpp"
#include "protocol/telemetry.hpp"
#include "protocol/upload.hpp"
#include "protocol/web_socket.hpp"
