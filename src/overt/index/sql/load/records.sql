SELECT id, type, label, label_lang, label_zh, sources, independent_sources, members, reuse FROM labelled ORDER BY id
