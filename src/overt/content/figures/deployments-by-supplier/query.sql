-- One row per deployment of surveillance, spyware, digital forensics or filtering, and supplier. Implementers count as
-- suppliers. Two companies with the same name are distinguished by their ids. A supplier has no seat if sources disagree on its
-- country. `used`: a customer or an operator is known. `abroad`: no country that a source names for the supplier is a country
-- of the system; null if no source names a country. `crossing`: `yes` if a supplier of the system is abroad, `no` if all
-- suppliers are from the system's countries, otherwise `unknown`, because the country of a supplier isn't known. `scan_only`:
-- only network scans show the system, so the supplier is the maker of what the scans found.
WITH named AS (
    SELECT id, label || if(count(*) OVER (PARTITION BY label) > 1, ' (' || id || ')', '') AS company
    FROM records WHERE type = 'organization' AND label IS NOT NULL
),
bases AS (
    SELECT id, list(DISTINCT value) AS countries FROM "values"
    WHERE type = 'organization' AND property = 'country' AND value IS NOT NULL
    GROUP BY id
)
SELECT unit_id, company, seat, status, used, abroad, scan_only,
    CASE
        WHEN bool_or(abroad) OVER (PARTITION BY unit_id) THEN 'yes'
        WHEN bool_or(abroad IS NULL) OVER (PARTITION BY unit_id) THEN 'unknown'
        ELSE 'no'
    END AS crossing
FROM (
    SELECT DISTINCT r.project AS unit_id, coalesce(n.company, r.organization) AS company,
        if(r.organization IN (SELECT id FROM "values" WHERE type = 'organization' AND property = 'country' AND contested), NULL, o.country) AS seat,
        coalesce(p.status, 'unknown') AS status,
        EXISTS (FROM roles AS u WHERE u.project = p.id AND u.role IN ('customer', 'operator')) AS used,
        NOT list_has_any(b.countries, p.country) AS abroad,
        coalesce(p.known_from = ['network-scan'], false) AS scan_only
    FROM roles AS r
    JOIN projects AS p ON p.id = r.project
    LEFT JOIN organizations AS o ON o.id = r.organization
    LEFT JOIN named AS n ON n.id = r.organization
    LEFT JOIN bases AS b ON b.id = r.organization
    WHERE r.role IN ('supplier', 'implementer')
        AND p.id IN (SELECT id FROM project_kinds WHERE kind IN ('surveillance', 'spyware', 'digital-forensics', 'filtering'))
)
