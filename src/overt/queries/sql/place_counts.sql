SELECT claim_id, count(*) AS held FROM evidence WHERE claim_id IN (SELECT value FROM json_each(?)) GROUP BY claim_id
