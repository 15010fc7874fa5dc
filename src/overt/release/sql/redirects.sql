-- Every id that a record would bear by itself leads for ever to the id of its cluster.
SELECT DISTINCT own_id AS old_id, id FROM members WHERE own_id <> id ORDER BY ALL
