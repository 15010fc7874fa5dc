-- Temporary tables and views from which an index is made.
CREATE TEMP TABLE labelled AS
WITH chinese AS (
    SELECT id, min_by(value, (CASE property WHEN 'alias' THEN 1 ELSE 0 END, rank, value)) AS label
    FROM "values" WHERE property IN ('name', 'title', 'alias') AND lang LIKE 'zh%' GROUP BY id
), addresses AS (
    -- A document without a title is named after its site. Full addresses are long, and those of news articles may reveal who
    -- was targeted.
    SELECT id, min(nullif(regexp_extract(value, '^(?:https?://web[.]archive[.]org/web/[^/]+/)?https?://(?:www[.])?([^/?#]+)', 1), '')) AS label
    FROM "values" WHERE property = 'url' GROUP BY id
)
SELECT r.id, r.type, coalesce(r.label, a.label) AS label, r.label_lang, nullif(c.label, r.label) AS label_zh, r.sources, r.independent_sources,
    r.members, r.reuse, p.phase
FROM records AS r
LEFT JOIN chinese AS c USING (id)
LEFT JOIN phases AS p USING (id)
LEFT JOIN addresses AS a ON a.id = r.id AND r.type = 'document';
CREATE TEMP TABLE places_behind_sites AS
${behind_sites};
-- Places that are drawn (see drawn_geometry.py), by project. A place that a more exact one supersedes is not drawn.
CREATE TEMP VIEW placed AS
SELECT unnest(project) AS id, country, "precision"
FROM places
WHERE geometry IS NOT NULL AND "precision" IN (${drawn}) AND id NOT IN (FROM places_behind_sites);
CREATE TEMP TABLE involved AS
WITH named AS (
    SELECT DISTINCT project, organization, role, id AS record FROM roles WHERE project IS NOT NULL AND organization IS NOT NULL
    UNION
    SELECT project, unnest(financier), 'financier', id FROM commitments WHERE project IS NOT NULL
)
-- Pages can only refer to organisations that are records of the release.
SELECT n.* FROM named AS n SEMI JOIN records AS r ON r.id = n.organization;
-- Blocklists, numbered, with the columns that are the same for all rows of one list.
CREATE TEMP VIEW observation_list AS
SELECT row_number() OVER (ORDER BY source, series, vantage_points, rule, capture) AS n, *
FROM (SELECT DISTINCT source, series, vantage_points, rule, capture FROM observations);
