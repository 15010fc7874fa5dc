-- The eight services that replaced the most others in China, each with the number of services that it replaced.
WITH replaced AS (
    SELECT unnest(list_concat(platform, service)) AS name, replacement
    FROM restrictions
    WHERE country = 'CN' AND list_has_any(kind, ['blocking', 'withdrawal', 'replacement']) AND len(replacement) > 0
)
SELECT successor AS label, coalesce(zh, successor) AS label_zh, count(DISTINCT name) AS value
FROM (SELECT name, unnest(replacement) AS successor FROM replaced)
LEFT JOIN (VALUES ('Baidu', '百度'), ('WeChat', '微信'), ('Weibo', '微博'), ('Youku', '优酷'), ('iQiyi', '爱奇艺')) AS names (known, zh) ON known = successor
GROUP BY successor, zh
ORDER BY value DESC, successor
LIMIT 8
