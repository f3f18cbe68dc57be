-- Version 10 knows what needed somebody and when, and which browsers are told of it.

CREATE TABLE alert (
  id          BIGINT PRIMARY KEY CHECK (id > 0),
  camera_id   BIGINT REFERENCES camera (id),
  kind        TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 32),
  detail      TEXT NOT NULL CHECK (length(detail) <= 256),
  wrong_since BIGINT NOT NULL,
  opened_at   BIGINT,
  right_since BIGINT,
  closed_at   BIGINT,
  CHECK (closed_at IS NULL OR opened_at IS NOT NULL)
);

CREATE UNIQUE INDEX alert_unfinished ON alert (COALESCE(camera_id, 0), kind) WHERE closed_at IS NULL;
CREATE INDEX alert_by_time ON alert (opened_at, id) WHERE opened_at IS NOT NULL;
CREATE INDEX alert_by_camera ON alert (camera_id, opened_at, id) WHERE opened_at IS NOT NULL;
CREATE INDEX alert_by_end ON alert (closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE listening (
  id      BIGINT PRIMARY KEY CHECK (id = 1),
  since   BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);

CREATE TABLE push_key (
  id     BIGINT PRIMARY KEY CHECK (id = 1),
  secret BYTEA NOT NULL CHECK (length(secret) = 32),
  point  BYTEA NOT NULL CHECK (length(point) = 65)
);

CREATE TABLE push_subscription (
  id         BIGINT PRIMARY KEY CHECK (id > 0),
  person_id  BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  endpoint   TEXT NOT NULL UNIQUE CHECK (length(endpoint) BETWEEN 1 AND 1024),
  p256dh     BYTEA NOT NULL CHECK (length(p256dh) = 65),
  auth       BYTEA NOT NULL CHECK (length(auth) = 16),
  kinds      TEXT NOT NULL CHECK (length(kinds) <= 256),
  origin     TEXT NOT NULL CHECK (length(origin) <= 300),
  created_at BIGINT NOT NULL,
  told_at    BIGINT,
  failing    TEXT CHECK (length(failing) <= 256)
);

CREATE INDEX push_subscription_by_person ON push_subscription (person_id);

CREATE TABLE push_message (
  id              BIGINT PRIMARY KEY CHECK (id > 0),
  subscription_id BIGINT NOT NULL REFERENCES push_subscription (id) ON DELETE CASCADE,
  topic           TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 32),
  body            TEXT NOT NULL CHECK (length(body) BETWEEN 2 AND 3072),
  urgent          BIGINT NOT NULL CHECK (urgent IN (0, 1)),
  created_at      BIGINT NOT NULL,
  attempts        BIGINT NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  due_at          BIGINT NOT NULL,
  UNIQUE (subscription_id, topic)
);

CREATE INDEX push_message_by_due ON push_message (due_at);

UPDATE schema_version SET version = 10;
