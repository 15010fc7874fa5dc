SELECT id, label, label_lang, label_zh, sources FROM records WHERE type = ? ORDER BY label, id LIMIT ?
