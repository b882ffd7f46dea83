-- Format 3: what was observed in lines of a data file is packed. There is as much of it as there are lines, and the lines say it themselves.

-- Four bytes of CRC-32, then what src/store/sqlite/packed.rs describes, by LZ4; NULL: it stands in entities, mentions, relation_mentions and evidence.
ALTER TABLE documents ADD COLUMN packed BLOB;
