-- Who promised money to the projects in which an organisation has another part than financing.
SELECT m.unit, o.id, o.label, o.label_lang, o.label_zh, count(*) AS commitments, count(m.amount) AS stated, total(m.amount) AS amount,
    min(m.year) AS first_year, max(m.year) AS last_year
FROM (SELECT DISTINCT id FROM project_company WHERE organization = :id AND role NOT IN ('financier', 'guarantor')) AS k
JOIN commitments AS m ON m.project = k.id
JOIN project_company AS f ON f.id = k.id AND f.role = 'financier' AND f.record = m.id AND f.organization <> :id
JOIN companies AS o ON o.id = f.organization
GROUP BY m.unit, o.id
ORDER BY m.unit IS NULL, amount DESC, commitments DESC, o.sort_label, o.id
