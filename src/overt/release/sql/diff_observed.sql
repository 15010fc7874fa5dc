-- Episodes of two releases in pairs: first those that began with the same list (or stand on the only, undated one), then, of what is left of a
-- domain in a series, those that ended with the same list.
WITH first_pairs AS (
    SELECT coalesce(o.source, n.source) AS source, coalesce(o.series, n.series) AS series, coalesce(o.domain, n.domain) AS domain,
        CASE WHEN o.domain IS NOT NULL THEN o END AS before, CASE WHEN n.domain IS NOT NULL THEN n END AS after
    FROM old_observations AS o
    FULL JOIN new_observations AS n
        ON n.source = o.source AND n.series = o.series AND n.domain = o.domain AND n.first_listed IS NOT DISTINCT FROM o.first_listed
),
pairs AS (
    SELECT * FROM first_pairs WHERE before IS NOT NULL AND after IS NOT NULL AND before IS DISTINCT FROM after
    UNION ALL
    SELECT coalesce(o.source, n.source), coalesce(o.series, n.series), coalesce(o.domain, n.domain), o.before, n.after
    FROM (SELECT * FROM first_pairs WHERE after IS NULL) AS o
    FULL JOIN (SELECT * FROM first_pairs WHERE before IS NULL) AS n
        ON n.source = o.source AND n.series = o.series AND n.domain = o.domain AND n.after.last_listed = o.before.last_listed
),
platforms AS (
    SELECT domain, any_value(platform) AS platform
    FROM (SELECT * FROM new_platform_domains UNION ALL SELECT * FROM old_platform_domains ANTI JOIN new_platform_domains USING (domain))
    GROUP BY domain
)
SELECT
    CASE
        WHEN before IS NULL THEN 'began'
        WHEN after IS NULL THEN 'went'
        WHEN before.first_listed IS NOT NULL AND before.end_to IS NULL AND after.end_to IS NOT NULL THEN 'ended'
        WHEN before.end_to IS NULL AND after.end_to IS NULL AND after.last_listed > before.last_listed
            AND before."start" IS NOT DISTINCT FROM after."start" THEN 'continued'
        WHEN {
            'rule': before.rule, 'start': before."start", 'end': before."end", 'first': before.first_listed, 'last': before.last_listed,
            'measurements': before.measurements, 'unmeasured': before.unmeasured_days, 'vantage': before.vantage_points
        } IS NOT DISTINCT FROM {
            'rule': after.rule, 'start': after."start", 'end': after."end", 'first': after.first_listed, 'last': after.last_listed,
            'measurements': after.measurements, 'unmeasured': after.unmeasured_days, 'vantage': after.vantage_points
        } THEN 'other file'
        ELSE 'moved'
    END AS what,
    source, series, domain, platform, before, after
FROM pairs
LEFT JOIN platforms USING (domain)
