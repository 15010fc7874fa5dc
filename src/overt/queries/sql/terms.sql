SELECT vocabulary, id, label, label_zh, definition, broader, layer, sign, unit FROM terms ORDER BY vocabulary, position
