-- A part of the measurements of a name in a country, those behind a row, in the order in which they lie.
SELECT rowid AS at, * FROM measurements WHERE domain = ? AND country = ? AND rowid > ? ORDER BY rowid LIMIT ?
