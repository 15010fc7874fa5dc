SELECT min(position) AS position FROM history WHERE id = ? AND what = 'added'
