SELECT s.source, s.title, count(*) AS projects FROM project_source AS p JOIN sources AS s USING (source) GROUP BY s.source ORDER BY s.title
