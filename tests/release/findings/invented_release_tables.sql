-- Tables of an invented release in which every packaged finding holds.
CREATE TABLE sources (source VARCHAR);
INSERT INTO sources VALUES ('aigs_2019'), ('aigs_2022'), ('aiddata_gcdf'), ('blocked_services'), ('deployments'), ('laws'), ('organizations'),
    ('us_dod_1260h'), ('us_fcc_covered'), ('gfw_report_daily'), ('access_now_keepiton'), ('telegeography');

CREATE TABLE organizations (id VARCHAR, name VARCHAR[], country VARCHAR, alias VARCHAR[]);
INSERT INTO organizations (id, name, country) VALUES ('huge', ['Huge Optics Co.', 'Huge', '巨光'], 'CN'), ('ged', ['Geedge Networks'], 'CN'), ('nets', ['Nets'], 'CA'),
    ('spy', ['Spy Group'], 'IL'), ('spy2', ['Second Spy'], 'IL'), ('spy3', ['Third Spy'], 'DE');
CREATE TABLE records AS SELECT id, name[1] AS label FROM organizations;
CREATE TABLE listings (organization VARCHAR, list VARCHAR, "current" BOOLEAN);
INSERT INTO listings VALUES ('huge', 'us-fcc-covered', true), ('ged', 'us-dod-1260h', true);

-- 60 systems of Huge in 16 countries, 3 gateways of Geedge, 2 of Nets, and 9 deployments of spyware in different countries.
CREATE TABLE areas (code VARCHAR, label VARCHAR, label_zh VARCHAR);
CREATE TABLE codes AS SELECT row_number() OVER () AS n, code FROM (SELECT unnest(['KE', 'ZM', 'RS', 'PK', 'ET', 'KZ', 'MM', 'EG', 'AE', 'SA', 'MX', 'BR', 'IN', 'ID', 'NG', 'UG']) AS code);
CREATE TABLE systems AS
SELECT 'huge' || n AS project, 'huge' AS organization, 'video-surveillance' AS kind, (SELECT code FROM codes WHERE codes.n = 1 + i.n % 16) AS country, NULL::VARCHAR[] AS known_from
FROM range(60) AS i (n)
UNION ALL SELECT 'ged' || n, 'ged', 'filtering', ['KZ', 'MM', 'PK'][n], ['leaked-file'] FROM range(1, 4) AS i (n)
UNION ALL SELECT 'nets' || n, 'nets', 'filtering', ['AE', 'EG'][n], ['network-scan'] FROM range(1, 3) AS i (n)
UNION ALL SELECT 'spy' || n, ['spy', 'spy', 'spy', 'spy2', 'spy2', 'spy3', 'spy3', 'spy', 'spy'][n], 'spyware', ['MX', 'SA', 'AE', 'IN', 'ID', 'UG', 'BR', 'ET', 'KE'][n], ['court-record'] FROM range(1, 10) AS i (n);
CREATE TABLE projects AS SELECT project AS id, [country] AS country, known_from, 'operational' AS status FROM systems;
CREATE TABLE roles AS SELECT project, organization, 'supplier' AS role FROM systems;
CREATE TABLE project_kinds AS SELECT project AS id, kind FROM systems;
CREATE TABLE statements AS SELECT 'said' || n AS id, 'huge' || n AS about, if(n < 5, 'huge', 'state') AS "by", if(n < 8, 'denial', 'reply') AS kind, if(n < 6, ['use'], ['use', 'supply']) AS concerns
FROM range(10) AS i (n);

CREATE TABLE figure_rows (name VARCHAR, unit_id VARCHAR, amount DECIMAL(38, 4), counted BOOLEAN, groups VARCHAR, variants VARCHAR[] DEFAULT []);
INSERT INTO figure_rows (name, unit_id, amount, counted, groups) SELECT 'deployments-by-supplier', project, NULL, true, '{}' FROM systems;
INSERT INTO figure_rows (name, unit_id, amount, counted, groups) VALUES ('surveillance-export-countries-2019', 'CN', NULL, true, '{}'), ('surveillance-export-countries-2019', 'HK', NULL, true, '{}'),
    ('finance-total', 'loan1', 60, true, '{"year": 2009}'), ('finance-total', 'loan2', 40, true, '{"year": 2011}');
INSERT INTO figure_rows (name, unit_id, amount, counted, groups) SELECT 'surveillance-export-countries-2022', code, NULL, true, '{}' FROM codes;
INSERT INTO figure_rows (name, unit_id, amount, counted, groups) SELECT 'countries-with-chinese-deployments', code, NULL, true, '{}' FROM codes WHERE n > 6;
INSERT INTO figure_rows (name, unit_id, amount, counted, groups) SELECT 'laws-by-topic', 'law' || n, NULL, true, '{"topic": ["' || ['data-localisation', 'encryption', 'minors'][1 + n % 3] || '"], "country": ["' || code || '"]}' FROM codes;
INSERT INTO figure_rows (name, unit_id, amount, counted, groups) SELECT 'laws-by-topic', 'cn' || n, NULL, true, '{"topic": ["' || ['data-localisation', 'encryption', 'minors'][n] || '"], "country": ["CN"]}' FROM range(1, 4) AS i (n);
CREATE TABLE figures (name VARCHAR, value DECIMAL(38, 4), variants VARCHAR, status VARCHAR);
INSERT INTO figures VALUES
    ('surveillance-export-countries-2019', 63, '[{"name": "without-china-and-hong-kong", "value": 61}]', 'ok'),
    ('surveillance-export-countries-2022', 16, '[]', 'ok'),
    ('documented-deployments', 199, '[{"name": "two-independent-sources", "value": 174}]', 'ok'),
    ('finance-total', 100, '[{"name": "no-stated-purpose", "value": 20}, {"name": "surveillance-or-censorship", "value": 10}]', 'ok');

