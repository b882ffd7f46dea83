-- Format 1 of a store. Spans are bytes of the UTF-8 text of their document: the words of one are
-- CAST(substr(CAST(text AS BLOB), start + 1, length) AS TEXT).

CREATE TABLE log (
  version  INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap; the version of the graph from which on this holds
  at       TEXT NOT NULL,       -- when it was written, UTC: 2026-03-14T09:26:53.589Z
  author   TEXT NOT NULL,       -- by whom
  reason   TEXT NOT NULL,       -- why; may be empty
  event    TEXT NOT NULL CHECK (event IN ('ADDED', 'EXTRACTED', 'WITHDRAWN', 'DECIDED', 'UNDONE')),
  document TEXT CHECK ((document IS NOT NULL) = (event IN ('ADDED', 'EXTRACTED', 'WITHDRAWN'))), -- its id, also when it is gone
  cause    TEXT CHECK ((cause IS NOT NULL) = (event = 'WITHDRAWN') AND cause IN ('REQUEST', 'CHANGED', 'GONE')),
  decision TEXT CHECK ((decision IS NOT NULL) = (event IN ('DECIDED', 'UNDONE')))                -- the id of the decision
) STRICT;

CREATE INDEX log_withdrawals ON log (document) WHERE event = 'WITHDRAWN';

CREATE TRIGGER log_grows_at_its_end BEFORE INSERT ON log
WHEN new.version IS NOT (SELECT ifnull(max(version), 0) + 1 FROM log)
BEGIN SELECT raise(ABORT, 'the log grows at its end, by one version at a time'); END;

CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'the log is never changed'); END;

CREATE TRIGGER log_is_never_cut BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'nothing is taken out of the log'); END;

