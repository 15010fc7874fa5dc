SELECT count(*) AS held FROM figure_rows WHERE name = :name AND (:counted IS NULL OR counted = :counted)
