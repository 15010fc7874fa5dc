-- Of a claim or a record that may be shown.
SELECT t.*
FROM all_retractions AS t
WHERE t.target IN (SELECT record FROM members) OR t.target IN (SELECT claim_id FROM claims)
ORDER BY t.sequence
