SELECT DISTINCT source, id FROM claims WHERE type = 'project' AND standing = 'current' ORDER BY ALL
