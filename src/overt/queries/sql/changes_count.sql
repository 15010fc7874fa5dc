SELECT count(*) AS held FROM changes
