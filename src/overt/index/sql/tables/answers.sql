-- Answers, as stored in the release.

-- name: answers
SELECT organization, country, strength, projects, supplied, named_customers, cables_supplied, owned, cables_owned, financed, other_parts, not_built,
    group_projects, to_json(through)::VARCHAR, to_json(kind)::VARCHAR, to_json(index_years)::VARCHAR, programmes, agreements, lists,
    to_json(financier)::VARCHAR, first_year, last_year, independent_sources, newest_evidence, sentence, sentence_zh
FROM answers
ORDER BY organization, country

-- name: answer_rows
SELECT organization, country, type, id, role, through FROM answer_rows ORDER BY ALL

-- name: answer_roles
SELECT organization, country, layer, role, projects FROM answer_roles ORDER BY ALL

-- name: answer_organization_kinds
SELECT organization, kind, projects, supplied, named_customers, financed, not_built, to_json(coalesce(country, []))::VARCHAR, first_year, last_year,
    sentence, sentence_zh
FROM answer_organization_kinds
ORDER BY organization, kind

-- name: answer_country_kinds
SELECT country, kind, projects, named_customers, not_built, suppliers, to_json(index_years)::VARCHAR, first_year, last_year, sentence, sentence_zh
FROM answer_country_kinds
ORDER BY country, kind

-- name: answer_lenders
SELECT financier, country, amount_unit, projects, commitments, stated, amount::VARCHAR, cancelled, first_year, last_year, sentence, sentence_zh
FROM answer_lenders
ORDER BY financier, country, amount_unit NULLS LAST

-- name: answer_services
SELECT country, vocabulary, service, restrictions, to_json(kind)::VARCHAR, without_end, first_year, last_year, measurements, measured_from::VARCHAR,
    measured_to::VARCHAR, last_blocked::VARCHAR, sentence, sentence_zh
FROM answer_services
ORDER BY country, vocabulary, service
