-- Statements by two sources about ${entities} companies, one row each: eight statements per source, ten distinct values per
-- company. The sources agree on the name, the country, the first identifier, the website and two of the other names.
WITH record AS (
    SELECT i, source, k, 'ovt-' || lower(substr(sha256('company ' || i), 1, 12)) AS entity, source || ':' || i AS record
    FROM range(${entities}) AS companies(i), (VALUES ('us_dod_1260h', 0), ('us_fcc_covered', 1)) AS sources(source, k)
),
statement AS (
    SELECT *, unnest([
        {property: 'name', value: 'Company ' || i || ' Limited'},
        {property: 'alias', value: 'Company ' || i || ' (' || k || ')'},
        {property: 'alias', value: 'Firma ' || i},
        {property: 'alias', value: '公司 ' || i},
        {property: 'country', value: ['KE', 'CN', 'FR', 'RS', 'PK'][i % 5 + 1]},
        {property: 'identifier', value: 'lei:' || upper(substr(sha256('lei ' || i), 1, 20))},
        {property: 'identifier', value: 'register:' || i || '-' || k},
        {property: 'website', value: 'https://company-' || i || '.example/'}
    ], recursive := true)
    FROM record
)
SELECT substr(sha256(concat_ws(chr(31), source, record, 'organization', property, value)), 1, 32) AS claim_id,
    entity AS id, source, 'bench' AS snapshot, record, 'organization' AS type, property, value, NULL::VARCHAR AS target, NULL::VARCHAR AS original, NULL::VARCHAR AS unit,
    CASE WHEN property IN ('name', 'alias') THEN 'en' END AS lang, NULL::VARCHAR AS valid_from, NULL::VARCHAR AS valid_to, 'stated' AS basis,
    NULL::VARCHAR AS rule, NULL::VARCHAR AS document, 'current' AS standing
FROM statement
ORDER BY id, property, value, claim_id
