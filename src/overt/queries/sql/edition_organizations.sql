SELECT id, projects FROM companies ORDER BY id
