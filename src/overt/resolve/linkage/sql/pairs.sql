-- Pairs of profiles become pairs of records, the best of several; left comes before right. Records that are written alike are
-- paired each with each as long as there are few of them, else in a chain; of two large groups only the first two are paired.
CREATE OR REPLACE TEMP TABLE linkage_pair AS
WITH found AS (
    SELECT
        CASE WHEN id_l < 0 THEN -id_l ELSE id_l % 4294967296 END AS one,
        CASE WHEN id_r < 0 THEN -id_r ELSE id_r % 4294967296 END AS other,
        match_weight, match_probability, ${weights}
    FROM linkage_predicted
),
sized AS (
    SELECT found.*, p.members AS here, q.members AS there, p.profile_key AS one_key, q.profile_key AS other_key
    FROM found
    JOIN linkage_profile AS p ON p.profile = one
    JOIN linkage_profile AS q ON q.profile = other
),
few AS (
    SELECT m.number AS a, n.number AS b, s.*
    FROM sized AS s
    JOIN linkage_member AS m ON m.profile_key = s.one_key
    JOIN linkage_member AS n ON n.profile_key = s.other_key
    WHERE s.here * s.there <= ${most} * ${most} AND (s.one <> s.other OR m.place < n.place)
),
chain AS (
    SELECT m.number AS a, n.number AS b, s.*
    FROM sized AS s
    JOIN linkage_member AS m ON m.profile_key = s.one_key
    JOIN linkage_member AS n ON n.profile_key = s.other_key AND n.place = m.place + 1
    WHERE s.here * s.there > ${most} * ${most} AND s.one = s.other
),
heads AS (
    SELECT m.number AS a, n.number AS b, s.*
    FROM sized AS s
    JOIN linkage_member AS m ON m.profile_key = s.one_key AND m.place = 1
    JOIN linkage_member AS n ON n.profile_key = s.other_key AND n.place = 1
    WHERE s.here * s.there > ${most} * ${most} AND s.one <> s.other
)
SELECT least(a, b) AS a, greatest(a, b) AS b, one, other, match_weight, match_probability, ${names}
FROM (FROM few UNION ALL FROM chain UNION ALL FROM heads)
WHERE a <> b;
