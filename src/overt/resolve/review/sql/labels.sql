-- What records are called (SQLite).
SELECT record, min(value) FROM said WHERE property IN ('name', 'title') AND record IN (SELECT value FROM json_each(?)) GROUP BY record
