#include "server/catalog/postgres_db.hpp"

#include "server/catalog/libpq.hpp"

#include <array>
#include <cerrno>
#include <poll.h>
#include <type_traits>
#include <utility>

namespace heliograph::catalog {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

// Held by whoever changes the schema or recounts. Any number that no other program uses in our database:
// "helio".
constexpr std::string_view take_exclusive_lock = "SELECT pg_advisory_xact_lock(448378202479)";

using Connection = std::unique_ptr<PGconn, decltype(Libpq::PQfinish)>;
using Answer = std::unique_ptr<PGresult, decltype(Libpq::PQclear)>;

Error lost(std::string_view what) {
  std::string detail("PostgreSQL: ");
  detail += what;
  while (detail.ends_with('\n')) detail.pop_back();
  return {ErrorKind::unavailable, std::move(detail)};
}

Error error_of(const Libpq& pq, const PGresult* answer) {
  const char* sqlstate = pq.PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  if (sqlstate == nullptr) return lost(pq.PQresultErrorMessage(answer));  // libpq's own: the connection broke
  const char* message = pq.PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
  return {kind_of_sqlstate(sqlstate),
          std::string("PostgreSQL: ") + (message != nullptr ? message : sqlstate)};
}

bool failed(const Libpq& pq, const PGresult* answer) {
  const auto status = pq.PQresultStatus(answer);
  return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY;
}

// Answers come in PostgreSQL's binary form: texts and bytes as they are, integers with the highest byte
// first.
class PostgresRow final : public Row {
 public:
  PostgresRow(const Libpq& pq, const PGresult* answer, int row) : pq_(pq), answer_(answer), row_(row) {}

  bool is_null(int column) const override { return pq_.PQgetisnull(answer_, row_, column) != 0; }
  std::int64_t integer(int column) const override {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes(column)) value = (value << 8U) | byte;
    return static_cast<std::int64_t>(value);
  }
  std::string_view text(int column) const override {
    return {pq_.PQgetvalue(answer_, row_, column), length(column)};
  }
  std::span<const std::uint8_t> bytes(int column) const override {
    return {reinterpret_cast<const std::uint8_t*>(pq_.PQgetvalue(answer_, row_, column)), length(column)};
  }

 private:
  std::size_t length(int column) const {
    return static_cast<std::size_t>(pq_.PQgetlength(answer_, row_, column));
  }

  const Libpq& pq_;
  const PGresult* answer_;
  int row_;
};

// Values in the form libpq wants. Integers travel as digits, so that PostgreSQL may take each for the type it
// needs.
class Parameters {
 public:
  Parameters(Db::Values values) {
    digits_.reserve(values.size());  // their addresses must stay
    for (const Value& value : values) std::visit([this](const auto& v) { add(v); }, value.any());
  }

