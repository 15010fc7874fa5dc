-- Names that a reader can search for.

-- name: entries
-- Entries with all their names and, for projects, the names of their organisations and places (`more`), in which the filter by
-- words also searches. Equally good matches are offered in the order of a score: points for the type, four for each doubling of
-- the number of projects, and two for each doubling of the number of sources. Duplicates are removed by SELECT DISTINCT,
-- because list(DISTINCT … ORDER BY …) is many times slower.
WITH name AS (
    SELECT DISTINCT id, value FROM "values" WHERE property IN ('name', 'alias', 'title', 'identifier')
),
part AS (SELECT organization AS id, count(DISTINCT project) AS projects FROM involved GROUP BY organization),
kind AS (
    SELECT k.id, min_by(k.kind, t.position) AS kind
    FROM project_kinds AS k
    JOIN term_order AS t ON t.vocabulary = 'project-kinds' AND t.id = k.kind
    WHERE k.said
    GROUP BY k.id
),
dated AS (SELECT id, year(coalesce(known.low, known.high)) AS year FROM (${project_dates})),
thing AS (
    SELECT r.type, r.id, r.label, r.label_lang, r.label_zh, o.kind, CASE WHEN o.country IS NOT NULL THEN [o.country] END AS countries,
        coalesce(p.projects, 0) AS projects, NULL::INTEGER AS year, r.sources
    FROM labelled AS r
    JOIN organizations AS o USING (id)
    LEFT JOIN part AS p USING (id)
    UNION ALL
    SELECT r.type, r.id, r.label, r.label_lang, r.label_zh, k.kind, o.country, NULL, d.year, r.sources
    FROM labelled AS r
    JOIN projects AS o USING (id)
    JOIN dated AS d USING (id)
    LEFT JOIN kind AS k USING (id)
    UNION ALL
    SELECT r.type, r.id, r.label, r.label_lang, r.label_zh, a.kind, NULL, NULL, NULL, r.sources
    FROM labelled AS r
    LEFT JOIN agreements AS a USING (id)
    WHERE r.type IN ('agreement', 'document', 'programme')
),
-- The places of several projects in the same town become one entry. Places known only by country, and schematic routes, have no
-- entry; they are found through their projects.
placed AS (
    SELECT r.id, r.label, r.label_lang, r.label_zh, p.country, r.sources, p.project, lower(strip_accents(r.label)) AS spelled
    FROM labelled AS r
    JOIN places AS p USING (id)
    WHERE r.label IS NOT NULL AND coalesce(p."precision", 'unlocated') NOT IN ('country', 'schematic')
),
town AS (
    SELECT min(id) AS id, spelled, country, min_by(label, id) AS label, min_by(label_lang, id) AS label_lang, min_by(label_zh, id) AS label_zh,
        max(sources) AS sources
    FROM placed
    GROUP BY spelled, country
),
served AS (
    SELECT spelled, country, count(DISTINCT project) AS projects
    FROM (SELECT spelled, country, unnest(project) AS project FROM placed)
    GROUP BY spelled, country
),
town_name AS (
    SELECT DISTINCT t.id, n.value
    FROM town AS t
    JOIN placed AS p ON p.spelled = t.spelled AND p.country IS NOT DISTINCT FROM t.country
    JOIN name AS n ON n.id = p.id
),
names AS (
    SELECT id, list(value ORDER BY value) AS names
    FROM (SELECT n.id, n.value FROM name AS n SEMI JOIN thing AS t USING (id) UNION ALL SELECT id, value FROM town_name)
    GROUP BY id
),
around AS (
    SELECT DISTINCT i.project AS id, n.value FROM involved AS i JOIN name AS n ON n.id = i.organization
    UNION
    SELECT unnest(project) AS id, name FROM places WHERE name IS NOT NULL
),
more AS (SELECT id, list(value ORDER BY value) AS more FROM around GROUP BY id),
entry AS (
    SELECT t.*, n.names, coalesce(m.more, []) AS more FROM thing AS t JOIN names AS n USING (id) LEFT JOIN more AS m USING (id)
    UNION ALL
    SELECT 'place', t.id, t.label, t.label_lang, t.label_zh, NULL, CASE WHEN t.country IS NOT NULL THEN [t.country] END, coalesce(s.projects, 0),
        NULL, t.sources, coalesce(n.names, [t.label]), []
    FROM town AS t
    LEFT JOIN served AS s ON s.spelled = t.spelled AND s.country IS NOT DISTINCT FROM t.country
    LEFT JOIN names AS n USING (id)
    UNION ALL
    SELECT type, id, label, NULL, label_zh, NULL, NULL, projects, NULL, 0, names, [] FROM content_entries
)
SELECT type, id, label, label_lang, label_zh, kind, to_json(countries)::VARCHAR, projects, year, names, more
FROM entry
JOIN (VALUES
    ('country', 40), ('region', 35), ('layer', 30), ('kind', 30), ('topic', 20), ('restriction-kind', 16), ('platform', 18), ('programme-kind', 11), ('measure', 7), ('organization', 12), ('figure', 10), ('series', 9), ('agreement', 8), ('programme', 9), ('source', 8), ('place', 6), ('project', 4),
    ('document', 0)
) AS what (type, head_start) USING (type)
ORDER BY round(head_start + 4 * log2(1 + coalesce(projects, 0)) + 2 * log2(1 + sources), 3) DESC, label, id
