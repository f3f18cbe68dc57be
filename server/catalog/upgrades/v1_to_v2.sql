-- Version 2 counts the images of each hour and camera beside them: reading every image to know how many there are
-- takes a second at a million.

CREATE TABLE hour_count (
  camera_id BIGINT NOT NULL CHECK (camera_id >= 0),
  hour      BIGINT NOT NULL CHECK (hour % 3600000 = 0),
  images    BIGINT NOT NULL CHECK (images >= 0),
  PRIMARY KEY (camera_id, hour)
);

-- The remainder is taken twice, so that hours before 1970 begin at their beginning too.
INSERT INTO hour_count (camera_id, hour, images)
  SELECT camera_id, captured_at - (captured_at % 3600000 + 3600000) % 3600000, count(*)
  FROM image GROUP BY 1, 2;
INSERT INTO hour_count (camera_id, hour, images)
  SELECT 0, hour, CAST(sum(images) AS BIGINT) FROM hour_count GROUP BY hour;

ALTER TABLE camera ADD COLUMN image_count BIGINT NOT NULL DEFAULT 0 CHECK (image_count >= 0);
UPDATE camera SET image_count = (SELECT count(*) FROM image WHERE image.camera_id = camera.id);

UPDATE schema_version SET version = 2;