  int count() const { return static_cast<int>(starts_.size()); }
  const char* const* starts() const { return starts_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  static constexpr int as_text = 0;
  static constexpr int as_binary = 1;

  void add(std::monostate) { push(nullptr, 0, as_text); }
  void add(std::int64_t value) { push(digits_.emplace_back(std::to_string(value)).c_str(), 0, as_text); }
  void add(std::string_view value) { push(value.empty() ? "" : value.data(), value.size(), as_binary); }
  void add(Value::Bytes value) {
    push(value.empty() ? "" : reinterpret_cast<const char*>(value.data()), value.size(), as_binary);
  }
  void push(const char* start, std::size_t length, int format) {
    starts_.push_back(start);
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(format);
  }

  std::vector<std::string> digits_;
  std::vector<const char*> starts_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

class PostgresDb final : public Db {
 public:
  PostgresDb(const Libpq& pq, std::string address, const PostgresPatience& patience)
      : pq_(pq), address_(std::move(address)), patience_(patience), answer_within_(usual()) {}

  Result<void> connect();

  Result<void> begin() override;
  Result<void> begin_exclusive() override;
  Result<void> commit() override;
  void rollback() override;

  Result<void> query(std::string_view sql, Values values, const OnRow& on_row) override;
  Result<std::int64_t> execute(std::string_view sql, Values values) override;
  Result<void> execute_script(std::string_view sql) override { return without_answer(run_script(sql)); }

  Result<std::vector<std::string>> tables() override {
    return all(*this,
               "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = "
               "current_schema()",
               {}, [](const Row& row) { return std::string(row.text(0)); });
  }
  std::string_view skip_locked() const override { return " FOR UPDATE SKIP LOCKED"; }
  Durability durability() const override { return Durability::at_commit; }
  Result<void> checkpoint(Checkpoint) override { return {}; }  // it does so by itself
  Result<std::vector<std::string>> faults() override { return std::vector<std::string>(); }

 private:
  milliseconds usual() const { return patience_.statement + patience_.silence; }
  static Result<void> without_answer(const Result<Answer>& answer) {
    if (!answer) return answer.error();
    return {};
  }

  // Calls `talk` on a connection that is there, once more on a new one when it turns out that the old one had
  // died.
  template <class Talk>
  Result<Answer> connected(Talk talk);
  Result<Answer> run(std::string_view sql, Values values);
  Result<Answer> run_script(std::string_view sql);
  Result<std::string_view> prepare(std::string_view sql);
  Result<Answer> answer_to(int sent);

  const Libpq pq_;
  const std::string address_;
  const PostgresPatience patience_;
  milliseconds answer_within_;
  Connection connection_{nullptr, pq_.PQfinish};
  bool in_transaction_ = false;
  ByStatement<std::string> prepared_;  // what PostgreSQL knows them by
};

Result<void> PostgresDb::connect() {
  prepared_.clear();
  connection_.reset();
  const std::string connect_timeout = std::to_string(patience_.connect.count());
  const std::string silence = std::to_string(usual().count());
  // synchronous_commit: a commit that was answered is on the disk, whatever the server's configuration says.
  const std::string options =
      "-c synchronous_commit=on -c statement_timeout=" + std::to_string(patience_.statement.count());
  // In this order: what stands in the address, behind them, wins.
  const std::array names{"connect_timeout",
                         "tcp_user_timeout",
                         "options",
                         "client_encoding",
                         "fallback_application_name",
                         "dbname",
                         static_cast<const char*>(nullptr)};
  const std::array values{connect_timeout.c_str(),
                          silence.c_str(),
                          options.c_str(),
                          "UTF8",
                          "heliograph",
                          address_.c_str(),
                          static_cast<const char*>(nullptr)};
  connection_.reset(pq_.PQconnectdbParams(names.data(), values.data(), 1));
  if (!connection_) return lost("no memory for a connection");
  if (pq_.PQstatus(connection_.get()) != CONNECTION_OK) return lost(pq_.PQerrorMessage(connection_.get()));
  pq_.PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);  // not to standard error
  return {};
}

// Waits for the whole answer to what was `sent` (libpq's 1 or 0), but not for ever: a server that is silent
// for too long loses its connection, because nobody knows any more what it is doing.
Result<Answer> PostgresDb::answer_to(int sent) {
  PGconn* connection = connection_.get();
  if (sent == 0) return lost(pq_.PQerrorMessage(connection));
  const auto deadline = SteadyClock::now() + answer_within_;
  Answer answer(nullptr, pq_.PQclear);
  for (;;) {
    while (pq_.PQisBusy(connection) != 0) {
      const auto left = std::chrono::ceil<milliseconds>(deadline - SteadyClock::now());
      pollfd socket{pq_.PQsocket(connection), POLLIN, 0};
      const int ready = left.count() > 0 ? poll(&socket, 1, static_cast<int>(left.count())) : 0;
      if (ready < 0 && errno == EINTR) continue;
      if (ready <= 0) {
        connection_.reset();
        return lost("no answer within " + std::to_string(answer_within_.count()) + " ms");
      }
      if (pq_.PQconsumeInput(connection) == 0) return lost(pq_.PQerrorMessage(connection));
    }
    Answer next(pq_.PQgetResult(connection), pq_.PQclear);
    if (!next) break;
    if (!answer || !failed(pq_, answer.get()))
      answer = std::move(next);  // of several statements, the first failure counts
  }
  if (!answer) return lost(pq_.PQerrorMessage(connection));
  if (failed(pq_, answer.get())) return error_of(pq_, answer.get());
  return answer;
}

template <class Talk>
Result<Answer> PostgresDb::connected(Talk talk) {
  if (!connection_) {
    if (in_transaction_) return lost("the connection was lost in the middle of a transaction");
    if (auto opened = connect(); !opened) return opened.error();
  }
  auto answer = talk();
  const bool died = connection_ && pq_.PQstatus(connection_.get()) == CONNECTION_BAD;
  if (answer || !died || in_transaction_) return answer;
  if (auto opened = connect(); !opened) return opened.error();
  return talk();
}

Result<std::string_view> PostgresDb::prepare(std::string_view sql) {
  if (const auto known = prepared_.find(sql); known != prepared_.end())
    return std::string_view(known->second);
  const std::string text(sql);
  const std::string name = "s" + std::to_string(prepared_.size());
  const auto answer = answer_to(pq_.PQsendPrepare(connection_.get(), name.c_str(), text.c_str(), 0, nullptr));
  if (!answer) return answer.error();
  return std::string_view(prepared_.emplace(text, name).first->second);
}

Result<Answer> PostgresDb::run(std::string_view sql, Values values) {
  const Parameters parameters(values);
  return connected([&]() -> Result<Answer> {
    const auto name = prepare(sql);
    if (!name) return name.error();
    return answer_to(pq_.PQsendQueryPrepared(connection_.get(), name->data(), parameters.count(),
                                             parameters.starts(), parameters.lengths(), parameters.formats(),
                                             1));
  });
}

Result<Answer> PostgresDb::run_script(std::string_view sql) {
  const std::string text(sql);
  return connected([&] { return answer_to(pq_.PQsendQuery(connection_.get(), text.c_str())); });
}

Result<void> PostgresDb::begin() {
  const auto begun = run_script("BEGIN");
  in_transaction_ = begun.has_value();
  return without_answer(begun);
}

Result<void> PostgresDb::begin_exclusive() {
  if (auto begun = begin(); !begun) return begun;
  answer_within_ = patience_.exclusive;
  auto alone = run_script("SET LOCAL statement_timeout = 0");
  if (alone) alone = run_script(take_exclusive_lock);
  if (!alone) rollback();
  return without_answer(alone);
}

Result<void> PostgresDb::commit() {
  const auto committed = run_script("COMMIT");
  if (!committed) return committed.error();
  in_transaction_ = false;
  answer_within_ = usual();
  // PostgreSQL answers COMMIT of a transaction in which something failed with a friendly "ROLLBACK".
  if (std::string_view(pq_.PQcmdStatus(committed->get())) == "COMMIT") return {};
  return Error{ErrorKind::internal, "PostgreSQL: the transaction had failed and was rolled back"};
}

void PostgresDb::rollback() {
  if (!in_transaction_) return;
  // A lost connection is a rollback too.
  if (connection_) static_cast<void>(run_script("ROLLBACK"));
  in_transaction_ = false;
  answer_within_ = usual();
}

Result<void> PostgresDb::query(std::string_view sql, Values values, const OnRow& on_row) {
  const auto answer = run(sql, values);
  if (!answer) return answer.error();
  for (int row = 0; row < pq_.PQntuples(answer->get()); ++row) on_row(PostgresRow(pq_, answer->get(), row));
  return {};
}

Result<std::int64_t> PostgresDb::execute(std::string_view sql, Values values) {
  const auto answer = run(sql, values);
  if (!answer) return answer.error();
  const std::string count = pq_.PQcmdTuples(answer->get());
  return count.empty() ? 0 : std::stoll(count);
}

}  // namespace

