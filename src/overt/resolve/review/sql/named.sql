-- Which of the second records name one of the first (SQLite).
SELECT DISTINCT record FROM naming WHERE target IN (SELECT value FROM json_each(?)) AND record IN (SELECT value FROM json_each(?))
