-- name: schema
-- Tables of the index: claims by record, their places, and references between records (SQLite).
CREATE TABLE claim (
    record TEXT, type TEXT, source TEXT, property TEXT, value TEXT, unit TEXT, lang TEXT, original TEXT, basis TEXT, rule TEXT,
    claim_id TEXT
);
CREATE TABLE place (claim_id TEXT, n INTEGER, capture TEXT, locator TEXT, excerpt TEXT, PRIMARY KEY (claim_id, n)) WITHOUT ROWID;
CREATE TABLE reference (target TEXT, record TEXT, type TEXT, PRIMARY KEY (target, record)) WITHOUT ROWID;

-- name: fill_claim
-- Every current claim once, even if it is in the files of two snapshots (DuckDB).
SELECT DISTINCT ON (claim_id) record, type, source, property, value, unit, lang, original, basis, rule, claim_id
FROM ${claims}
ORDER BY claim_id

-- name: fill_place
-- The places of each claim, up to a maximum number (DuckDB).
SELECT claim_id, n, capture, locator, excerpt
FROM (
    SELECT claim_id, row_number() OVER (PARTITION BY claim_id ORDER BY capture, locator, excerpt) AS n, capture, locator, excerpt
    FROM (SELECT DISTINCT claim_id, capture, locator, excerpt FROM ${evidence})
)
WHERE n <= ${places}
ORDER BY claim_id, n

-- name: fill_reference
-- References between records, by the properties whose values are records (DuckDB).
SELECT value AS target, record, min(type) AS type
FROM ${claims}
WHERE (type, property) IN (${properties})
GROUP BY value, record
ORDER BY value, record

-- name: labels
-- A name or title of each given record that has one (SQLite).
SELECT record, min(value) FROM claim WHERE property IN ('name', 'title') AND record IN (SELECT value FROM json_each(?)) GROUP BY record

-- name: references_between
-- The records of the second list that refer to any of the first (SQLite).
SELECT DISTINCT record
FROM reference
WHERE target IN (SELECT value FROM json_each(?)) AND record IN (SELECT value FROM json_each(?))

-- name: references_to
-- The records that refer to any of the given records, by id and up to a limit, each with their total number (SQLite).
SELECT record, min(type), count(*) OVER () AS total
FROM reference
WHERE target IN (SELECT value FROM json_each(?))
GROUP BY record
ORDER BY record
LIMIT ?
