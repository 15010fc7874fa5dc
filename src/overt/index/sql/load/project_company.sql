SELECT organization, project, role, record FROM involved ORDER BY ALL
