SELECT id, type, reason, source, why FROM withdrawn WHERE id = ?
