SELECT kind, id, coalesce(said, false) FROM project_kinds WHERE kind IS NOT NULL ORDER BY kind, id
