-- The number of platforms and services that were blocked, withdrawn or replaced in China and have a named replacement, and the
-- replacements.
WITH replaced AS (
    SELECT unnest(list_concat(platform, service)) AS name, replacement
    FROM restrictions
    WHERE country = 'CN' AND list_has_any(kind, ['blocking', 'withdrawal', 'replacement']) AND len(replacement) > 0
)
SELECT (SELECT count(DISTINCT name) FROM replaced) AS replaced, count(*) AS successors, list({'en': successor, 'zh': zh} ORDER BY successor) AS instead
FROM (SELECT DISTINCT unnest(replacement) AS successor FROM replaced)
LEFT JOIN (VALUES ('Baidu', '百度'), ('WeChat', '微信'), ('Weibo', '微博'), ('Youku', '优酷'), ('iQiyi', '爱奇艺')) AS names (name, zh) ON name = successor
