-- Format 1 of a store on PostgreSQL. Keys spread: ids are digests, and the log is dealt out over 16 slots. No serial keys, no foreign
-- keys, no triggers: what refers to what is checked by the program, so that engines that keep rows on many machines need not.
-- U+0000, which PostgreSQL does not take, is written \x1A 0, and \x1A itself \x1A \x1A.

CREATE TABLE IF NOT EXISTS maillage_store (
  name     TEXT PRIMARY KEY,      -- 'store': there is one row
  format   BIGINT NOT NULL,
  identity TEXT NOT NULL,         -- given at random when the store was made
  head     BIGINT NOT NULL,       -- the version of the newest entry
  term     BIGINT NOT NULL,       -- the fencing token: one more with each process that takes the right to write
  holder   TEXT NOT NULL,         -- who has it; empty: nobody
  expires  TIMESTAMPTZ NOT NULL   -- until when, by the clock of the database, unless it is renewed
);

CREATE TABLE IF NOT EXISTS maillage_log (
  slot     BIGINT NOT NULL CHECK (slot = version % 16),
  version  BIGINT NOT NULL,       -- 1, 2, 3 … without a gap; the version of the graph from which on this holds
  term     BIGINT NOT NULL,       -- under which right it was written
  at       TEXT NOT NULL,         -- when it was written, UTC: 2026-03-14T09:26:53.589Z
  author   TEXT NOT NULL,         -- by whom
  reason   TEXT NOT NULL,         -- why; may be empty
  event    TEXT NOT NULL CHECK (event IN ('ADDED', 'EXTRACTED', 'WITHDRAWN', 'DECIDED', 'UNDONE')),
  document TEXT,                  -- its id, also when it is gone
  cause    TEXT CHECK (cause IN ('REQUEST', 'CHANGED', 'GONE')),
  decision TEXT,                  -- the id of the decision
  PRIMARY KEY (slot, version)
);

CREATE TABLE IF NOT EXISTS maillage_documents (
  id            TEXT PRIMARY KEY, -- document:8c7dd922ad47494f
  source        TEXT NOT NULL,
  source_digest TEXT NOT NULL,    -- SHA-256 of the source: sources may be longer than what can be looked up
  extractor     TEXT NOT NULL,    -- the version of the extractor
  added         BIGINT NOT NULL,  -- the entry that added it
  added_at      TEXT NOT NULL,    -- when that was
  written       BIGINT NOT NULL,  -- the last entry that wrote it
  kept          BOOLEAN NOT NULL, -- came without a file, and stays until it is withdrawn on request
  body          TEXT NOT NULL     -- JSON: text, entities with mentions, relations with evidence; spans are start and length in bytes
);

CREATE INDEX IF NOT EXISTS maillage_documents_by_source ON maillage_documents (source_digest);

CREATE TABLE IF NOT EXISTS maillage_inputs (
  document TEXT NOT NULL,
  digest   TEXT NOT NULL,         -- SHA-256 of the input
  input    TEXT NOT NULL,         -- a file that has the document
  PRIMARY KEY (document, digest)
);

CREATE TABLE IF NOT EXISTS maillage_withdrawals (
  document TEXT PRIMARY KEY,      -- a document whose last entry is a withdrawal on request
  entry    BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS maillage_decisions (
  id       TEXT NOT NULL,
  entry    BIGINT NOT NULL,       -- the entry that made it
  verdict  TEXT NOT NULL,         -- SAME, DIFFERENT: of subject and object; CONFIRMED, REJECTED: of the subject, or of the relation
  subject  TEXT NOT NULL,         -- the id of an entity
  relation TEXT,                  -- the kind of the relation that is judged
  object   TEXT,
  author   TEXT NOT NULL,
  reason   TEXT NOT NULL,
  at       TEXT NOT NULL,
  undone   BIGINT,                -- the entry that undid it; NULL: in force
  PRIMARY KEY (id, entry)
);

CREATE TABLE IF NOT EXISTS maillage_tokens (
  name       TEXT PRIMARY KEY,
  digest     TEXT NOT NULL,       -- SHA-256 of the secret; the secret is nowhere
  created_at TEXT NOT NULL
);

INSERT INTO maillage_store (name, format, identity, head, term, holder, expires)
VALUES ('store', 1, CAST(gen_random_uuid() AS TEXT), 0, 0, '', TIMESTAMPTZ '1970-01-01 00:00:00+00') ON CONFLICT DO NOTHING;
