-- Version 5 knows more ways in: people by an OpenID provider, cameras by a claim, strangers by a link that is shared.

-- A camera that sent its key over plain HTTP goes on doing so until its owner says otherwise: a picture that is refused
-- after an upgrade is a picture lost.
ALTER TABLE camera ADD COLUMN plain_http BIGINT NOT NULL DEFAULT 0 CHECK (plain_http IN (0, 1));
UPDATE camera SET plain_http = 1 WHERE removed_at IS NULL;
ALTER TABLE camera ADD COLUMN suspect_at BIGINT;
ALTER TABLE camera ADD COLUMN may_roam BIGINT NOT NULL DEFAULT 0 CHECK (may_roam IN (0, 1));
ALTER TABLE api_token ADD COLUMN may_ingest BIGINT NOT NULL DEFAULT 0 CHECK (may_ingest IN (0, 1));

CREATE TABLE identity (
  id         BIGINT PRIMARY KEY CHECK (id > 0),
  issuer     TEXT NOT NULL CHECK (length(issuer) BETWEEN 1 AND 512),
  subject    TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
  label      TEXT NOT NULL CHECK (length(label) <= 128),
  person_id  BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  UNIQUE (issuer, subject),
  UNIQUE (person_id, issuer)
);

CREATE TABLE claim (
  id           BIGINT PRIMARY KEY CHECK (id > 0),
  key_hash     BYTEA NOT NULL UNIQUE CHECK (length(key_hash) = 32),
  code         TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 16),
  model        TEXT NOT NULL CHECK (length(model) <= 64),
  address      TEXT NOT NULL,
  announced_at BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL
);

CREATE INDEX claim_by_expiry ON claim (expires_at);

CREATE TABLE share (
  id         BIGINT PRIMARY KEY CHECK (id > 0),
  token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  name       TEXT NOT NULL CHECK (length(name) <= 64),
  kind       TEXT NOT NULL CHECK (kind IN ('image', 'day', 'camera', 'live')),
  camera_id  BIGINT NOT NULL REFERENCES camera (id),
  image_id   BIGINT REFERENCES image (id) ON DELETE CASCADE,
  begins_at  BIGINT,
  ends_at    BIGINT,
  password_hash TEXT CHECK (length(password_hash) BETWEEN 1 AND 128),
  metadata   BIGINT NOT NULL CHECK (metadata IN (0, 1)),
  person_id  BIGINT REFERENCES person (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  views      BIGINT NOT NULL DEFAULT 0 CHECK (views >= 0),
  viewed_at  BIGINT,
  CHECK ((kind = 'image') = (image_id IS NOT NULL)),
  CHECK ((kind = 'day') = (begins_at IS NOT NULL)),
  CHECK ((kind = 'day') = (ends_at IS NOT NULL))
);

CREATE INDEX share_by_camera ON share (camera_id);
CREATE INDEX share_by_image ON share (image_id) WHERE image_id IS NOT NULL;
CREATE INDEX share_by_person ON share (person_id) WHERE person_id IS NOT NULL;

UPDATE schema_version SET version = 5;
