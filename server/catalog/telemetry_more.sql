-- More of what telemetry_slot keeps, in the same way: the values that cameras told of later. Every catalog has this
-- table whatever its version is (docs/decisions/0012): a server that does not know it loses nothing by its being there.
CREATE TABLE telemetry_more_slot (
  camera_id        BIGINT NOT NULL REFERENCES camera (id),
  at               BIGINT NOT NULL CHECK (at % 300000 = 0),
  solar_mv_least   BIGINT,
  solar_mv_most    BIGINT,
  spool_least      BIGINT,
  spool_most       BIGINT,
  sent_bytes_least BIGINT,
  sent_bytes_most  BIGINT,
  reset_least      BIGINT,
  reset_most       BIGINT,
  PRIMARY KEY (camera_id, at)
);
