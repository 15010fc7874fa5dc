-- For each agreement with China of one of the kinds below, one row per country of its other parties. The country of a party
-- that is an organisation is that of its seat.
WITH parties AS (
    SELECT id, unnest(party_country) AS country FROM agreements
    UNION
    SELECT p.id, o.country
    FROM (SELECT id, unnest(party) AS party FROM agreements) AS p
    JOIN organizations AS o ON o.id = p.party
    WHERE o.country IS NOT NULL
)
SELECT DISTINCT p.country AS unit_id, p.country, a.id AS agreement, a.kind, coalesce(a.status, 'unknown') AS status,
    (SELECT count(DISTINCT q.country) FROM parties AS q WHERE q.id = a.id) AS countries
FROM agreements AS a
JOIN parties AS p ON p.id = a.id
WHERE p.country <> 'CN' AND a.id IN (SELECT id FROM parties WHERE country = 'CN')
    AND a.kind IN ('treaty', 'memorandum', 'declaration', 'partnership', 'forum', 'training-programme')
