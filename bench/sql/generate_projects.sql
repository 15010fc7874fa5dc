-- ${projects} projects with everything that the explorer reads, as tables of a release. Hashes instead of random numbers make
-- every run the same. Each table already exists with the columns of the release and no rows. Powers of uniform numbers make a
-- few values frequent and most of them rare.
CREATE MACRO chance(what, i) AS (hash(what || '/' || i) % 1000003) / 1000003.0;
CREATE MACRO one_of(choices, part) AS choices[1 + CAST(floor(len(choices) * part) AS INTEGER)];
CREATE MACRO published(record) AS 'ovt-' || translate(substr(md5(record), 1, 12), '0123456789abcdef', 'abcdefghijklmnop');

CREATE TEMP TABLE country AS
SELECT row_number() OVER (ORDER BY hash(code)) - 1 AS n, code, label, 360 * chance('west', code) - 180 AS longitude, 120 * chance('north', code) - 50 AS latitude
FROM areas WHERE kind = 'country' ORDER BY hash(code) LIMIT 160;
CREATE TEMP TABLE town AS
SELECT i AS n, c.code, upper(substr(translate(md5('town' || i), '0123456789', 'aeioulnrst'), 1, 1)) || substr(translate(md5('town' || i), '0123456789', 'aeioulnrst'), 2, 6) AS name,
    greatest(-179.9, least(179.9, c.longitude + 8 * chance('x', i) - 4)) AS longitude, c.latitude + 8 * chance('y', i) - 4 AS latitude
FROM range(${towns}) AS r(i)
JOIN country AS c ON c.n = CAST(floor(160 * power(chance('country', i), 2)) AS INTEGER);
CREATE TEMP TABLE organisation AS
SELECT i AS n, published('organisation' || i) AS id, 'organisation' || i AS record, upper(substr(translate(md5('name' || i), '0123456789', 'aeioulnrst'), 1, 1)) || substr(translate(md5('name' || i), '0123456789', 'aeioulnrst'), 2, 7) || one_of([' Technologies', ' Networks', ' Bank', ' Group', ' 集团'], chance('form', i)) AS name,
    one_of(['company', 'bank', 'state-body'], power(chance('kind', i), 2)) AS kind, c.code AS country
FROM range(${organisations}) AS r(i)
JOIN country AS c ON c.n = CAST(floor(160 * power(chance('seat', i), 3)) AS INTEGER);

-- One row per project: its town, whether it is a cable, its year, and its other values.
CREATE TEMP TABLE project AS
SELECT i, published('project' || i) AS id, t.n AS town, t.code AS country, t.name AS town_name, i < ${cables} AS cable,
    CASE WHEN i < ${cables} THEN 'submarine-cable'
        ELSE one_of(['telecom-ict', 'mobile-network', 'smart-city', 'data-centre', 'video-surveillance', '5g-network', 'training', 'smart-policing', 'e-government', 'satellite', 'facial-recognition', 'broadcasting', 'filtering', 'overseas-office', 'donation', 'research-partnership'], power(chance('kind', i), 2))
    END AS kind,
    one_of(['completed', 'operational', 'agreed', 'under-construction', 'announced', 'unknown', 'cancelled', NULL], power(chance('status', i), 2)) AS status,
    CASE WHEN chance('dated', i) < 0.9 THEN 2025 - CAST(floor(30 * power(chance('year', i), 1.5)) AS INTEGER) END AS year,
    CASE WHEN i < ${cables} THEN 'schematic'
        ELSE one_of(['exact', 'exact', 'locality', 'locality', 'locality', 'admin2', 'admin1', 'country', 'unlocated', 'exact'], chance('precision', i))
    END AS precision,
    chance('sources', i) < 0.2 AS in_both_sources,
    t.longitude + 0.6 * (power(chance('px', i), 2) - 0.3) AS longitude, t.latitude + 0.6 * (power(chance('py', i), 2) - 0.3) AS latitude
FROM range(${projects}) AS r(i)
JOIN town AS t ON t.n = CAST(floor(${towns} * power(chance('town', i), 2)) AS INTEGER);

INSERT INTO projects BY NAME
SELECT id, 'Project ' || i || ' of ' || town_name AS name, CASE WHEN chance('second', i) < 0.1 AND kind <> 'telecom-ict' THEN [kind, 'telecom-ict'] ELSE [kind] END AS kind, status,
    CASE WHEN cable THEN list_distinct([country, one_of(['KE', 'SG', 'FR', 'EG', 'BR'], chance('other', i))]) WHEN precision = 'unlocated' THEN [] ELSE [country] END AS country,
    year::VARCHAR AS agreed, make_date(year, 1, 1) AS agreed_from, make_date(year, 12, 31) AS agreed_to
FROM project;
-- One project in ten is a plan. Most others begin within their year, some end, and a third are confirmed years later.
INSERT INTO spans BY NAME
WITH bounded AS (
    SELECT id, chance('begun', i) > 0.1 AS begun, make_date(year, 1, 1) AS begin_earliest,
        CASE WHEN chance('begin', i) < 0.7 THEN make_date(year, 12, 31) END AS begin_latest,
        CASE WHEN chance('confirmed', i) < 0.3 THEN make_date(year + 4, 7, 1) END AS end_earliest,
        CASE WHEN chance('end', i) < 0.2 THEN make_date(year + 6, 1, 1) END AS end_latest
    FROM project
)
SELECT id, 'project' AS type, begun, CASE WHEN NOT begun THEN 'planned' END AS not_begun, CASE WHEN begun THEN begin_earliest END AS begin_earliest,
    CASE WHEN begun THEN begin_latest END AS begin_latest, CASE WHEN begun THEN end_earliest END AS end_earliest,
    CASE WHEN begun THEN end_latest END AS end_latest, false AS stale
