SELECT record, type, id, source, first_position FROM members ORDER BY record
