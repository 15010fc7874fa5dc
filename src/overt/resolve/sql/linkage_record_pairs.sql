-- name: blocked_pairs
-- Convert pairs of profiles to pairs of records. Up to a limit, these are all pairs of records. Above the limit, only the first
-- records of two profiles are paired. Within one profile, each record is then paired with the next.
CREATE OR REPLACE TEMP TABLE linkage_pair AS
WITH predicted AS (
    SELECT
        CASE WHEN id_l < 0 THEN -id_l ELSE id_l % 4294967296 END AS left_profile,
        CASE WHEN id_r < 0 THEN -id_r ELSE id_r % 4294967296 END AS right_profile,
        match_weight, match_probability, ${weights}
    FROM linkage_predicted
),
sized AS MATERIALIZED (
    SELECT predicted.*, p.first AS left_first, q.first AS right_first, p.members * q.members AS size
    FROM predicted
    JOIN linkage_profile AS p ON p.profile = left_profile
    JOIN linkage_profile AS q ON q.profile = right_profile
),
first AS (
    SELECT left_first AS a, right_first AS b, sized.*
    FROM sized
    WHERE left_profile <> right_profile AND (size = 1 OR size > ${most} * ${most})
),
chain AS (
    SELECT m.number AS a, m.next AS b, sized.*
    FROM sized
    JOIN linkage_member AS m ON m.profile = left_profile
    WHERE left_profile = right_profile AND size > ${most} * ${most} AND m.next IS NOT NULL
),
-- `linkage_member` lacks profiles with only one record, so they are added.
side AS (
    SELECT profile, number FROM linkage_member
    UNION ALL
    SELECT profile, first AS number FROM linkage_profile WHERE members = 1
),
few AS (
    SELECT m.number AS a, n.number AS b, sized.*
    FROM sized
    JOIN side AS m ON m.profile = left_profile
    JOIN side AS n ON n.profile = right_profile
    WHERE size BETWEEN 2 AND ${most} * ${most} AND (left_profile <> right_profile OR m.number < n.number)
)
SELECT least(a, b) AS a, greatest(a, b) AS b, left_profile, right_profile, match_weight, match_probability, ${names}
FROM (FROM first UNION ALL FROM chain UNION ALL FROM few)
WHERE a <> b;

-- name: requested_profiles
-- The profiles of each requested pair of records, and the pairs of profiles for Splink to compare. If both records have the same
-- profile, the first and the second row of this profile are compared.
CREATE TEMP TABLE linkage_requested_pair AS
WITH side AS (
    SELECT profile, number FROM linkage_member
    UNION ALL
    SELECT profile, first AS number FROM linkage_profile WHERE members = 1
),
requested AS (
    SELECT DISTINCT least(l.number, r.number) AS a, greatest(l.number, r.number) AS b
    FROM linkage_requested
    JOIN linkage_number AS l ON l.record = linkage_requested.left
    JOIN linkage_number AS r ON r.record = linkage_requested.right
    WHERE l.number <> r.number
)
SELECT a, b,
    CASE WHEN m.profile = n.profile THEN -m.profile ELSE least(m.profile, n.profile) END AS join_key_l,
    greatest(m.profile, n.profile) AS join_key_r
FROM requested
JOIN side AS m ON m.number = a
JOIN side AS n ON n.number = b;

CREATE TEMP TABLE linkage_blocked AS SELECT DISTINCT '0' AS match_key, join_key_l, join_key_r FROM linkage_requested_pair;

-- name: requested_pairs
-- Splink's scores for the requested pairs.
CREATE TEMP TABLE linkage_pair AS
SELECT a, b, id_l AS left_profile, id_r AS right_profile, match_weight, match_probability, ${weights}
FROM linkage_predicted
JOIN linkage_requested_pair ON id_l = join_key_l AND id_r = join_key_r;

-- name: best_scores
-- The best score of each pair of records, with the records' ids.
WITH best AS (
    SELECT DISTINCT ON (a, b) a, b, match_probability, match_weight, ${names}
    FROM linkage_pair
    ORDER BY a, b, match_weight DESC, left_profile, right_profile
)
SELECT l.record AS left, r.record AS right, match_probability AS probability, match_weight AS weight, ${names}
FROM best
JOIN linkage_number AS l ON l.number = a
JOIN linkage_number AS r ON r.number = b
ORDER BY a, b
