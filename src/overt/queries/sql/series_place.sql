SELECT series, country FROM indicators WHERE id = ?
