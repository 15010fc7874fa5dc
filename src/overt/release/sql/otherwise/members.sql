SELECT record, id, first_position FROM members SEMI JOIN wanted_ids USING (id) ORDER BY record
