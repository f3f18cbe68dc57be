// What the exports share: tables that are sent while they are read, page by page.
//
// A table has no limit of rows. What it costs at any moment is one page in memory and a question of some
// milliseconds, and its reader decides the pace; so what is limited is how many are sent at once. Each page
// begins where the one before ended: what is added or removed meanwhile is in it or not, and nothing is in it
// twice. What can be read no more breaks it off, and its reader is told so (a chunked answer without its
// end). It is of what the visitor might see when it began.
#pragma once

#include "server/http/api/routes.hpp"
#include "server/http/api/table_writer.hpp"

#include <stdexcept>
#include <string_view>
#include <utility>

namespace heliograph::http {

// `format`: csv (if nothing is said) or json.
Result<TableFormat> read_table_format(const Request& request);

// `of`: what the file is called after, [a-z0-9-]. unavailable: too many are sent.
Response export_response(Services& services, TableFormat format, std::string_view of, StreamBody send);

// A page that was asked for. What cannot be read is thrown: nobody must take for whole what is not.
template <class T>
T known_page(Result<T> page) {
  if (!page) throw std::runtime_error("an export broke off: " + page.error().detail);
  return std::move(*page);
}

}  // namespace heliograph::http
