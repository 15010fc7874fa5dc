SELECT n, names FROM entries WHERE n IN (SELECT value FROM json_each(?))
