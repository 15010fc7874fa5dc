-- Rows were read of the whole source; claims are those that the part has.
SELECT s.* REPLACE ((SELECT count(*) FROM claims AS c WHERE c.source = s.source) AS claims)
FROM all_sources AS s
SEMI JOIN kept USING (source)
ORDER BY s.source
