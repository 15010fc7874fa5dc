SELECT position, release, date, note, moved FROM stages ORDER BY position
