SELECT s.n, p.id, p.label, p.label_zh, coalesce(p.layer, 'presence') AS layer, s.precision, s.radius, s.latitude, p.kinds, p.countries, p.year
FROM json_each(?) AS w
JOIN places AS s ON s.n = json_extract(w.value, '$[0]')
JOIN projects AS p ON p.id = json_extract(w.value, '$[1]')
