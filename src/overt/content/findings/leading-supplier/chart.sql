SELECT organization AS record, en AS label, zh AS label_zh, systems AS value, countries FROM base ORDER BY systems DESC, organization LIMIT 8
