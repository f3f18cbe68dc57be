// app: the composition root. Builds every part in order, hands references to constructors, stops them in
// reverse; and the command line in front of it. Includes everything; nothing includes it. What must not be in
// it: decisions of the product.
#pragma once

#include "server/app/config.hpp"
#include "server/app/serve.hpp"
