-- Version 8 lets a camera do what it is told while it is updated.

DROP INDEX command_in_flight;
CREATE UNIQUE INDEX command_in_flight ON command (camera_id)
  WHERE state = 'delivered' OR (state = 'accepted' AND name <> 'update-firmware');
CREATE UNIQUE INDEX command_update ON command (camera_id) WHERE state = 'accepted' AND name = 'update-firmware';

UPDATE schema_version SET version = 8;
