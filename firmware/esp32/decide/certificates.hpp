// What a person pastes, or a server tells, as certificates (PEM). Whether they are good ones only a handshake
// tells; what is none is found here. Pure.
#pragma once

#include <string_view>

namespace heliograph::firmware {

// Certificates in PEM one after the other, with whatever text between them, and nothing half.
bool holds_certificates(std::string_view pem);

}  // namespace heliograph::firmware
