-- Pairs of profiles become pairs of records. Records that are written alike are paired each with each as long as there are few of
-- them, else in a chain; of two groups, each with each or only the first two.
CREATE OR REPLACE TEMP TABLE linkage_pair AS
WITH found AS (
    SELECT
        CASE WHEN id_l < 0 THEN -id_l ELSE id_l % 4294967296 END AS one,
        CASE WHEN id_r < 0 THEN -id_r ELSE id_r % 4294967296 END AS other,
        match_weight, match_probability, ${weights}
    FROM linkage_predicted
),
sized AS MATERIALIZED (
    SELECT found.*, p.first AS one_first, q.first AS other_first, p.members * q.members AS size
    FROM found
    JOIN linkage_profile AS p ON p.profile = one
    JOIN linkage_profile AS q ON q.profile = other
),
first AS (
    SELECT one_first AS a, other_first AS b, sized.*
    FROM sized
    WHERE one <> other AND (size = 1 OR size > ${most} * ${most})
),
chain AS (
    SELECT m.number AS a, m.next AS b, sized.*
    FROM sized
    JOIN linkage_member AS m ON m.profile = one
    WHERE one = other AND size > ${most} * ${most} AND m.next IS NOT NULL
),
-- A profile of one record is no member, so it is added.
side AS (
    SELECT profile, number FROM linkage_member
    UNION ALL
    SELECT profile, first AS number FROM linkage_profile WHERE members = 1
),
few AS (
    SELECT m.number AS a, n.number AS b, sized.*
    FROM sized
    JOIN side AS m ON m.profile = one
    JOIN side AS n ON n.profile = other
    WHERE size BETWEEN 2 AND ${most} * ${most} AND (one <> other OR m.number < n.number)
)
SELECT least(a, b) AS a, greatest(a, b) AS b, one, other, match_weight, match_probability, ${names}
FROM (FROM first UNION ALL FROM chain UNION ALL FROM few)
WHERE a <> b;
