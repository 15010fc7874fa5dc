SELECT name, position, status, value, unit, rows, asked FROM figure_history WHERE (:name IS NULL OR name = :name) ORDER BY name, position
