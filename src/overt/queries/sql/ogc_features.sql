SELECT n, geometry, said FROM features WHERE n IN (SELECT value FROM json_each(?))