FROM bounded;
INSERT INTO project_kinds BY NAME
WITH stated AS (SELECT id, unnest(kind) AS kind FROM projects)
SELECT id, kind, true AS said FROM stated
UNION ALL
SELECT DISTINCT s.id, t.broader, false FROM stated AS s JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = s.kind
WHERE t.broader IS NOT NULL AND (s.id, t.broader) NOT IN (FROM stated);
INSERT INTO roles BY NAME
WITH part AS (
    SELECT i, 'supplier' AS role, chance('supplier', i) AS who FROM project WHERE chance('supplied', i) < 0.8
    UNION ALL SELECT i, 'financier', chance('financier', i) FROM project WHERE chance('financed', i) < 0.4
    UNION ALL SELECT i, 'operator', chance('operator', i) FROM project WHERE chance('operated', i) < 0.3
)
SELECT published('role' || role || i) AS id, p.id AS project, o.id AS organization, part.role AS role
FROM part
JOIN project AS p USING (i)
JOIN organisation AS o ON o.n = CAST(floor(${organisations} * power(who, 3)) AS INTEGER);
-- A cable has a route and landing points; every other project has one place, unless it is unlocated.
INSERT INTO places BY NAME
SELECT published('place' || i) AS id, [id] AS project, country, town_name AS name, precision,
    CASE WHEN precision IN ('exact', 'locality', 'admin2', 'admin1') THEN 'POINT (' || round(longitude, 4) || ' ' || round(latitude, 4) || ')' END AS geometry,
    CASE WHEN precision = 'admin1' AND i % 3 = 0 THEN 20 + i % 50 END AS radius
FROM project
WHERE NOT cable AND precision <> 'unlocated';
INSERT INTO places BY NAME
SELECT published('route' || i) AS id, [id] AS project, 'schematic' AS precision, 'route' AS kind,
    'LINESTRING (' || (SELECT string_agg(round(greatest(-179.9, least(179.9, longitude + 3 * bend * (0.5 + chance('dx', i + bend)))), 3) || ' ' || round(greatest(-60, least(70, latitude + bend * (chance('dy', i + bend) * 4 - 2))), 3), ', ' ORDER BY bend) FROM range(12) AS bends(bend)) || ')' AS geometry
FROM project WHERE cable;
INSERT INTO places BY NAME
SELECT published('landing' || i || '-' || k) AS id, [p.id] AS project, t.code AS country, t.name, 'locality' AS precision, 'landing-point' AS kind,
    'POINT (' || round(t.longitude, 4) || ' ' || round(t.latitude, 4) || ')' AS geometry
FROM project AS p, range(4) AS landings(k)
JOIN town AS t ON t.n = CAST(floor(${towns} * power(chance('landing' || k, i), 2)) AS INTEGER)
WHERE p.cable;
INSERT INTO organizations BY NAME SELECT id, [name] AS name, kind, country FROM organisation;

CREATE TEMP TABLE claimed AS
SELECT 'us_dod_1260h' AS source, 'us_dod_1260h:project' || i AS record, 'project' AS type, id, i FROM project WHERE in_both_sources OR i % 3 > 0
UNION ALL SELECT 'us_fcc_covered', 'us_fcc_covered:project' || i, 'project', id, i FROM project WHERE in_both_sources OR i % 3 = 0
UNION ALL SELECT 'us_dod_1260h', 'us_dod_1260h:' || record, 'organization', id, n FROM organisation;
INSERT INTO members BY NAME SELECT record, type, id, source, i AS first_position FROM claimed;
INSERT INTO claims BY NAME
SELECT md5(t.record) AS claim_id, t.id, t.source, 'bench' AS snapshot, t.record, t.type, 'name' AS property, coalesce(p.name, o.name) AS value, 'en' AS lang,
    'stated' AS basis, 'current' AS standing
FROM claimed AS t LEFT JOIN projects AS p USING (id) LEFT JOIN organisation AS o USING (id);
INSERT INTO records BY NAME
SELECT id, type, any_value(value) AS label, 'en' AS label_lang, count(*) AS sources, count(*) AS independent_sources, count(*) AS members, 'open' AS reuse FROM claims GROUP BY id, type
UNION ALL BY NAME SELECT id, 'role' AS type, 1 AS sources, 1 AS independent_sources, 1 AS members, 'open' AS reuse FROM roles
UNION ALL BY NAME SELECT id, 'place' AS type, name AS label, 1 AS sources, 1 AS independent_sources, 1 AS members, 'open' AS reuse FROM places;
INSERT INTO "values" BY NAME
SELECT id, type, property, any_value(value) AS value, 'en' AS lang, true AS shown, 1 AS rank, false AS contested, 'stated' AS basis, count(*) AS claims,
    count(*) AS sources, count(*) AS independent_sources, min(claim_id) AS claim_id
FROM claims GROUP BY id, type, property;
