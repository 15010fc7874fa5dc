SELECT sha256, role, name, address, retrieved, licence, bytes FROM captures WHERE source = ? ORDER BY role, name LIMIT 200
