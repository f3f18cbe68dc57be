-- Version 6 tells cameras what to do, and keeps what they say of themselves.

CREATE TABLE command (
  camera_id  BIGINT NOT NULL REFERENCES camera (id),
  id         TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 32),
  arguments  TEXT NOT NULL CHECK (length(arguments) BETWEEN 2 AND 512),
  actor      TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN
    ('queued', 'delivered', 'accepted', 'succeeded', 'failed', 'rejected', 'expired', 'cancelled')),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  reason     TEXT CHECK (length(reason) <= 256),
  result     TEXT CHECK (length(result) <= 512),
  PRIMARY KEY (camera_id, id)
);

CREATE INDEX command_by_time ON command (camera_id, created_at, id);
CREATE INDEX command_unfinished ON command (camera_id, created_at, id)
  WHERE state IN ('queued', 'delivered', 'accepted');
CREATE UNIQUE INDEX command_in_flight ON command (camera_id) WHERE state IN ('delivered', 'accepted');

CREATE TABLE camera_settings (
  camera_id        BIGINT PRIMARY KEY REFERENCES camera (id),
  version          BIGINT NOT NULL CHECK (version > 0),
  wanted           TEXT NOT NULL CHECK (length(wanted) BETWEEN 2 AND 2048),
  actor            TEXT NOT NULL,
  set_at           BIGINT NOT NULL,
  reported_version BIGINT CHECK (reported_version >= 0),
  reported_status  TEXT CHECK (reported_status IN ('applied', 'rejected', 'rolled-back')),
  reported_reason  TEXT CHECK (length(reported_reason) <= 256),
  reported_at      BIGINT,
  applied          TEXT CHECK (length(applied) BETWEEN 2 AND 2048),
  CHECK ((reported_version IS NULL) = (reported_status IS NULL)),
  CHECK ((reported_version IS NULL) = (reported_at IS NULL))
);

CREATE TABLE camera_self (
  camera_id    BIGINT PRIMARY KEY REFERENCES camera (id),
  boot         TEXT NOT NULL CHECK (length(boot) BETWEEN 1 AND 36),
  firmware     TEXT NOT NULL CHECK (length(firmware) <= 64),
  model        TEXT NOT NULL CHECK (length(model) <= 64),
  sensor       TEXT NOT NULL CHECK (length(sensor) <= 64),
  capabilities TEXT CHECK (length(capabilities) <= 2048),
  heard_at     BIGINT NOT NULL,
  due_at       BIGINT
);

CREATE TABLE telemetry_slot (
  camera_id           BIGINT NOT NULL REFERENCES camera (id),
  at                  BIGINT NOT NULL CHECK (at % 300000 = 0),
  battery_mv_least    BIGINT,
  battery_mv_most     BIGINT,
  rssi_dbm_least      BIGINT,
  rssi_dbm_most       BIGINT,
  lat_e7_least        BIGINT,
  lat_e7_most         BIGINT,
  lon_e7_least        BIGINT,
  lon_e7_most         BIGINT,
  temperature_mc_least BIGINT,
  temperature_mc_most BIGINT,
  heap_bytes_least    BIGINT,
  heap_bytes_most     BIGINT,
  uptime_s_least      BIGINT,
  uptime_s_most       BIGINT,
  PRIMARY KEY (camera_id, at)
);

UPDATE schema_version SET version = 6;
