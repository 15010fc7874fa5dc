SELECT id, label, label_lang, label_zh, projects
FROM companies
WHERE id IN (SELECT id FROM companies WHERE projects > 0 ORDER BY projects DESC, sort_label, id LIMIT :most) OR id IN (SELECT value FROM json_each(:chosen))
ORDER BY sort_label, id
