SELECT n, said, page FROM site_features WHERE n IN (SELECT value FROM json_each(?))
