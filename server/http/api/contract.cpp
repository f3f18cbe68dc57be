#include "server/http/api/contract.hpp"

extern "C" const char heliograph_contract_begin[];
extern "C" const char heliograph_contract_end[];

namespace heliograph::http {

std::string_view contract_yaml() {
  return {heliograph_contract_begin, heliograph_contract_end};
}

}  // namespace heliograph::http
