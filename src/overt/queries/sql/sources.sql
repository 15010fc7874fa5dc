SELECT * FROM sources ORDER BY own, title
