SELECT count(*) AS held FROM companies AS c WHERE ${where}
