-- Dates of projects.

-- name: project_dates
-- The first known date of each project: agreed, construction started, started, operational or completed. `low` and `high` are its first and last day.
SELECT id, list_filter([
    {'date': agreed, 'low': agreed_from, 'high': agreed_to},
    {'date': construction_start, 'low': construction_start_from, 'high': construction_start_to},
    {'date': started, 'low': started_from, 'high': started_to},
    {'date': operational, 'low': operational_from, 'high': operational_to},
    {'date': completed, 'low': completed_from, 'high': completed_to}
], lambda known: known.date IS NOT NULL)[1] AS known
FROM projects
