// The thin driver below the catalog: a statement and its values go in, rows come out. Two engines, one
// interface.
//
// Statements are the common subset of SQLite and PostgreSQL, with parameters $1, $2, … Each text is prepared
// once for a connection and kept, so a text must come from a small fixed set: values are never written into
// it. Every write stands in a transaction. So a driver that has lost its connection may open another one
// whenever it is outside of a transaction, and say the statement again: nothing can have been done twice. A
// Db belongs to one thread at a time. What must not be in it: what the statements mean.
#pragma once

#include "server/base/error.hpp"
#include "server/base/id.hpp"
#include "server/base/sha256.hpp"
#include "server/base/time.hpp"
#include "server/catalog/catalog.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace heliograph::catalog {

// What a parameter stands for. Texts and bytes are borrowed until the call returns.
class Value {
 public:
  using Bytes = std::span<const std::uint8_t>;
  using Any = std::variant<std::monostate, std::int64_t, std::string_view, Bytes>;  // monostate: NULL

  // Implicit, so that a statement's parameters are a plain list. NOLINTBEGIN(google-explicit-constructor)
  template <std::integral Integer>
  Value(Integer value) : any_(static_cast<std::int64_t>(value)) {}
  Value(Timestamp value) : any_(to_ms(value)) {}
  template <class Tag>
  Value(Id<Tag> value) : any_(value.value) {}
  Value(std::string_view value) : any_(value) {}
  Value(const std::string& value) : any_(std::string_view(value)) {}
  Value(const Sha256Digest& value) : any_(Bytes(value)) {}
  Value(Bytes value) : any_(value) {}
  template <class T>
  Value(const std::optional<T>& value) : any_(value ? Value(*value).any_ : Any()) {}
  // NOLINTEND(google-explicit-constructor)

  const Any& any() const { return any_; }

 private:
  Any any_;
};

// One row of an answer; valid during the callback that is handed it.
class Row {
 public:
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::span<const std::uint8_t> bytes(int column) const = 0;

  Timestamp time(int column) const { return from_ms(integer(column)); }
  template <class AnyId>
  AnyId id(int column) const {
    return AnyId{integer(column)};
  }
  std::optional<std::int64_t> optional_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
  }
  Sha256Digest digest(int column) const;

 protected:
  ~Row() = default;
};

class Db {
 public:
  using Values = std::initializer_list<Value>;
  using OnRow = std::function<void(const Row&)>;  // must not use the Db

  virtual ~Db() = default;

  virtual Result<void> begin() = 0;
  // A transaction that lets no other of its kind run, and may take as long as it needs: for what touches
  // every row.
  virtual Result<void> begin_exclusive() = 0;
  virtual Result<void> commit() = 0;
  virtual void rollback() = 0;

  // A statement that returns rows.
  virtual Result<void> query(std::string_view sql, Values values, const OnRow& on_row) = 0;
  // A statement that returns none. How many rows it changed.
  virtual Result<std::int64_t> execute(std::string_view sql, Values values) = 0;
  // Several statements without values, in the words of schema.sql.
  virtual Result<void> execute_script(std::string_view sql) = 0;

  // The names of the tables that are there, whoever made them.
  virtual Result<std::vector<std::string>> tables() = 0;
  // What a SELECT ends with that takes rows for itself and leaves those that others are taking.
  virtual std::string_view skip_locked() const = 0;
  virtual Durability durability() const = 0;
  // Moves the engine's log into its file, where that is asked of this connection.
  virtual Result<void> checkpoint(Checkpoint when) = 0;
  // A sentence per fault in what the engine keeps.
  virtual Result<std::vector<std::string>> faults() = 0;

  // in_one_transaction() is at work: what else would be a transaction is a part of its.
  bool in_parts = false;
};

// What a driver keeps of each statement it has prepared, found by its text.
struct StatementHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view sql) const { return std::hash<std::string_view>{}(sql); }
};
template <class T>
using ByStatement = std::unordered_map<std::string, T, StatementHash, std::equal_to<>>;

// Every row of a query, as `read` makes it.
template <class Read>
auto all(Db& db, std::string_view sql, Db::Values values, Read read)
    -> Result<std::vector<std::invoke_result_t<Read, const Row&>>> {
  std::vector<std::invoke_result_t<Read, const Row&>> rows;
  if (auto done = db.query(sql, values, [&](const Row& row) { rows.push_back(read(row)); }); !done) {
    return done.error();
  }
  return rows;
}

// The first row of a query, as `read` makes it, if there is one.
template <class Read>
auto first(Db& db, std::string_view sql, Db::Values values, Read read)
    -> Result<std::optional<std::invoke_result_t<Read, const Row&>>> {
  std::optional<std::invoke_result_t<Read, const Row&>> found;
  auto done = db.query(sql, values, [&](const Row& row) {
    if (!found) found = read(row);
  });
  if (!done) return done.error();
  return found;
}

// Runs `work`, which returns a Result, in the transaction that was `begun`: kept when it succeeds, undone
// otherwise.
template <class Work>
auto finish_transaction(Db& db, const Result<void>& begun, Work work) -> std::invoke_result_t<Work> {
  if (!begun) return begun.error();
  struct Rollback {
    Db* db;
    ~Rollback() {
      if (db != nullptr) db->rollback();
    }
  } unless_committed{&db};
  auto result = work();
  if (!result) return result;
  if (auto committed = db.commit(); !committed) return committed.error();
  unless_committed.db = nullptr;
  return result;
}

// The same of a part of a transaction: what it did is undone alone.
template <class Work>
auto in_part(Db& db, Work work) -> std::invoke_result_t<Work> {
  if (auto begun = db.execute_script("SAVEPOINT part"); !begun) return begun.error();
  struct Undo {
    Db* db;
    ~Undo() {
      if (db == nullptr) return;
      static_cast<void>(db->execute_script("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part"));
    }
  } unless_kept{&db};
  auto result = work();
  if (!result) return result;
  if (auto kept = db.execute_script("RELEASE SAVEPOINT part"); !kept) return kept.error();
  unless_kept.db = nullptr;
  return result;
}

template <class Work>
auto in_transaction(Db& db, Work work) {
  return db.in_parts ? in_part(db, std::move(work)) : finish_transaction(db, db.begin(), std::move(work));
}

// Runs `work`, whose transactions are parts of one: kept together, by one flush. A part that fails is undone,
// and the others are kept.
template <class Work>
Result<void> in_one_transaction(Db& db, Work work) {
  return finish_transaction(db, db.begin(), [&]() -> Result<void> {
    struct Parts {
      Db& db;
      explicit Parts(Db& of) : db(of) { db.in_parts = true; }
      ~Parts() { db.in_parts = false; }
    } const parts(db);
    work();
    return {};
  });
}
template <class Work>
auto in_exclusive_transaction(Db& db, Work work) {
  return finish_transaction(db, db.begin_exclusive(), std::move(work));
}

}  // namespace heliograph::catalog
