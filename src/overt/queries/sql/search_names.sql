SELECT n, names, type = 'document' AS cited FROM entries WHERE n IN (SELECT value FROM json_each(?))
