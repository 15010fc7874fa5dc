SELECT id, reason, source, record, type, property, "before", "after" FROM changes ORDER BY ALL
