SELECT rule, meaning FROM rules WHERE source = ? ORDER BY rule
