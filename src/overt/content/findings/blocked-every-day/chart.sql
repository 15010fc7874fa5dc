SELECT t.label, t.label_zh, b.listed AS value, b.days
FROM base AS b
JOIN terms AS t ON t.id = b.platform AND t.vocabulary = 'platforms'
WHERE b.platform IN ('youtube', 'whatsapp', 'wikipedia', 'bbc', 'google', 'x')
ORDER BY value DESC, t.label
