// libpq, PostgreSQL's own client library: loaded when a PostgreSQL is opened, and not before.
//
// Linked, it would be in every server, and with it the nineteen libraries of the ways to log in that it knows
// (GnuTLS, Kerberos, LDAP, …): 3 MiB of memory, and much code in a process that faces the network. Most
// servers run on SQLite.
#pragma once

#include "server/base/error.hpp"

#include <string>

#include <libpq-fe.h>

namespace heliograph::catalog {

// Those of its functions that the driver calls, under their own names.
struct Libpq {
  // NOLINTBEGIN(readability-identifier-naming): they are called what the library calls them
  decltype(&::PQclear) PQclear = nullptr;
  decltype(&::PQcmdStatus) PQcmdStatus = nullptr;
  decltype(&::PQcmdTuples) PQcmdTuples = nullptr;
  decltype(&::PQconnectdbParams) PQconnectdbParams = nullptr;
  decltype(&::PQconsumeInput) PQconsumeInput = nullptr;
  decltype(&::PQerrorMessage) PQerrorMessage = nullptr;
  decltype(&::PQfinish) PQfinish = nullptr;
  decltype(&::PQgetResult) PQgetResult = nullptr;
  decltype(&::PQgetisnull) PQgetisnull = nullptr;
  decltype(&::PQgetlength) PQgetlength = nullptr;
  decltype(&::PQgetvalue) PQgetvalue = nullptr;
  decltype(&::PQisBusy) PQisBusy = nullptr;
  decltype(&::PQntuples) PQntuples = nullptr;
  decltype(&::PQresultErrorField) PQresultErrorField = nullptr;
  decltype(&::PQresultErrorMessage) PQresultErrorMessage = nullptr;
  decltype(&::PQresultStatus) PQresultStatus = nullptr;
  decltype(&::PQsendPrepare) PQsendPrepare = nullptr;
  decltype(&::PQsendQuery) PQsendQuery = nullptr;
  decltype(&::PQsendQueryPrepared) PQsendQueryPrepared = nullptr;
  decltype(&::PQsetNoticeProcessor) PQsetNoticeProcessor = nullptr;
  decltype(&::PQsocket) PQsocket = nullptr;
  decltype(&::PQstatus) PQstatus = nullptr;
  // NOLINTEND(readability-identifier-naming)
};

// All of them are there. `name`: as the system looks libraries up. unavailable, with what is missing. Once
// loaded, the library stays in the process. Any thread.
Result<Libpq> load_libpq(const std::string& name = "libpq.so.5");

}  // namespace heliograph::catalog
