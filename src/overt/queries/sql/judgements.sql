SELECT sequence, at, why, verdict, left_record, right_record, left_id, right_id FROM judgements
WHERE left_id = :id OR right_id = :id
ORDER BY sequence
