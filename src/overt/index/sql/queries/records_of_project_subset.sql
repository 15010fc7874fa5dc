-- The contents of a subset of the projects.

-- name: inside
-- The records of a subset, given its projects (`chosen`) and countries (`countries`):
-- - the projects themselves, the programmes that they are part of, and their roles, commitments, places and statements
-- - records about the countries, with the provisions of the countries' agreements
-- - the organisations to which these records refer, with their owners, predecessors and successors
-- - the relations between these organisations, their listings and their participations
-- - the documents that any of these records cite
WITH RECURSIVE
of_countries AS (
    SELECT id FROM assessments SEMI JOIN countries USING (country)
    UNION SELECT id FROM indicators SEMI JOIN countries USING (country)
    UNION SELECT id FROM restrictions SEMI JOIN countries USING (country)
    UNION SELECT id FROM participations SEMI JOIN countries USING (country)
    UNION SELECT id FROM programmes SEMI JOIN countries USING (country)
    UNION SELECT id FROM (SELECT id, unnest(party_country) AS country FROM agreements) SEMI JOIN countries USING (country)
),
direct AS (
    SELECT id FROM chosen
    UNION SELECT c.id FROM claims AS c WHERE c.target IN (SELECT id FROM chosen) AND c.type <> 'project'
    UNION SELECT c.target FROM claims AS c SEMI JOIN chosen USING (id) WHERE c.property = 'part-of'
    UNION SELECT id FROM of_countries
    UNION SELECT id FROM provisions WHERE agreement IN (SELECT id FROM of_countries)
),
-- Organisations with their owners, predecessors and successors.
owners AS (
    SELECT "from" AS id, "to" AS owner FROM relations WHERE kind IN ('parent', 'joint-venture', 'renamed', 'predecessor')
    UNION SELECT "to", "from" FROM relations WHERE kind IN ('subsidiary', 'share-held', 'renamed', 'predecessor')
),
related AS (
    SELECT DISTINCT c.target AS id FROM claims AS c SEMI JOIN direct USING (id) WHERE c.target IN (SELECT id FROM organizations)
    UNION SELECT a.owner FROM owners AS a JOIN related AS b ON a.id = b.id
),
about_organizations AS (
    SELECT id FROM related
    UNION SELECT id FROM relations WHERE "from" IN (SELECT id FROM related) AND "to" IN (SELECT id FROM related)
    UNION SELECT id FROM listings WHERE organization IN (SELECT id FROM related)
    UNION SELECT id FROM participations WHERE organization IN (SELECT id FROM related)
),
things AS (SELECT id FROM direct UNION SELECT id FROM about_organizations),
cited AS (
    SELECT c.document AS record FROM claims AS c SEMI JOIN things USING (id)
    UNION SELECT e.document FROM cited_evidence AS e JOIN claims AS c USING (claim_id) SEMI JOIN things USING (id)
)
SELECT id FROM things
UNION SELECT m.id FROM members AS m SEMI JOIN cited USING (record)
UNION SELECT c.target FROM claims AS c SEMI JOIN things USING (id) WHERE c.target IN (SELECT id FROM documents)
