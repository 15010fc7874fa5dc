-- Who promised money to the projects of a country, by unit; a commitment of several financiers counts for each in full.
SELECT m.unit, k.organization AS id, o.label, o.label_lang, o.label_zh, count(*) AS commitments, count(m.amount) AS stated,
    total(m.amount) AS amount, min(m.year) AS first_year, max(m.year) AS last_year
FROM project_country AS c
JOIN commitments AS m ON m.project = c.id
JOIN project_company AS k ON k.id = c.id AND k.role = 'financier' AND k.record = m.id
JOIN companies AS o ON o.id = k.organization
WHERE c.country = ?
GROUP BY m.unit, k.organization
ORDER BY m.unit IS NULL, amount DESC, commitments DESC, o.sort_label, k.organization
