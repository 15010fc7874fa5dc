SELECT unit, cut, part, to_json(sources)::VARCHAR, things FROM "overlaps" ORDER BY ALL
