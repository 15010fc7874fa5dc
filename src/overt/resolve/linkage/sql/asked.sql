-- The profiles of the records of each pair that was asked for. A profile is compared with its second self where both have it.
CREATE TEMP TABLE linkage_asked AS
WITH side AS (
    SELECT profile, number FROM linkage_member
    UNION ALL
    SELECT profile, first AS number FROM linkage_profile WHERE members = 1
),
asked AS (
    SELECT DISTINCT least(l.number, r.number) AS a, greatest(l.number, r.number) AS b
    FROM linkage_wanted
    JOIN linkage_number AS l ON l.record = linkage_wanted.left
    JOIN linkage_number AS r ON r.record = linkage_wanted.right
    WHERE l.number <> r.number
)
SELECT a, b,
    CASE WHEN m.profile = n.profile THEN -m.profile ELSE least(m.profile, n.profile) END AS join_key_l,
    greatest(m.profile, n.profile) AS join_key_r
FROM asked
JOIN side AS m ON m.number = a
JOIN side AS n ON n.number = b;

CREATE TEMP TABLE linkage_blocked AS SELECT DISTINCT '0' AS match_key, join_key_l, join_key_r FROM linkage_asked;
