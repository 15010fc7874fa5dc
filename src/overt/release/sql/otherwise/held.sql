-- How many claims are about them, by record type.
SELECT type, count(*) FROM claims SEMI JOIN touched USING (id) GROUP BY type ORDER BY type
