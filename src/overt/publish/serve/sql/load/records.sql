SELECT id, type, label, label_lang, label_zh, sources, members, reuse FROM labelled ORDER BY id
