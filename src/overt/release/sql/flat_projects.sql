-- One row per project, for spreadsheets. It has names as well as ids. Several values in one cell are joined by semicolons,
-- addresses of documents by spaces.

-- name: first_dates
-- One date per project: the first that is known, in the order agreed, construction started, started, operational, completed.
-- `low` and `high` are the first and last day of this date.
SELECT id, list_filter([
    {'date': agreed, 'low': agreed_from, 'high': agreed_to},
    {'date': construction_start, 'low': construction_start_from, 'high': construction_start_to},
    {'date': started, 'low': started_from, 'high': started_to},
    {'date': operational, 'low': operational_from, 'high': operational_to},
    {'date': completed, 'low': completed_from, 'high': completed_to}
], lambda known: known.date IS NOT NULL)[1] AS known
FROM projects

-- name: years
SELECT id, year(coalesce(known.low, known.high))::INTEGER AS year FROM (${first_dates})

-- name: projects
WITH chinese AS (
    SELECT id, min_by(value, (CASE property WHEN 'alias' THEN 1 ELSE 0 END, rank, value)) AS label
    FROM "values" WHERE type = 'project' AND property IN ('name', 'alias') AND lang LIKE 'zh%' GROUP BY id
),
kind AS (
    SELECT k.id, string_agg(DISTINCT t.label, '; ' ORDER BY t.label) AS kind_name, string_agg(DISTINCT k.kind, '; ' ORDER BY k.kind) AS kind,
        string_agg(DISTINCT l.label, '; ' ORDER BY l.label) AS layer_name
    FROM project_kinds AS k
    JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = k.kind
    LEFT JOIN terms AS l ON l.vocabulary = 'layers' AND l.id = t.layer
    WHERE k.said
    GROUP BY k.id
),
place AS (
    SELECT c.id, string_agg(coalesce(a.label, c.country), '; ' ORDER BY c.country) AS country_name, string_agg(c.country, '; ' ORDER BY c.country) AS country
    FROM project_countries AS c
    LEFT JOIN areas AS a ON a.code = c.country
    WHERE c.country IS NOT NULL
    GROUP BY c.id
),
part AS (
    SELECT DISTINCT r.project AS id, r.role, coalesce(o.label, r.organization) AS label
    FROM (
        SELECT project, organization, role FROM roles
        UNION
        SELECT project, unnest(financier), 'financier' FROM commitments
    ) AS r
    JOIN records AS o ON o.id = r.organization
),
named AS (
    SELECT id, string_agg(DISTINCT label, '; ' ORDER BY label) FILTER (role = 'supplier') AS supplier_name,
        string_agg(DISTINCT label, '; ' ORDER BY label) FILTER (role = 'implementer') AS implementer_name,
        string_agg(DISTINCT label, '; ' ORDER BY label) FILTER (role = 'customer') AS customer_name,
        string_agg(DISTINCT label, '; ' ORDER BY label) FILTER (role = 'operator') AS operator_name,
        string_agg(DISTINCT label, '; ' ORDER BY label) FILTER (role = 'owner') AS owner_name,
        string_agg(DISTINCT label, '; ' ORDER BY label) FILTER (role = 'financier') AS financier_name
    FROM part
    GROUP BY id
),
unit AS (
    SELECT c.project AS id, c.amount_unit, sum(c.amount)::DECIMAL(38, 4) AS amount
    FROM commitments AS c
    WHERE c.amount IS NOT NULL AND coalesce(c.status, 'unknown') <> 'cancelled' AND c.id NOT IN (SELECT id FROM repeated_commitments)
    GROUP BY ALL
),
money AS (
    -- Amounts in different currencies or price years are not added.
    SELECT id, if(count(*) = 1, min(amount), NULL) AS amount, if(count(*) = 1, min(amount_unit), string_agg(amount_unit, '; ' ORDER BY amount_unit)) AS amount_unit
    FROM unit
    GROUP BY id
),
point AS (
    -- An area is placed at a point inside it.
    SELECT unnest(p.project) AS id, coalesce(p.name, '') AS place, p."precision",
        coalesce(try_cast(regexp_extract(p.geometry, '^POINT \((-?[0-9.]+) (-?[0-9.]+)\)$$', 2) AS DECIMAL(9, 6)), a.latitude::DECIMAL(9, 6)) AS latitude,
        coalesce(try_cast(regexp_extract(p.geometry, '^POINT \((-?[0-9.]+) (-?[0-9.]+)\)$$', 1) AS DECIMAL(9, 6)), a.longitude::DECIMAL(9, 6)) AS longitude,
        list_position(['exact', 'locality', 'admin2', 'admin1'], p."precision") AS exactness
    FROM places AS p
    LEFT JOIN flat_area_points AS a USING (id)
    WHERE p."precision" IN ('exact', 'locality', 'admin2', 'admin1') AND p.id NOT IN (${behind_sites})
),
located AS (
    SELECT id, arg_min({'latitude': latitude, 'longitude': longitude, 'precision': "precision", 'place': place}, (exactness, place, latitude, longitude)) AS at, count(*)::INTEGER AS places
    FROM point
    WHERE latitude IS NOT NULL AND longitude IS NOT NULL
    GROUP BY id
),
dated AS (
    SELECT id, unnest([
        {'at': 1, 'name': 'agreed', 'property': 'agreed', 'date': agreed, 'low': agreed_from, 'high': agreed_to},
        {'at': 2, 'name': 'construction_start', 'property': 'construction-start', 'date': construction_start, 'low': construction_start_from, 'high': construction_start_to},
        {'at': 3, 'name': 'started', 'property': 'started', 'date': started, 'low': started_from, 'high': started_to},
        {'at': 4, 'name': 'operational', 'property': 'operational', 'date': operational, 'low': operational_from, 'high': operational_to},
        {'at': 5, 'name': 'completed', 'property': 'completed', 'date': completed, 'low': completed_from, 'high': completed_to},
        {'at': 6, 'name': 'ended', 'property': 'ended', 'date': ended, 'low': ended_from, 'high': ended_to}
    ], recursive := true)
    FROM projects
),
unfinished AS (
    SELECT DISTINCT record
    FROM claims_out
    WHERE type = 'project' AND standing = 'current' AND property = 'status' AND value IN (${unfinished})
),
stated AS (
    -- The claims behind each date, with the last day that their document or source can describe (`spoken`). Keep in step with
    -- `_statement` in spans/span_table.py, which computes this day for spans. One difference: for a document date without a
    -- last day, this query uses the day of the source (`flat_source_days`), and `_statement` the day of retrieval.
    SELECT d.id, d."at", d.name, d.property, d.low, d.high, c.record IN (SELECT record FROM unfinished) AS unfinished,
        CASE WHEN o.published IS NOT NULL THEN coalesce(o.published_to, s.last_spoken, DATE '${day}') ELSE coalesce(s.last_spoken, DATE '${day}') END AS spoken
    FROM dated AS d
    JOIN claims_out AS c ON c.id = d.id AND c.property = d.property AND c.value = d.date AND c.type = 'project' AND c.standing = 'current'
    LEFT JOIN claim_documents AS e USING (claim_id)
    LEFT JOIN members AS m ON m.record = coalesce(e.document, c.document)
    LEFT JOIN documents AS o ON o.id = m.id
    LEFT JOIN flat_source_days AS s ON s.source = c.source
),
plan AS (
    SELECT id, string_agg(name, '; ' ORDER BY "at") AS planned_column
    FROM (
        SELECT id, "at", name FROM stated
        GROUP BY id, "at", name
        HAVING bool_and(coalesce(low > spoken, false) OR (unfinished AND property IN (${begins}) AND coalesce(high > spoken, true)))
    )
    GROUP BY id
),
claim AS (
    SELECT DISTINCT c.id, c.source, coalesce(e.document, c.document) AS document
    FROM claims_out AS c
    LEFT JOIN claim_documents AS e USING (claim_id)
    WHERE c.standing = 'current' AND c.type = 'project'
    UNION
    SELECT DISTINCT r.project, c.source, coalesce(e.document, c.document)
    FROM roles AS r
    JOIN claims_out AS c ON c.id = r.id AND c.standing = 'current'
    LEFT JOIN claim_documents AS e USING (claim_id)
),
cited AS (
    SELECT c.id, string_agg(DISTINCT coalesce(s.title, c.source), '; ' ORDER BY coalesce(s.title, c.source)) AS source_title,
        string_agg(DISTINCT d.url, ' ' ORDER BY d.url) AS document_url
    FROM claim AS c
    LEFT JOIN sources AS s ON s.source = c.source
    LEFT JOIN members AS m ON m.record = c.document
    LEFT JOIN documents AS d ON d.id = m.id
    GROUP BY c.id
)
SELECT p.id, r.label AS name, z.label AS name_zh, k.kind_name, k.kind, k.layer_name, w.country_name, w.country, p.status, y.year, p.agreed,
    p.construction_start, p.started, p.operational, p.completed, p.ended, f.planned_column, n.supplier_name, n.implementer_name, n.customer_name, n.operator_name, n.owner_name, n.financier_name,
    m.amount, m.amount_unit, l."at".latitude AS latitude, l."at".longitude AS longitude, l."at"."precision" AS "precision", nullif(l."at".place, '') AS place_name, coalesce(l.places, 0) AS places,
    r.independent_sources, t.source_title, t.document_url
FROM projects AS p
JOIN records AS r USING (id)
JOIN (${years}) AS y USING (id)
LEFT JOIN chinese AS z USING (id)
LEFT JOIN kind AS k USING (id)
LEFT JOIN plan AS f USING (id)
LEFT JOIN place AS w USING (id)
LEFT JOIN named AS n USING (id)
LEFT JOIN money AS m USING (id)
LEFT JOIN located AS l USING (id)
LEFT JOIN cited AS t USING (id)
ORDER BY p.id;
