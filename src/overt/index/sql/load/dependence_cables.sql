SELECT country, standing_only, state, to_json(cables)::VARCHAR, to_json(sharing_supplier)::VARCHAR, to_json(sharing_owner)::VARCHAR,
    supplier, to_json(supplier_cables)::VARCHAR, owner, to_json(owner_cables)::VARCHAR, to_json(supplier_unknown)::VARCHAR,
    to_json(owner_unknown)::VARCHAR, cut, to_json(cut_cables)::VARCHAR
FROM dependence_cables
ORDER BY country, standing_only
