-- name: sum_measures
-- How the sums of money of the two projects of a pair differ, and the numbers that their texts state.
CREATE OR REPLACE TEMP TABLE project_pair_sum AS
WITH
-- A sum is one commitment or contract, or the total of a project's commitments or contracts. A difference counts against a match
-- only between sums of the same kind, because a loan often pays for only part of a contract.
sums AS (
    FROM project_amount
    UNION
    -- Amounts are rounded to hundredths before they are added. A total of zero is left out, because it is no evidence.
    SELECT project, sum(amount::DECIMAL(38, 2))::DOUBLE AS total, unit, amount_kind, nullif(sum(usd::DECIMAL(38, 2))::DOUBLE, 0)
    FROM project_amount
    GROUP BY project, unit, amount_kind
    HAVING total > 0
),
left_amounts AS MATERIALIZED (
    SELECT left_project, right_project, amount, unit, amount_kind, usd FROM project_pair JOIN sums ON project = left_project
),
amounts AS (
    SELECT
        left_project,
        right_project,
        min(gap) FILTER (one_unit) AS amount_gap,
        bool_or(one_kind) FILTER (one_unit) AS amounts_of_one_kind,
        -- Whether one sum is 80, 85, 90 or 95 % of the other, give or take 0.3 percentage points, because lenders often pay such
        -- a share of a contract. Only sums of the same unit and of different kinds are compared. By chance, this is true of one in
        -- eight shares between 78 and 97 %.
        bool_or(abs(20 * (1 - gap) - round(20 * (1 - gap))) <= 0.06 AND gap BETWEEN 0.03 AND 0.22) FILTER (one_unit AND NOT one_kind) AS amount_is_part,
        min(usd_gap) FILTER (NOT one_unit) AS usd_gap,
        -- Whether both projects have the same sum, with three significant digits or more.
        bool_or(gap <= 0.001 AND is_odd) FILTER (one_unit) AS amount_is_exact
    FROM (
        SELECT
            left_project,
            right_project,
            l.unit = r.unit AS one_unit,
            abs(l.amount - r.amount) / greatest(l.amount, r.amount) AS gap,
            abs(l.usd - r.usd) / greatest(l.usd, r.usd) AS usd_gap,
            l.amount_kind = r.amount_kind AS one_kind,
            abs(l.amount / pow(10, floor(log10(l.amount)) - 1) - round(l.amount / pow(10, floor(log10(l.amount)) - 1))) > 0.01 AS is_odd
        FROM left_amounts AS l
        JOIN sums AS r ON r.project = right_project
    )
    GROUP BY ALL
),
lenders AS (
    SELECT DISTINCT left_project, right_project
    FROM (SELECT left_project, right_project, lender FROM project_pair JOIN project_lender ON project = left_project) AS l
    JOIN project_lender AS r ON r.project = right_project AND r.lender = l.lender
),
-- Numbers in texts of both projects, or in a text of one and a sum of the other.
left_stated AS MATERIALIZED (
    SELECT left_project, right_project, number, digits, unit, in_text, in_title FROM project_pair JOIN project_stated ON project = left_project
),
stated AS (
    SELECT
        left_project,
        right_project,
        max(CASE WHEN is_one AND digits >= 2 THEN 3 WHEN is_one THEN 2 WHEN of_one_unit THEN 1 END) AS stated,
        -- Whether the titles count the same thing, but have no number in common.
        bool_or(of_one_unit AND in_titles) AND NOT bool_or(is_one AND in_titles) AS titles_differ
    FROM (
        SELECT
            left_project,
            right_project,
            abs(l.number - r.number) <= 0.005 * greatest(l.number, r.number) AND (l.unit = r.unit OR l.unit = '' OR r.unit = '') AS is_one,
            l.unit = r.unit AND l.unit <> '' AND abs(l.number - r.number) > 0.3 * greatest(l.number, r.number) AS of_one_unit,
            l.in_title AND r.in_title AS in_titles,
            least(l.digits, r.digits) AS digits
        FROM left_stated AS l
        JOIN project_stated AS r ON r.project = right_project AND (l.in_text OR r.in_text)
    )
    GROUP BY ALL
)
SELECT
    left_project,
    right_project,
    amount_gap, amounts_of_one_kind, amount_is_part, usd_gap,
    coalesce(amount_is_exact, false) AND lenders.left_project IS NOT NULL AS amount_of_lender,
    CASE
        WHEN titles_differ THEN 'titled'
        WHEN stated = 3 THEN 'same'
        WHEN stated = 2 THEN 'round'
        WHEN stated = 1 THEN 'other'
        ELSE 'unknown'
    END AS stated
FROM project_pair
LEFT JOIN lenders USING (left_project, right_project)
LEFT JOIN amounts USING (left_project, right_project)
LEFT JOIN stated USING (left_project, right_project)
