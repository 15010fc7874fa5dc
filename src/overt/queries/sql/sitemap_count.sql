SELECT count(*) AS held FROM records WHERE type IN ('project', 'organization', 'agreement')
