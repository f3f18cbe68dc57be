-- Version 11 knows how much of an image moved, and what programs found in it.

ALTER TABLE image ADD COLUMN motion_ppm BIGINT CHECK (motion_ppm BETWEEN 0 AND 1000000);

CREATE INDEX image_moved ON image (captured_at, id) WHERE motion_ppm >= 3000;
CREATE INDEX image_moved_by_camera ON image (camera_id, captured_at, id) WHERE motion_ppm >= 3000;

CREATE TABLE detection (
  image_id   BIGINT NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  source     TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 64),
  number     BIGINT NOT NULL CHECK (number >= 0),
  label      TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 64),
  score_ppm  BIGINT NOT NULL CHECK (score_ppm BETWEEN 0 AND 1000000),
  x_ppm      BIGINT CHECK (x_ppm >= 0),
  y_ppm      BIGINT CHECK (y_ppm >= 0),
  width_ppm  BIGINT CHECK (width_ppm > 0),
  height_ppm BIGINT CHECK (height_ppm > 0),
  PRIMARY KEY (image_id, source, number),
  CHECK (x_ppm + width_ppm <= 1000000),
  CHECK (y_ppm + height_ppm <= 1000000),
  CHECK ((x_ppm IS NULL) = (y_ppm IS NULL)),
  CHECK ((x_ppm IS NULL) = (width_ppm IS NULL)),
  CHECK ((x_ppm IS NULL) = (height_ppm IS NULL))
);

CREATE TABLE image_label (
  image_id    BIGINT NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  label       TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 64),
  camera_id   BIGINT NOT NULL REFERENCES camera (id),
  captured_at BIGINT NOT NULL,
  PRIMARY KEY (image_id, label)
);

CREATE INDEX image_by_label ON image_label (label, captured_at, image_id);
CREATE INDEX image_by_label_and_camera ON image_label (label, camera_id, captured_at, image_id);

UPDATE schema_version SET version = 11;
