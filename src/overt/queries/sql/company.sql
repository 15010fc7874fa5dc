SELECT id, label, label_lang, label_zh, kind, country, projects, countries, listings, sources FROM companies WHERE id = ?
