-- Of values of series, the series and the country, whose page they are on.
SELECT r.id, r.type, i.series, i.country FROM records AS r LEFT JOIN indicators AS i ON i.id = r.id AND r.type = 'indicator' ORDER BY r.type, r.id
