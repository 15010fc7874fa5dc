SELECT country, year, id, value, code FROM indicators WHERE series = ? ORDER BY country, year, id
