SELECT id FROM indicators WHERE series = ? AND country = ? ORDER BY year DESC, id
