-- ${records} records with up to ten claims each: the columns of overt.model.claim.CLAIMS, and the numbers of the record (i) and
-- the claim (k). Hashes instead of random numbers make every run the same.
WITH record AS (
    SELECT i,
        CASE WHEN i % 10 < 6 THEN 'project' WHEN i % 10 = 6 THEN 'organization' WHEN i % 10 = 7 THEN 'commitment' WHEN i % 10 = 8 THEN 'role' ELSE 'place' END AS type,
        '${source}:' || (i + ${offset}) AS record,
        (hash(i + ${offset}) % 1000000007)::BIGINT AS h
    FROM range(${records}) AS r(i)
),
slot AS (SELECT * FROM record, range(10) AS s(k)),
claim AS (
    SELECT '${source}' AS source, record, type,
        CASE type
            WHEN 'project' THEN ['name', 'kind', 'kind', 'status', 'country', 'country', 'agreed', 'operational', 'length', 'description'][k + 1]
            WHEN 'organization' THEN ['name', 'name', 'alias', 'alias', 'alias', 'kind', 'country', 'sector', 'identifier', 'website'][k + 1]
            WHEN 'commitment' THEN ['project', 'financier', 'financier', 'amount', 'flow-type', 'agreed', 'status', 'amount', 'agreed', 'financier'][k + 1]
            WHEN 'role' THEN ['project', 'organization', 'role', 'start', 'end', 'start', 'end', 'role', 'project', 'organization'][k + 1]
            ELSE ['project', 'project', 'country', 'name', 'geometry', 'precision', 'radius', 'kind', 'project', 'project'][k + 1]
        END AS property,
        h, i, k
    FROM slot
),
valued AS (
    SELECT source, record, type, property,
        CASE property
            WHEN 'country' THEN ['KE', 'ZM', 'RS', 'PK', 'EC', 'FR', 'IT', 'NG', 'ET', 'LA'][(h + k) % 10 + 1]
            WHEN 'kind' THEN CASE type WHEN 'project' THEN ['5g-network', 'smart-city', 'data-centre', 'telecom-ict', 'submarine-cable'][(h + k) % 5 + 1] WHEN 'place' THEN 'site' ELSE 'company' END
            WHEN 'status' THEN ['completed', 'operational', 'agreed', 'cancelled'][h % 4 + 1]
            WHEN 'agreed' THEN (2000 + (h + k) % 22)::VARCHAR
            WHEN 'operational' THEN (2003 + h % 20)::VARCHAR || '-0' || (1 + h % 9)::VARCHAR
            WHEN 'start' THEN (2000 + (h + k) % 10)::VARCHAR
            WHEN 'end' THEN (2012 + (h + k) % 10)::VARCHAR
            WHEN 'length' THEN (h % 9000)::VARCHAR
            WHEN 'radius' THEN (h % 50)::VARCHAR
            WHEN 'amount' THEN ((h + k) % 900000000)::VARCHAR || '.25'
            WHEN 'flow-type' THEN ['loan', 'grant', 'export-credit'][h % 3 + 1]
            WHEN 'project' THEN '${source}:' || ((h + k) % (${records} // 10) * 10 + ${offset})
            WHEN 'organization' THEN '${source}:' || ((h + k) % (${records} // 10) * 10 + 6 + ${offset})
            WHEN 'financier' THEN '${source}:' || ((h + k) % (${records} // 10) * 10 + 6 + ${offset})
            WHEN 'role' THEN ['supplier', 'owner', 'operator'][(h + k) % 3 + 1]
            WHEN 'precision' THEN 'locality'
            WHEN 'geometry' THEN 'POINT (' || ((h % 36000)::INTEGER - 18000) / 100 || ' ' || ((h % 17000)::INTEGER - 8500) / 100 || ')'
            WHEN 'identifier' THEN 'lei:' || i
            WHEN 'website' THEN 'https://example.org/' || i
            ELSE property || ' ' || (h % 1000003) || ' of record ' || i || ' no ' || k
        END AS value,
        NULL::VARCHAR AS original,
        CASE property WHEN 'amount' THEN 'USD@2021' WHEN 'length' THEN 'km' WHEN 'radius' THEN 'km' END AS unit,
        CASE WHEN property IN ('name', 'alias') THEN 'en' END AS lang,
        NULL::VARCHAR AS valid_from, NULL::VARCHAR AS valid_to,
        CASE WHEN property = 'kind' THEN 'coded' ELSE 'stated' END AS basis,
        CASE WHEN property = 'kind' THEN 'bench-kinds@1' END AS rule,
        NULL::VARCHAR AS document, i, k
    FROM claim
)
SELECT substr(sha256(
        source || chr(31) || record || chr(31) || type || chr(31) || property || chr(31) || value || chr(31) || chr(31) || coalesce(unit, '')
        || chr(31) || coalesce(lang, '') || chr(31) || chr(31) || chr(31) || basis || chr(31) || coalesce(rule, '')
    ), 1, 32) AS claim_id,
    source, record, type, property, value, original, unit, lang, valid_from, valid_to, basis, rule, document, i, k
FROM valued
