-- Platforms with a domain on every list of the national series.
WITH always AS (SELECT platform FROM base WHERE listed = days)
SELECT max(days) AS days, max(since) AS since, (SELECT count(*) FROM always) AS always,
    (SELECT list(platform ORDER BY coalesce(nullif(list_position(['youtube', 'whatsapp', 'wikipedia', 'bbc'], platform), 0), 9), platform) FROM always)[:4] AS some
FROM base
