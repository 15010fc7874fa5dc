SELECT claim_id FROM claims
WHERE claim_id > :after AND (:record IS NULL OR id = :record) AND (:source IS NULL OR source = :source)
    AND (:property IS NULL OR property = :property)
ORDER BY claim_id LIMIT :limit