CREATE TABLE restrictions (id VARCHAR, kind VARCHAR[], country VARCHAR, platform VARCHAR[], service VARCHAR[], replacement VARCHAR[], start_from DATE, start_to DATE, end_from DATE);
INSERT INTO restrictions SELECT 'block' || n, ['blocking'], 'CN', if(n < 10, ['p' || n], NULL), if(n < 10, NULL, ['s' || n]), if(n < 4, ['Baidu'], []), make_date(2009 + n, 3, 1), make_date(2009 + n, 3, 31), if(n = 9, DATE '2019-01-01', NULL)
FROM range(14) AS i (n);
INSERT INTO restrictions SELECT 'shut' || n, ['shutdown'], code, NULL, NULL, [], DATE '2021-05-01', DATE '2021-05-01', NULL FROM codes WHERE n < 8;

CREATE TABLE terms (vocabulary VARCHAR, id VARCHAR, label VARCHAR, label_zh VARCHAR, broader VARCHAR);
INSERT INTO terms VALUES ('provision-topics', 'data-localisation', 'Data localisation', '数据本地化', NULL), ('provision-topics', 'encryption', 'Encryption', '加密', NULL),
    ('provision-topics', 'minors', 'Minors', '未成年人', NULL), ('agreement-kinds', 'law', 'Law', '法律', NULL), ('platforms', 'youtube', 'YouTube', NULL, NULL),
    ('platforms', 'bbc', 'BBC', NULL, NULL), ('statement-parts', 'use', 'Use', '使用', NULL), ('statement-parts', 'supply', 'Supply or purchase', '供应或采购', NULL);
ALTER TABLE terms ADD COLUMN layer VARCHAR;
INSERT INTO terms (vocabulary, id, label, layer) VALUES ('project-kinds', 'security-inspection', 'Scanners', 'surveillance'), ('project-kinds', 'smart-city', 'Smart city', 'surveillance');
CREATE TABLE agreements AS SELECT 'law' || n AS id, 'Law ' || n AS name, [code] AS party_country, 'law' AS kind FROM codes;
CREATE TABLE provisions AS SELECT 'law' || n AS agreement, ['data-localisation'] AS topic, if(n < 4, 'A critic likens it to the law of China.', 'Data stay in the country.') AS note FROM codes;
CREATE TABLE indicators AS SELECT 'vdem-regime' AS series, code AS country, 2021 AS year, if(n <= 12, 'ED', 'EA') AS code FROM codes;

CREATE TABLE observed_series (source VARCHAR, series VARCHAR, days INTEGER, days_from DATE, days_to DATE);
INSERT INTO observed_series VALUES ('gfw_report_daily', 'national', 258, DATE '2023-11-05', DATE '2025-03-31');
CREATE TABLE platform_domains AS SELECT p AS platform, p || '.com' AS domain FROM (SELECT unnest(['youtube', 'whatsapp', 'wikipedia', 'bbc', 'google', 'signal']) AS p);
CREATE TABLE observations AS SELECT 'gfw_report_daily' AS source, 'national' AS series, domain, if(platform = 'google', 257, 258) AS measurements FROM platform_domains;
CREATE TABLE dependence_cuts AS SELECT code AS country, 2024 AS year, false AS placed_only, [code] AS cables, if(n < 5, 1, 2) AS cut FROM codes;

-- Reports on the blocks. Claims about the first eight cite reports of 2020. The other two cite one of 2019, and their evidence cites reports of 2026.
CREATE TABLE documents (id VARCHAR, published_to DATE);
INSERT INTO documents SELECT 'report' || n, if(n < 8, DATE '2020-06-30', DATE '2026-06-30') FROM range(10) AS i (n);
INSERT INTO documents VALUES ('earlier', DATE '2019-06-30');
CREATE TABLE claims (claim_id VARCHAR, id VARCHAR, record VARCHAR, type VARCHAR, document VARCHAR, standing VARCHAR);
INSERT INTO claims SELECT 'name of ' || id, id, 'blocked_services:document/' || id, 'document', NULL, 'current' FROM documents;
INSERT INTO claims SELECT 'kind' || n, 'block' || n, 'blocked_services:block' || n, 'restriction', if(n < 8, 'blocked_services:document/report' || n, 'blocked_services:document/earlier'), 'current' FROM range(10) AS i (n);
INSERT INTO claims VALUES ('former', 'block0', 'blocked_services:block0', 'restriction', 'blocked_services:document/report9', 'superseded');
CREATE TABLE evidence (claim_id VARCHAR, document VARCHAR);
INSERT INTO evidence SELECT 'kind' || n, 'blocked_services:document/report' || n FROM range(8, 10) AS i (n);
