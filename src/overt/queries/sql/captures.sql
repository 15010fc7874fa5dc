SELECT sha256, role, name, address, retrieved, licence, bytes FROM captures WHERE source = :source ORDER BY sha256 <> :file, role, name LIMIT 200
