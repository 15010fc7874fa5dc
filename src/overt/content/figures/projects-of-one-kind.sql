-- One row per project of the figure's kind or a narrower one. `year`: the year of the first of its dates, in the order below,
-- whose year is certain. `begun` and `begun_to`: the first day on which the project can have begun, and the day by which it
-- had begun.
SELECT p.id AS unit_id, p.country, coalesce(p.status, 'unknown') AS status, coalesce(
        if(year(p.agreed_from) = year(p.agreed_to), year(p.agreed_from), NULL),
        if(year(p.construction_start_from) = year(p.construction_start_to), year(p.construction_start_from), NULL),
        if(year(p.started_from) = year(p.started_to), year(p.started_from), NULL),
        if(year(p.operational_from) = year(p.operational_to), year(p.operational_from), NULL),
        if(year(p.completed_from) = year(p.completed_to), year(p.completed_from), NULL)
    ) AS year,
    least(p.agreed_from, p.construction_start_from, p.started_from, p.operational_from, p.completed_from) AS begun,
    least(p.agreed_to, p.construction_start_to, p.started_to, p.operational_to, p.completed_to) AS begun_to,
    EXISTS (FROM roles AS r JOIN organizations AS o ON o.id = r.organization WHERE r.project = p.id AND o.country = 'CN') AS chinese
FROM projects AS p
WHERE p.id IN (SELECT id FROM project_kinds WHERE kind = ${kind})
