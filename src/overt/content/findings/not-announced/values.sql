-- The number of documented systems, and of those known only from leaked files, client lists, court records or network scans.
SELECT count(*) AS "all",
    count(*) FILTER (
        WHERE len(p.known_from) > 0 AND len(list_filter(p.known_from, lambda k: k NOT IN ('leaked-file', 'client-list', 'court-record', 'network-scan'))) = 0
    ) AS hidden
FROM (SELECT DISTINCT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS s
JOIN projects AS p ON p.id = s.project
