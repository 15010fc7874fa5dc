SELECT s.n FROM places AS s WHERE s.id = ? AND s.longitude IS NOT NULL
