-- The number of days of the national series and its first day, the number of platforms with a domain on every list, and up to
-- four of them, the best-known first.
WITH always AS (SELECT platform FROM base WHERE listed = days)
SELECT max(days) AS days, max(since) AS since, (SELECT count(*) FROM always) AS always,
    (SELECT list(platform ORDER BY coalesce(nullif(list_position(['youtube', 'whatsapp', 'wikipedia', 'bbc'], platform), 0), 9), platform) FROM always)[:4] AS some
FROM base
