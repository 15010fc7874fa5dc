-- The things of a subset, from the projects that were chosen (`chosen`) and the countries that were named (`countries`): what is said of
-- these countries; what speaks of these projects (parts, money, places); the organisations that all that names, and who owns them; how
-- these stand to each other; the lists that they are on; the documents that any of it cites.
WITH RECURSIVE
of_countries AS (
    SELECT id FROM assessments SEMI JOIN countries USING (country)
    UNION SELECT id FROM indicators SEMI JOIN countries USING (country)
    UNION SELECT id FROM restrictions SEMI JOIN countries USING (country)
    UNION SELECT id FROM (SELECT id, unnest(party_country) AS country FROM agreements) SEMI JOIN countries USING (country)
),
told AS (
    SELECT id FROM chosen
    UNION SELECT c.id FROM claims AS c WHERE c.target IN (SELECT id FROM chosen) AND c.type <> 'project'
    UNION SELECT id FROM of_countries
),
-- Of two organisations the one that owns the other, was there before it or came after it.
above AS (
    SELECT "from" AS id, "to" AS owner FROM relations WHERE kind IN ('parent', 'joint-venture', 'renamed', 'predecessor')
    UNION SELECT "to", "from" FROM relations WHERE kind IN ('subsidiary', 'share-held', 'renamed', 'predecessor')
),
bodies AS (
    SELECT DISTINCT c.target AS id FROM claims AS c SEMI JOIN told USING (id) WHERE c.target IN (SELECT id FROM organizations)
    UNION SELECT a.owner FROM above AS a JOIN bodies AS b ON a.id = b.id
),
told_of_bodies AS (
    SELECT id FROM bodies
    UNION SELECT id FROM relations WHERE "from" IN (SELECT id FROM bodies) AND "to" IN (SELECT id FROM bodies)
    UNION SELECT id FROM listings WHERE organization IN (SELECT id FROM bodies)
),
things AS (SELECT id FROM told UNION SELECT id FROM told_of_bodies),
cited AS (
    SELECT c.document AS record FROM claims AS c SEMI JOIN things USING (id)
    UNION SELECT e.document FROM cited_evidence AS e JOIN claims AS c USING (claim_id) SEMI JOIN things USING (id)
)
SELECT id FROM things
UNION SELECT m.id FROM members AS m SEMI JOIN cited USING (record)
UNION SELECT c.target FROM claims AS c SEMI JOIN things USING (id) WHERE c.target IN (SELECT id FROM documents)
