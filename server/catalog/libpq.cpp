#include "server/catalog/libpq.hpp"

#include "server/base/library.hpp"

namespace heliograph::catalog {

Result<Libpq> load_libpq(const std::string& name) {
  auto library = Library::load(name.c_str(), "libpq5");
  if (!library) return library.error();
  Libpq pq;
  library->find(pq.PQclear, "PQclear");
  library->find(pq.PQcmdStatus, "PQcmdStatus");
  library->find(pq.PQcmdTuples, "PQcmdTuples");
  library->find(pq.PQconnectdbParams, "PQconnectdbParams");
  library->find(pq.PQconsumeInput, "PQconsumeInput");
  library->find(pq.PQerrorMessage, "PQerrorMessage");
  library->find(pq.PQfinish, "PQfinish");
  library->find(pq.PQgetResult, "PQgetResult");
  library->find(pq.PQgetisnull, "PQgetisnull");
  library->find(pq.PQgetlength, "PQgetlength");
  library->find(pq.PQgetvalue, "PQgetvalue");
  library->find(pq.PQisBusy, "PQisBusy");
  library->find(pq.PQntuples, "PQntuples");
  library->find(pq.PQresultErrorField, "PQresultErrorField");
  library->find(pq.PQresultErrorMessage, "PQresultErrorMessage");
  library->find(pq.PQresultStatus, "PQresultStatus");
  library->find(pq.PQsendPrepare, "PQsendPrepare");
  library->find(pq.PQsendQuery, "PQsendQuery");
  library->find(pq.PQsendQueryPrepared, "PQsendQueryPrepared");
  library->find(pq.PQsetNoticeProcessor, "PQsetNoticeProcessor");
  library->find(pq.PQsocket, "PQsocket");
  library->find(pq.PQstatus, "PQstatus");
  if (auto all = library->complete(); !all) return all.error();
  return pq;
}

}  // namespace heliograph::catalog
