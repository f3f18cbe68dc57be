-- Version 3 counts bytes beside images, keeps each camera's health, what was refused and what is still being sent, and
-- knows how long images stay.

ALTER TABLE camera ADD COLUMN image_bytes BIGINT NOT NULL DEFAULT 0 CHECK (image_bytes >= 0);
ALTER TABLE camera ADD COLUMN accepted_at BIGINT;
ALTER TABLE camera ADD COLUMN repeats BIGINT NOT NULL DEFAULT 0 CHECK (repeats >= 0);
ALTER TABLE camera ADD COLUMN refused_at BIGINT;
ALTER TABLE camera ADD COLUMN refusal TEXT;
ALTER TABLE camera ADD COLUMN refusals BIGINT NOT NULL DEFAULT 0 CHECK (refusals >= 0);
ALTER TABLE camera ADD COLUMN look BYTEA CHECK (length(look) = 32);
ALTER TABLE camera ADD COLUMN look_at BIGINT;
ALTER TABLE camera ADD COLUMN looks_alike BIGINT NOT NULL DEFAULT 0 CHECK (looks_alike >= 0);
ALTER TABLE image ADD COLUMN starred BIGINT NOT NULL DEFAULT 0 CHECK (starred IN (0, 1));
ALTER TABLE image ADD COLUMN salvaged BIGINT NOT NULL DEFAULT 0 CHECK (salvaged IN (0, 1));
ALTER TABLE hour_count ADD COLUMN bytes BIGINT NOT NULL DEFAULT 0 CHECK (bytes >= 0);

-- The remainder is taken twice, so that hours before 1970 begin at their beginning too.
DELETE FROM hour_count;
INSERT INTO hour_count (camera_id, hour, images, bytes)
  SELECT camera_id, captured_at - (captured_at % 3600000 + 3600000) % 3600000, count(*), CAST(sum(size_bytes) AS BIGINT)
  FROM image GROUP BY 1, 2;
INSERT INTO hour_count (camera_id, hour, images, bytes)
  SELECT 0, hour, CAST(sum(images) AS BIGINT), CAST(sum(bytes) AS BIGINT) FROM hour_count GROUP BY hour;
UPDATE camera SET
  image_count = (SELECT count(*) FROM image WHERE image.camera_id = camera.id),
  image_bytes = COALESCE((SELECT CAST(sum(size_bytes) AS BIGINT) FROM image WHERE image.camera_id = camera.id), 0),
  accepted_at = (SELECT max(received_at) FROM image WHERE image.camera_id = camera.id);

CREATE TABLE quarantine (
  id          BIGINT PRIMARY KEY CHECK (id > 0),
  camera_id   BIGINT NOT NULL REFERENCES camera (id),
  received_at BIGINT NOT NULL,
  reason      TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  boot        TEXT CHECK (length(boot) BETWEEN 1 AND 36),
  sequence    BIGINT CHECK (sequence >= 0),
  sha256      BYTEA NOT NULL CHECK (length(sha256) = 32),
  size_bytes  BIGINT NOT NULL CHECK (size_bytes >= 0),
  head        BYTEA NOT NULL CHECK (length(head) <= 64),
  salvaged_id BIGINT CHECK (salvaged_id > 0),
  CHECK ((boot IS NULL) = (sequence IS NULL))
);

CREATE INDEX quarantine_by_time ON quarantine (received_at, id);
CREATE INDEX quarantine_by_camera ON quarantine (camera_id, received_at, id);

CREATE TABLE upload (
  id          BIGINT PRIMARY KEY CHECK (id > 0),
  camera_id   BIGINT NOT NULL REFERENCES camera (id),
  created_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  size_bytes  BIGINT NOT NULL CHECK (size_bytes > 0),
  about       TEXT NOT NULL,
  image_id    BIGINT REFERENCES image (id) ON DELETE SET NULL
);

CREATE INDEX upload_by_expiry ON upload (expires_at);
CREATE INDEX upload_by_camera ON upload (camera_id);
CREATE INDEX upload_by_image ON upload (image_id) WHERE image_id IS NOT NULL;

CREATE TABLE retention (
  camera_id   BIGINT PRIMARY KEY CHECK (camera_id >= 0),
  keep_days   BIGINT CHECK (keep_days > 0),
  keep_bytes  BIGINT CHECK (keep_bytes > 0),
  keep_images BIGINT CHECK (keep_images > 0),
  all_days    BIGINT CHECK (all_days > 0),
  hourly_days BIGINT CHECK (hourly_days > all_days),
  CHECK (hourly_days IS NULL OR all_days IS NOT NULL)
);

CREATE TABLE removal (
  image_id    BIGINT PRIMARY KEY CHECK (image_id > 0),
  camera_id   BIGINT NOT NULL REFERENCES camera (id),
  captured_at BIGINT NOT NULL
);

UPDATE schema_version SET version = 3;
