SELECT * FROM overlap_answers ORDER BY unit, cut, part
