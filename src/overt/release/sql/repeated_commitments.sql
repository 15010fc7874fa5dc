-- Commitments, and which of them may record the same promise.

-- name: valued
-- Tables for the queries below: `cited` has the documents of each commitment, and `valued` its amount in dollars of its year.
-- Amounts in constant prices are converted by the ratio of constant to current dollars in the same dataset: the median of that
-- year or, without one, the mean of the medians of the years before and after it.
origin AS (
    SELECT m.id, coalesce(list(DISTINCT m.source ORDER BY m.source) FILTER (NOT s.own), []) AS datasets
    FROM members AS m
    JOIN commitment_sources AS s USING (source)
    GROUP BY m.id
),
promise AS (
    SELECT c.id, c.project, o.datasets, o.datasets[1] AS dataset, c.financier, c.amount::DOUBLE AS amount, c.amount_unit AS unit,
        c.status IS NOT DISTINCT FROM 'cancelled' AS is_cancelled, coalesce(t.broader, c.flow_type) AS flow, c.agreed_from AS low,
        c.agreed_to AS high, year(c.agreed_from) AS year
    FROM commitments AS c
    JOIN origin AS o ON o.id = c.id
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
rate AS (
    SELECT currency, year, usd::DOUBLE AS usd FROM exchange_rates
    UNION
    SELECT 'USD', year, 1 FROM exchange_rates
),
ratio AS (
    SELECT s.dataset, c.amount_unit AS unit, r.year, median(c.amount::DOUBLE / (c.face_value::DOUBLE * r.usd)) AS ratio
    FROM commitments AS c
    JOIN promise AS s USING (id)
    JOIN rate AS r ON r.currency = c.face_value_unit AND r.year = year(c.agreed_from)
    WHERE c.amount_unit LIKE 'USD@%' AND c.amount > 0 AND c.face_value > 0
    GROUP BY ALL
),
dated AS (SELECT DISTINCT dataset, unit, year FROM promise WHERE unit LIKE 'USD@%' AND year IS NOT NULL),
price AS (
    SELECT d.dataset, d.unit, d.year, coalesce(o.ratio, (b.ratio + a.ratio) / 2) AS ratio
    FROM dated AS d
    LEFT JOIN ratio AS o ON o.dataset = d.dataset AND o.unit = d.unit AND o.year = d.year
    LEFT JOIN ratio AS b ON b.dataset = d.dataset AND b.unit = d.unit AND b.year = d.year - 1
    LEFT JOIN ratio AS a ON a.dataset = d.dataset AND a.unit = d.unit AND a.year = d.year + 1
),
valued AS (
    SELECT p.*, p.amount * coalesce(r.usd, 1 / f.ratio, CASE WHEN p.unit = 'USD' THEN 1 END) AS usd
    FROM promise AS p
    LEFT JOIN rate AS r ON r.currency = p.unit AND r.year = p.year
    LEFT JOIN price AS f ON f.dataset = p.dataset AND f.unit = p.unit AND f.year = p.year
)

-- name: recorded
-- The commitments to projects that have several: the datasets that record each (registers of our own and editors' entries don't
-- count), the documents that it cites, its amount, and its amount in dollars of its year if there is a rate.
WITH {{valued}}
SELECT p.id, p.project, p.datasets, coalesce(d.documents, []) AS documents, p.amount, p.is_cancelled, p.usd
FROM valued AS p
LEFT JOIN (SELECT id, list(document ORDER BY document) AS documents FROM cited GROUP BY id) AS d USING (id)
WHERE p.project IN (SELECT project FROM commitments GROUP BY project HAVING count(*) > 1)
ORDER BY ALL

-- name: pairs
-- Pairs of commitments to one project, except pairs in one dataset, because the commitments of a dataset add up.
-- `may_repeat`: the two may be the same promise, or their amounts have the same unit; amounts of two datasets in one unit are
-- never added.
-- They may be the same if kinds of flow and years agree, as far as both are known, and no document supports both commitments.
-- `match`: the surest sign that they are the same promise; null if there is none.
--   1: one of them cites the page of the other's dataset on the project.
--   2: they share a financier, and their amounts have the same unit and differ by a twentieth at most.
--   3: kind of flow and year are known and the same, and the amounts at that year's rate differ by a twentieth at most.
-- `difference`: the difference of the amounts, relative to the larger one; 1 if the amounts can't be compared.
WITH {{valued}},
page AS (
    -- The documents on a dataset's own site whose address ends with the number of one of its records.
    SELECT x.id, m.id AS paged
    FROM members AS m
    JOIN commitments AS c ON c.id = m.id
    JOIN commitment_sources AS s ON s.source = m.source AND NOT s.own AND s.site <> ''
    JOIN cited AS x ON regexp_extract(x.url, '/([^/?#]+)/?(?:[?#].*)?$$', 1) = regexp_extract(m.record, ':([^/]+)', 1)
        AND suffix('.' || regexp_extract(x.url, '^https?://([^/]+)', 1), '.' || s.site)
),
pair AS (
    SELECT p.id, o.id AS other, p.unit = o.unit AS same_unit, list_has_any(p.financier, o.financier) AS shared_financier,
        coalesce(p.flow = o.flow, true) AND coalesce(p.low <= o.high AND o.low <= p.high, p.year = o.year, true)
            AND NOT EXISTS (FROM cited AS x JOIN cited AS y USING (document) WHERE x.id = p.id AND y.id = o.id) AS compatible,
        p.flow = o.flow AND p.year = o.year AS same_flow_and_year,
        abs(p.amount - o.amount) / greatest(p.amount, o.amount) AS apart, abs(p.usd - o.usd) / greatest(p.usd, o.usd) AS usd_apart
    FROM valued AS p
    JOIN valued AS o ON o.project = p.project AND o.id < p.id AND NOT list_has_any(o.datasets, p.datasets)
)
SELECT id, other, compatible OR coalesce(same_unit AND apart IS NOT NULL, false) AS may_repeat,
    CASE WHEN NOT compatible THEN NULL
        WHEN EXISTS (FROM page WHERE (page.id = pair.id AND paged = other) OR (page.id = other AND paged = pair.id)) THEN 1
        WHEN same_unit AND shared_financier AND apart <= 0.05 THEN 2
        WHEN same_flow_and_year AND usd_apart <= 0.05 THEN 3 END AS match,
    coalesce(CASE WHEN same_unit THEN apart END, usd_apart, 1) AS difference, coalesce(same_unit, false) AS same_unit
FROM pair
ORDER BY ALL
