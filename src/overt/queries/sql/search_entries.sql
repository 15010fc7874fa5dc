SELECT n, type, id, label, label_lang, label_zh, kind, countries, projects, year FROM entries WHERE n IN (SELECT value FROM json_each(?))
