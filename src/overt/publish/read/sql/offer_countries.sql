SELECT code, projects FROM countries JOIN areas USING (code) WHERE projects > 0 ORDER BY areas.label
