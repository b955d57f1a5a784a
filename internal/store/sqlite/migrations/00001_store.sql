-- What a customer and a shared corpus have in common is a collection: a version, a counter of chunk ids, an active
-- embedding space and the head of an audit chain. Customers have ids above 0, corpora below; 0 is the chain of what
-- happens to the corpora. Every table names its collection, and references carry it along, so that no row of one
-- customer can hang on a row of another. Times are microseconds since 1970, days 2006-01-02 or empty.

-- +goose Up
PRAGMA application_id = 0x5844414f;

CREATE TABLE spaces (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  dim  INTEGER NOT NULL,
  UNIQUE (name, dim)
) STRICT;

CREATE TABLE collections (
  id           INTEGER PRIMARY KEY,
  version      INTEGER NOT NULL DEFAULT 0,
  next_chunk   INTEGER NOT NULL DEFAULT 1,
  chunks       INTEGER NOT NULL DEFAULT 0,
  space_id     INTEGER NOT NULL DEFAULT 0, -- the active one; 0: none
  audit_number INTEGER NOT NULL DEFAULT 0,
  audit_hash   TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO collections (id) VALUES (0);

CREATE TABLE customers (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  key     TEXT NOT NULL UNIQUE,
  name    TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;

CREATE TABLE corpora (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  name    TEXT NOT NULL UNIQUE,
  title   TEXT NOT NULL,
  kind    TEXT NOT NULL,
  owner   TEXT NOT NULL,
  date    TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  updated INTEGER NOT NULL
) STRICT;

CREATE TABLE dossiers (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  collection_id INTEGER NOT NULL REFERENCES collections (id),
  name          TEXT NOT NULL,
  applicant     TEXT NOT NULL,
  kind          TEXT NOT NULL,
  as_of         TEXT NOT NULL,
  intakes       INTEGER NOT NULL,
  input_hash    TEXT NOT NULL,
  head          BLOB NOT NULL, -- packed: the application, the problems
  created       INTEGER NOT NULL,
  updated       INTEGER NOT NULL,
  UNIQUE (collection_id, name),
  UNIQUE (collection_id, id)
) STRICT;

-- A material of a dossier. Its chunks have the ids first_chunk to first_chunk+chunks-1.
CREATE TABLE documents (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  collection_id INTEGER NOT NULL,
  dossier_id    INTEGER NOT NULL,
  ord           INTEGER NOT NULL,
  hash          TEXT NOT NULL,
  file          TEXT NOT NULL,
  type          TEXT NOT NULL,
  type_name     TEXT NOT NULL,
  party         TEXT NOT NULL,
  current       INTEGER NOT NULL,
  period        TEXT NOT NULL,
  blob          TEXT NOT NULL,
  pages         INTEGER NOT NULL, -- -1: the list was nil
  fields        INTEGER NOT NULL, -- -1: the map was nil
  first_chunk   INTEGER NOT NULL,
  chunks        INTEGER NOT NULL,
  periods       TEXT NOT NULL,    -- JSON array, '' when no chunk has one of its own
  segment       BLOB NOT NULL,
  head          BLOB NOT NULL,    -- packed: the rest of the document
  UNIQUE (collection_id, dossier_id, ord, id),
  UNIQUE (collection_id, id),
  FOREIGN KEY (collection_id, dossier_id) REFERENCES dossiers (collection_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE pages (
  collection_id INTEGER NOT NULL,
  document_id   INTEGER NOT NULL,
  ord           INTEGER NOT NULL,
  number        INTEGER NOT NULL,
  name          TEXT NOT NULL,
  text          TEXT NOT NULL,
  layout        BLOB NOT NULL,
  PRIMARY KEY (collection_id, document_id, ord),
  FOREIGN KEY (collection_id, document_id) REFERENCES documents (collection_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE fields (
  collection_id INTEGER NOT NULL,
  document_id   INTEGER NOT NULL,
  key           TEXT NOT NULL,
  field         TEXT NOT NULL, -- JSON
  PRIMARY KEY (collection_id, document_id, key),
  FOREIGN KEY (collection_id, document_id) REFERENCES documents (collection_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE figures (
  collection_id INTEGER NOT NULL,
  dossier_id    INTEGER NOT NULL,
  ord           INTEGER NOT NULL,
  indicator     TEXT NOT NULL,
  figure        TEXT NOT NULL, -- JSON
  PRIMARY KEY (collection_id, dossier_id, ord),
  FOREIGN KEY (collection_id, dossier_id) REFERENCES dossiers (collection_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE findings (
  collection_id INTEGER NOT NULL,
  dossier_id    INTEGER NOT NULL,
  ord           INTEGER NOT NULL,
  rule          TEXT NOT NULL,
  finding       TEXT NOT NULL, -- JSON
  PRIMARY KEY (collection_id, dossier_id, ord),
  FOREIGN KEY (collection_id, dossier_id) REFERENCES dossiers (collection_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
  collection_id INTEGER NOT NULL,
  dossier_id    INTEGER NOT NULL,
  kind          TEXT NOT NULL,
  number        INTEGER NOT NULL,
  parent        INTEGER NOT NULL,
  sha256        TEXT NOT NULL,
  actor         TEXT NOT NULL,
  note          TEXT NOT NULL,
  at            INTEGER NOT NULL,
  body          BLOB NOT NULL,
  PRIMARY KEY (collection_id, dossier_id, kind, number),
  FOREIGN KEY (collection_id, dossier_id) REFERENCES dossiers (collection_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE waivers (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  collection_id INTEGER NOT NULL,
  dossier_id    INTEGER NOT NULL,
  finding       TEXT NOT NULL,
  rule          TEXT NOT NULL,
  reason        TEXT NOT NULL,
  actor         TEXT NOT NULL,
  at            INTEGER NOT NULL,
  revoked_by    TEXT,
  revoked_why   TEXT,
  revoked_at    INTEGER,
  FOREIGN KEY (collection_id, dossier_id) REFERENCES dossiers (collection_id, id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX waivers_holding ON waivers (collection_id, dossier_id, finding) WHERE revoked_at IS NULL;
CREATE INDEX waivers_dossier ON waivers (collection_id, dossier_id);

-- An article, clause or note of a corpus; its chunks as in documents.
CREATE TABLE items (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  collection_id INTEGER NOT NULL REFERENCES collections (id),
  ord           INTEGER NOT NULL,
  key           TEXT NOT NULL,
  file          TEXT NOT NULL,
  title         TEXT NOT NULL,
  label         TEXT NOT NULL,
  type          TEXT NOT NULL,
  industry      TEXT NOT NULL,
  from_day      TEXT NOT NULL,
  to_day        TEXT NOT NULL,
  sha256        TEXT NOT NULL,
  first_chunk   INTEGER NOT NULL,
  chunks        INTEGER NOT NULL,
  periods       TEXT NOT NULL,
  segment       BLOB NOT NULL,
  UNIQUE (collection_id, key)
) STRICT;
CREATE INDEX items_order ON items (collection_id, ord);
CREATE INDEX items_serving ON items (collection_id, industry, from_day, to_day, first_chunk, chunks); -- covers a search's filter

-- document_id is a document's of a customer, an item's of a corpus.
CREATE TABLE chunks (
  collection_id INTEGER NOT NULL REFERENCES collections (id),
  id            INTEGER NOT NULL,
  document_id   INTEGER NOT NULL,
  hash          BLOB NOT NULL, -- of what is embedded
  page          INTEGER NOT NULL,
  line          INTEGER NOT NULL,
  start_at      INTEGER NOT NULL,
  end_at        INTEGER NOT NULL,
  file_start    INTEGER NOT NULL,
  file_end      INTEGER NOT NULL,
  kind          TEXT NOT NULL,
  cell          TEXT NOT NULL,
  clause        TEXT NOT NULL,
  period        TEXT NOT NULL,
  context       TEXT NOT NULL,
  text          TEXT NOT NULL,
  PRIMARY KEY (collection_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX chunks_hash ON chunks (collection_id, hash);

-- The vectors of the chunks 64*block to 64*block+63: a bit of mask a chunk that has one, data their numbers (float32,
-- little endian) in order of id, norms the inverse lengths.
CREATE TABLE blocks (
  collection_id INTEGER NOT NULL REFERENCES collections (id),
  space_id      INTEGER NOT NULL REFERENCES spaces (id),
  block         INTEGER NOT NULL,
  mask          INTEGER NOT NULL,
  norms         BLOB NOT NULL,
  data          BLOB NOT NULL,
  PRIMARY KEY (collection_id, space_id, block)
) STRICT;

-- How many vectors a collection has in a space.
CREATE TABLE vectors (
  collection_id INTEGER NOT NULL REFERENCES collections (id),
  space_id      INTEGER NOT NULL REFERENCES spaces (id),
  vectors       INTEGER NOT NULL,
  PRIMARY KEY (collection_id, space_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  collection_id INTEGER NOT NULL REFERENCES collections (id),
  number        INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  actor         TEXT NOT NULL,
  action        TEXT NOT NULL,
  subject       TEXT NOT NULL,
  detail        TEXT NOT NULL,
  prev          TEXT NOT NULL,
  hash          TEXT NOT NULL,
  PRIMARY KEY (collection_id, number)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'audit: entries are never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'audit: entries are never deleted');
END;
-- +goose StatementEnd
-- REPLACE deletes without the trigger above: an entry comes right behind the head or not at all.
-- +goose StatementBegin
CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
WHEN NEW.number IS NOT (SELECT audit_number + 1 FROM collections WHERE id = NEW.collection_id)
  OR NEW.prev IS NOT (SELECT audit_hash FROM collections WHERE id = NEW.collection_id) BEGIN
  SELECT RAISE(ABORT, 'audit: an entry follows the last one');
END;
-- +goose StatementEnd
