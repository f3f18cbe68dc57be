-- Version 7 brings programs to cameras.

CREATE TABLE firmware_release (
  id         BIGINT PRIMARY KEY CHECK (id > 0),
  model      TEXT NOT NULL CHECK (length(model) BETWEEN 1 AND 48),
  version    TEXT NOT NULL CHECK (length(version) BETWEEN 5 AND 17),
  security   BIGINT NOT NULL CHECK (security BETWEEN 0 AND 4294967295),
  downgrade  BIGINT NOT NULL CHECK (downgrade IN (0, 1)),
  size_bytes BIGINT NOT NULL CHECK (size_bytes > 0),
  sha256     BYTEA NOT NULL CHECK (length(sha256) = 32),
  public_key BYTEA NOT NULL CHECK (length(public_key) = 32),
  manifest_sha256 BYTEA NOT NULL UNIQUE CHECK (length(manifest_sha256) = 32),
  actor      TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE rollout (
  id         BIGINT PRIMARY KEY CHECK (id > 0),
  release_id BIGINT NOT NULL REFERENCES firmware_release (id) ON DELETE CASCADE,
  model      TEXT NOT NULL CHECK (length(model) BETWEEN 1 AND 48),
  group_id   BIGINT NOT NULL CHECK (group_id >= 0),
  first_camera_id BIGINT REFERENCES camera (id),
  stage      TEXT NOT NULL CHECK (stage IN ('one', 'tenth', 'all')),
  state      TEXT NOT NULL CHECK (state IN ('running', 'halted', 'finished')),
  automatic  BIGINT NOT NULL CHECK (automatic IN (0, 1)),
  failure_limit BIGINT NOT NULL CHECK (failure_limit BETWEEN 1 AND 1000000),
  reason     TEXT CHECK (length(reason) BETWEEN 1 AND 256),
  actor      TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  CHECK ((state = 'halted') = (reason IS NOT NULL))
);

CREATE UNIQUE INDEX rollout_running ON rollout (model) WHERE state = 'running';
CREATE INDEX rollout_by_release ON rollout (release_id);

CREATE TABLE rollout_camera (
  rollout_id BIGINT NOT NULL REFERENCES rollout (id) ON DELETE CASCADE,
  camera_id  BIGINT NOT NULL REFERENCES camera (id),
  command_id TEXT NOT NULL CHECK (length(command_id) BETWEEN 1 AND 36),
  outcome    TEXT NOT NULL CHECK (outcome IN ('told', 'updated', 'failed', 'left-out')),
  reason     TEXT CHECK (length(reason) <= 256),
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (rollout_id, camera_id)
);

CREATE INDEX rollout_camera_by_camera ON rollout_camera (camera_id) WHERE outcome = 'told';

UPDATE schema_version SET version = 7;
