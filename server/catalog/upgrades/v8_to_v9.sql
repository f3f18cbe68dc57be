-- Version 9 knows a trash, tags, notes and placeholders, lets somebody put a camera on the map, and finds the last place that one
-- told by an index.

ALTER TABLE image ADD COLUMN trashed_at BIGINT CONSTRAINT image_in_trash_has_no_star CHECK (trashed_at IS NULL OR starred = 0);
ALTER TABLE image ADD COLUMN note TEXT CHECK (length(note) BETWEEN 1 AND 2000);
ALTER TABLE image ADD COLUMN placeholder BYTEA CHECK (length(placeholder) BETWEEN 5 AND 25);

DROP INDEX image_by_time;
DROP INDEX image_by_camera_and_time;
CREATE INDEX image_by_time ON image (captured_at, id) WHERE trashed_at IS NULL;
CREATE INDEX image_by_camera_and_time ON image (camera_id, captured_at, id) WHERE trashed_at IS NULL;
CREATE INDEX image_in_trash ON image (trashed_at, id) WHERE trashed_at IS NOT NULL;
CREATE INDEX image_in_trash_by_camera ON image (camera_id, captured_at, id) WHERE trashed_at IS NOT NULL;
CREATE INDEX image_starred ON image (captured_at, id) WHERE starred = 1;
CREATE INDEX image_noted ON image (captured_at, id) WHERE note IS NOT NULL;

CREATE TABLE image_tag (
  image_id    BIGINT NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  tag         TEXT NOT NULL CHECK (length(tag) BETWEEN 1 AND 40),
  captured_at BIGINT NOT NULL,
  PRIMARY KEY (image_id, tag)
);

CREATE INDEX image_by_tag ON image_tag (tag, captured_at, image_id);

CREATE INDEX telemetry_slot_by_place ON telemetry_slot (camera_id, at)
  WHERE lat_e7_most IS NOT NULL AND lon_e7_most IS NOT NULL;

CREATE TABLE camera_place (
  camera_id BIGINT PRIMARY KEY REFERENCES camera (id),
  lat_e7    BIGINT NOT NULL CHECK (lat_e7 BETWEEN -900000000 AND 900000000),
  lon_e7    BIGINT NOT NULL CHECK (lon_e7 BETWEEN -1800000000 AND 1800000000)
);

UPDATE schema_version SET version = 9;
