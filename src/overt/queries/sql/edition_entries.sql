SELECT n, type, id, label, label_lang, label_zh, kind, countries, projects, year, names FROM entries ORDER BY n
