-- Format 2: documents may be lines of a data file, in which entities have ids.

-- JSON: [namespace, file, SHA-256 of the file or null, number of the first line]; NULL: a text.
ALTER TABLE documents ADD COLUMN lines TEXT;

-- The id by which the lines call the entity, in their namespace.
ALTER TABLE entities ADD COLUMN source_id TEXT;
