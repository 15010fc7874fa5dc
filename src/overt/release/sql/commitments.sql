-- Commitments that several sources record.

-- name: repeated
-- Pairs of commitments of one project that are the same promise, recorded twice: `id` repeats `earlier`, which has the lower id.
-- Two commitments of one dataset are never the same, because a dataset's commitments add up; nor are those of one document. Kinds
-- of flow and years must agree, as far as both are known, and so must the promise itself: a document is the page of the dataset on
-- the other commitment's project; or the financier is the same and the amounts are, within a twentieth; or flow and year are known
-- and the same, and so are the amounts at that year's rate. Amounts in constant prices are brought back to those of the year by
-- the ratio of both in that dataset: that of the year, or the mean of the years around it.
WITH promise AS (
    SELECT c.id, c.project, m.source, m.record, coalesce(s.own, false) AS own, c.financier, c.amount::DOUBLE AS amount, c.amount_unit AS unit,
        coalesce(t.broader, c.flow_type) AS flow, c.agreed_from AS low, c.agreed_to AS high, year(c.agreed_from) AS year
    FROM commitments AS c
    JOIN (SELECT id, min(source) AS source, min(record) AS record FROM members GROUP BY id) AS m ON m.id = c.id
    LEFT JOIN sources AS s ON s.source = m.source
    LEFT JOIN terms AS t ON t.vocabulary = 'flow-types' AND t.id = c.flow_type
),
cited AS (
    SELECT DISTINCT c.id, d.id AS document, d.url
    FROM claims_out AS c
    LEFT JOIN claim_documents AS e USING (claim_id)
    JOIN members AS m ON m.record = coalesce(e.document, c.document)
    JOIN documents AS d ON d.id = m.id
    WHERE c.type = 'commitment' AND c.standing = 'current'
),
page AS (
    -- The documents on a dataset's own site whose address ends with the number of one of its records.
    SELECT x.id, p.record
    FROM promise AS p
    JOIN sources AS s ON s.source = p.source AND regexp_extract(s.address, '^https?://(?:www[.])?([^/]+)', 1) <> ''
    JOIN cited AS x ON regexp_extract(x.url, '/([^/?#]+)/?(?:[?#].*)?$$', 1) = regexp_extract(p.record, ':([^/]+)', 1)
        AND suffix('.' || regexp_extract(x.url, '^https?://([^/]+)', 1), '.' || regexp_extract(s.address, '^https?://(?:www[.])?([^/]+)', 1))
),
rate AS (
    SELECT currency, year, usd::DOUBLE AS usd FROM exchange_rates
    UNION
    SELECT 'USD', year, 1 FROM exchange_rates
),
ratio AS (
    SELECT s.source, c.amount_unit AS unit, r.year, median(c.amount::DOUBLE / (c.face_value::DOUBLE * r.usd)) AS ratio
    FROM commitments AS c
    JOIN promise AS s USING (id)
    JOIN rate AS r ON r.currency = c.face_value_unit AND r.year = year(c.agreed_from)
    WHERE c.amount_unit LIKE 'USD@%' AND c.amount > 0 AND c.face_value > 0
    GROUP BY ALL
),
dated AS (SELECT DISTINCT source, unit, year FROM promise WHERE unit LIKE 'USD@%' AND year IS NOT NULL),
price AS (
    SELECT d.source, d.unit, d.year, coalesce(o.ratio, (b.ratio + a.ratio) / 2) AS ratio
    FROM dated AS d
    LEFT JOIN ratio AS o ON o.source = d.source AND o.unit = d.unit AND o.year = d.year
    LEFT JOIN ratio AS b ON b.source = d.source AND b.unit = d.unit AND b.year = d.year - 1
    LEFT JOIN ratio AS a ON a.source = d.source AND a.unit = d.unit AND a.year = d.year + 1
),
pair AS (
    SELECT p.*, o AS other
    FROM promise AS p
    JOIN promise AS o ON o.project = p.project AND o.id < p.id AND (o.source <> p.source OR (p.own AND o.own))
    WHERE coalesce(p.flow = o.flow, true) AND coalesce(p.low <= o.high AND o.low <= p.high, p.year = o.year, true)
        AND NOT EXISTS (FROM cited AS x JOIN cited AS y USING (document) WHERE x.id = p.id AND y.id = o.id)
),
valued AS (
    SELECT pair.*, amount * coalesce(r.usd, 1 / f.ratio) AS usd, other.amount * coalesce(s.usd, 1 / g.ratio) AS other_usd
    FROM pair
    LEFT JOIN rate AS r ON r.currency = pair.unit AND r.year = pair.year
    LEFT JOIN price AS f ON f.source = pair.source AND f.unit = pair.unit AND f.year = pair.year
    LEFT JOIN rate AS s ON s.currency = pair.other.unit AND s.year = pair.year
    LEFT JOIN price AS g ON g.source = pair.other.source AND g.unit = pair.other.unit AND g.year = pair.year
)
SELECT id, other.id AS earlier
FROM valued
WHERE EXISTS (FROM page WHERE (page.id = valued.id AND page.record = other.record) OR (page.id = other.id AND page.record = valued.record))
    OR (unit = other.unit AND abs(amount - other.amount) <= 0.05 * greatest(amount, other.amount) AND list_has_any(financier, other.financier))
    OR (flow = other.flow AND year = other.year AND abs(usd - other_usd) <= 0.05 * greatest(usd, other_usd))
ORDER BY ALL
