-- What sources say, looked up by record, and which records name which (SQLite).
CREATE TABLE said (
    record TEXT, type TEXT, source TEXT, property TEXT, value TEXT, unit TEXT, lang TEXT, original TEXT, basis TEXT, rule TEXT,
    claim_id TEXT
);
CREATE TABLE place (claim_id TEXT, n INTEGER, capture TEXT, locator TEXT, excerpt TEXT, PRIMARY KEY (claim_id, n)) WITHOUT ROWID;
CREATE TABLE naming (target TEXT, record TEXT, type TEXT, PRIMARY KEY (target, record)) WITHOUT ROWID;
