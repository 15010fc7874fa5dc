SELECT count(*) AS held FROM projects AS p WHERE ${where}
