SELECT unit, cut, part, sources, things FROM overlaps ORDER BY unit, cut, part, things DESC, sources
