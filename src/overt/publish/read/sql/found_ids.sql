SELECT p.id FROM projects AS p WHERE ${where}