ErrorKind kind_of_sqlstate(std::string_view sqlstate) {
  struct Mapping {
    std::string_view prefix;
    ErrorKind kind;
  };
  static constexpr std::array mappings{
      Mapping{"08P01", ErrorKind::internal},     // we spoke wrongly
      Mapping{"08", ErrorKind::unavailable},     // the connection
      Mapping{"23505", ErrorKind::conflict},     // unique
      Mapping{"25006", ErrorKind::unavailable},  // a standby that is not promoted yet
      Mapping{"25P03", ErrorKind::unavailable},  // the server ended an idle transaction
      Mapping{"40", ErrorKind::unavailable},     // deadlock, serialization: rolled back, try again
      Mapping{"53100", ErrorKind::storage_full},
      Mapping{"53", ErrorKind::unavailable},     // memory, connections
      Mapping{"55P03", ErrorKind::unavailable},  // a lock
      Mapping{"57", ErrorKind::unavailable},     // shutting down, starting up, out of time
      Mapping{"58030", ErrorKind::unavailable},  // its disk
      Mapping{"XX001", ErrorKind::data_lost},
      Mapping{"XX002", ErrorKind::data_lost},
  };
  for (const Mapping& mapping : mappings) {
    if (sqlstate.starts_with(mapping.prefix)) return mapping.kind;
  }
  return ErrorKind::internal;
}

Result<std::unique_ptr<Db>> open_postgres(const std::string& address, const PostgresPatience& patience) {
  const auto pq = load_libpq();
  if (!pq) return pq.error();
  auto db = std::make_unique<PostgresDb>(*pq, address, patience);
  if (auto opened = db->connect(); !opened) return opened.error();
  return db;
}

}  // namespace heliograph::catalog
