SELECT DISTINCT sha256, source, snapshot, role, name, address, retrieved, licence, bytes FROM captures ORDER BY ALL