CREATE TABLE documents (
  key       INTEGER PRIMARY KEY, -- within this file only
  id        TEXT NOT NULL,       -- document:8c7dd922ad47494f
  source    TEXT NOT NULL,
  url       TEXT,
  language  TEXT NOT NULL,
  title     TEXT,
  published TEXT,                -- 2012-08-18, as precise as known
  extractor TEXT NOT NULL,       -- the version of the extractor
  added     INTEGER NOT NULL REFERENCES log (version),
  kept      INTEGER NOT NULL CHECK (kept IN (0, 1)), -- 1: came without a file, and stays until it is withdrawn on request
  sections  TEXT NOT NULL,       -- JSON: [["TITLE", start, length], …]
  text      TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX documents_by_id ON documents (id);

CREATE INDEX documents_extracted ON documents (id, extractor); -- what is stored is listed without reading texts

CREATE TABLE inputs (
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  input    TEXT NOT NULL,        -- a file that has the document
  PRIMARY KEY (document, input)
) STRICT, WITHOUT ROWID;

CREATE TABLE rules (
  key  INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE      -- fr/funds/passive
) STRICT;

CREATE TABLE entities (
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  number   INTEGER NOT NULL,     -- 0, 1, 2 … within the document, by first mention
  kind     TEXT NOT NULL,        -- ORGANIZATION
  name     TEXT NOT NULL,
  aliases  TEXT,                 -- JSON: a list of names
  registry TEXT,                 -- its key in the lexicon
  named    INTEGER NOT NULL,     -- 1: its name identifies it beyond the document
  country  TEXT,                 -- ISO 3166-1
  PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE mentions (
  document  INTEGER NOT NULL,
  entity    INTEGER NOT NULL,    -- the number of the entity
  number    INTEGER NOT NULL,    -- 0, 1, 2 … within the entity
  start     INTEGER NOT NULL,
  length    INTEGER NOT NULL,
  described INTEGER NOT NULL,    -- 0: by a name, 1: by a description
  rule      INTEGER NOT NULL REFERENCES rules (key),
  PRIMARY KEY (document, entity, number),
  FOREIGN KEY (document, entity) REFERENCES entities (document, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE relation_mentions (
  document       INTEGER NOT NULL,
  number         INTEGER NOT NULL, -- 0, 1, 2 … within the document, by evidence
  kind           TEXT NOT NULL,    -- FUNDS
  subject        INTEGER NOT NULL, -- the number of the entity
  object         INTEGER NOT NULL,
  subject_start  INTEGER NOT NULL, -- the words that stand for the subject
  subject_length INTEGER NOT NULL,
  object_start   INTEGER NOT NULL,
  object_length  INTEGER NOT NULL,
  trigger_start  INTEGER,          -- the words that state it
  trigger_length INTEGER,
  modality       TEXT NOT NULL,    -- ASSERTED, PLANNED, PROPOSED
  date           TEXT,             -- 2012-08-18, XXXX-08-18/XXXX-08-20
  role           TEXT,
  amount         ANY,              -- a number, in units of the currency
  currency       TEXT,             -- ISO 4217
  confidence     REAL NOT NULL,    -- above 0, at most 1
  rule           INTEGER NOT NULL REFERENCES rules (key),
  PRIMARY KEY (document, number),
  FOREIGN KEY (document, subject) REFERENCES entities (document, number) ON DELETE CASCADE,
  FOREIGN KEY (document, object) REFERENCES entities (document, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  document INTEGER NOT NULL,
  relation INTEGER NOT NULL,     -- the number of the relation mention
  number   INTEGER NOT NULL,     -- 0, 1, 2 … within the relation mention
  start    INTEGER NOT NULL,
  length   INTEGER NOT NULL,
  PRIMARY KEY (document, relation, number),
  FOREIGN KEY (document, relation) REFERENCES relation_mentions (document, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions (
  entry    INTEGER PRIMARY KEY REFERENCES log (version),
  id       TEXT NOT NULL,
  verdict  TEXT NOT NULL,        -- SAME, DIFFERENT: of subject and object; CONFIRMED, REJECTED: of the subject, or of the relation
  subject  TEXT NOT NULL,        -- the id of an entity
  relation TEXT,                 -- the kind of the relation that is judged
  object   TEXT,
  author   TEXT NOT NULL,
  reason   TEXT NOT NULL,
  at       TEXT NOT NULL,
  undone   INTEGER REFERENCES log (version) -- NULL: in force
) STRICT;

CREATE UNIQUE INDEX decisions_in_force ON decisions (id) WHERE undone IS NULL;

CREATE TABLE tokens (
  name       TEXT PRIMARY KEY,
  digest     TEXT NOT NULL,      -- SHA-256 of the secret; the secret is nowhere
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW relations_readable AS
SELECT d.source, s.name AS subject, r.kind, o.name AS object, r.modality, r.role, r.date, r.amount, r.currency,
  round(r.confidence, 3) AS confidence,
  (SELECT group_concat(CAST(substr(CAST(d.text AS BLOB), v.start + 1, v.length) AS TEXT), ' … ' ORDER BY v.number)
   FROM evidence v WHERE v.document = r.document AND v.relation = r.number) AS sentence,
  rules.name AS rule, d.id AS document
FROM relation_mentions r
JOIN documents d ON d.key = r.document
JOIN entities s ON s.document = r.document AND s.number = r.subject
JOIN entities o ON o.document = r.document AND o.number = r.object
JOIN rules ON rules.key = r.rule;

CREATE VIEW mentions_readable AS
SELECT d.source, e.kind, e.name, CAST(substr(CAST(d.text AS BLOB), m.start + 1, m.length) AS TEXT) AS words,
  CASE m.described WHEN 0 THEN 'NAME' ELSE 'DESCRIPTION' END AS form, m.start, m.length, rules.name AS rule, d.id AS document
FROM mentions m
JOIN documents d ON d.key = m.document
JOIN entities e ON e.document = m.document AND e.number = m.entity
JOIN rules ON rules.key = m.rule;

CREATE VIEW inputs_readable AS
SELECT i.input, d.id AS document, d.title, l.at AS added_at
FROM inputs i JOIN documents d ON d.key = i.document JOIN log l ON l.version = d.added;

CREATE VIEW log_readable AS
SELECT l.version, l.at, l.author, l.event, l.cause, coalesce(l.document, l.decision) AS what,
  concat_ws(' ', s.subject, s.verdict, s.relation, s.object) AS decision, l.reason
FROM log l LEFT JOIN decisions s ON s.entry = l.version OR s.undone = l.version;
