SELECT id FROM withdrawn ORDER BY id
