SELECT s.* FROM all_sources AS s SEMI JOIN kept USING (source) ORDER BY s.source
