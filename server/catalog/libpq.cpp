#include "server/catalog/libpq.hpp"

#include <dlfcn.h>

namespace heliograph::catalog {

Result<Libpq> load_libpq(const std::string& name) {
  // Never unloaded: libraries that it brings along leave things behind that are called when the process ends.
  void* const library = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) {
    return Error{
        ErrorKind::unavailable,
        std::string("PostgreSQL's client library is missing (Debian: install libpq5): ") + ::dlerror()};
  }
  Libpq pq;
  std::string missing;
  const auto find = [&]<class Function>(Function*& function, const char* symbol) {
    function = reinterpret_cast<Function*>(::dlsym(library, symbol));
    if (function == nullptr) missing = symbol;
  };
  find(pq.PQclear, "PQclear");
  find(pq.PQcmdStatus, "PQcmdStatus");
  find(pq.PQcmdTuples, "PQcmdTuples");
  find(pq.PQconnectdbParams, "PQconnectdbParams");
  find(pq.PQconsumeInput, "PQconsumeInput");
  find(pq.PQerrorMessage, "PQerrorMessage");
  find(pq.PQfinish, "PQfinish");
  find(pq.PQgetResult, "PQgetResult");
  find(pq.PQgetisnull, "PQgetisnull");
  find(pq.PQgetlength, "PQgetlength");
  find(pq.PQgetvalue, "PQgetvalue");
  find(pq.PQisBusy, "PQisBusy");
  find(pq.PQntuples, "PQntuples");
  find(pq.PQresultErrorField, "PQresultErrorField");
  find(pq.PQresultErrorMessage, "PQresultErrorMessage");
  find(pq.PQresultStatus, "PQresultStatus");
  find(pq.PQsendPrepare, "PQsendPrepare");
  find(pq.PQsendQuery, "PQsendQuery");
  find(pq.PQsendQueryPrepared, "PQsendQueryPrepared");
  find(pq.PQsetNoticeProcessor, "PQsetNoticeProcessor");
  find(pq.PQsocket, "PQsocket");
  find(pq.PQstatus, "PQstatus");
  if (missing.empty()) return pq;
  return Error{ErrorKind::unavailable, name + " is not PostgreSQL's client library: it has no " + missing};
}

}  // namespace heliograph::catalog
