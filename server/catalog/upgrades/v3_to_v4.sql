-- Version 4 knows people: who may sign in, what they may do, and what was done.

CREATE TABLE camera_group (
  id         BIGINT PRIMARY KEY CHECK (id > 0),
  name       TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 64),
  created_at BIGINT NOT NULL
);

ALTER TABLE camera ADD COLUMN old_key_hash BYTEA CHECK (length(old_key_hash) = 32);
ALTER TABLE camera ADD COLUMN old_key_until BIGINT;
ALTER TABLE camera ADD COLUMN group_id BIGINT REFERENCES camera_group (id) ON DELETE SET NULL;
CREATE UNIQUE INDEX camera_by_old_key ON camera (old_key_hash) WHERE old_key_hash IS NOT NULL;
CREATE INDEX camera_by_group ON camera (group_id) WHERE group_id IS NOT NULL;

CREATE TABLE person (
  id            BIGINT PRIMARY KEY CHECK (id > 0),
  name          TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 64),
  created_at    BIGINT NOT NULL,
  password_hash TEXT CHECK (length(password_hash) BETWEEN 1 AND 128),
  totp_secret   BYTEA CHECK (length(totp_secret) BETWEEN 16 AND 64),
  totp_in_use   BIGINT NOT NULL DEFAULT 0 CHECK (totp_in_use IN (0, 1)),
  totp_step     BIGINT NOT NULL DEFAULT 0,
  CHECK (totp_in_use = 0 OR totp_secret IS NOT NULL)
);

CREATE TABLE person_grant (
  person_id BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  group_id  BIGINT NOT NULL CHECK (group_id >= 0),
  role      TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'administrator')),
  PRIMARY KEY (person_id, group_id)
);

CREATE INDEX person_grant_by_group ON person_grant (group_id);

CREATE TABLE recovery_code (
  person_id BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  code_hash BYTEA NOT NULL CHECK (length(code_hash) = 32),
  PRIMARY KEY (person_id, code_hash)
);

CREATE TABLE session (
  id         BIGINT PRIMARY KEY CHECK (id > 0),
  token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  person_id  BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  used_at    BIGINT NOT NULL,
  address    TEXT NOT NULL,
  agent      TEXT NOT NULL
);

CREATE INDEX session_by_person ON session (person_id);
CREATE INDEX session_by_use ON session (used_at);

CREATE TABLE api_token (
  id         BIGINT PRIMARY KEY CHECK (id > 0),
  token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  person_id  BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
  may_read    BIGINT NOT NULL CHECK (may_read IN (0, 1)),
  may_control BIGINT NOT NULL CHECK (may_control IN (0, 1)),
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  used_at    BIGINT
);

CREATE INDEX api_token_by_person ON api_token (person_id);

CREATE TABLE password_link (
  token_hash BYTEA PRIMARY KEY CHECK (length(token_hash) = 32),
  person_id  BIGINT NOT NULL UNIQUE REFERENCES person (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL
);

CREATE TABLE audit (
  id      BIGINT PRIMARY KEY CHECK (id > 0),
  at      BIGINT NOT NULL,
  actor   TEXT NOT NULL,
  address TEXT NOT NULL,
  action  TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 64),
  subject TEXT NOT NULL,
  allowed BIGINT NOT NULL CHECK (allowed IN (0, 1))
);

CREATE INDEX audit_by_time ON audit (at);

UPDATE schema_version SET version = 4;
