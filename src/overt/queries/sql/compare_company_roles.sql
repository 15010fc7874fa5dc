SELECT role, count(DISTINCT id) AS projects FROM project_company WHERE organization = ? GROUP BY role
