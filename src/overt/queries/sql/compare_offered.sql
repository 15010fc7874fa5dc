SELECT id, label, label_lang, label_zh FROM companies WHERE projects > 0 ORDER BY projects DESC, sort_label, id LIMIT ?
