SELECT claim_id FROM claims WHERE claim_id > :after${only} ORDER BY claim_id LIMIT :limit
