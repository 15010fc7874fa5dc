SELECT code, label, label_zh, kind, part_of FROM areas ORDER BY label
