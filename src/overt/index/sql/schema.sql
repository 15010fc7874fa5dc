-- The index of a release. Rows are stored in the order in which pages read them, so that a page takes only a few range reads.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE terms (
    vocabulary TEXT, id TEXT, label TEXT, label_zh TEXT, definition TEXT, broader TEXT, layer TEXT, sign TEXT, unit TEXT, position INTEGER,
    PRIMARY KEY (vocabulary, id)
) WITHOUT ROWID;
-- The properties of record types. `vocabulary`: the vocabulary that has the labels of the values; `areas` if they are countries.
CREATE TABLE properties (
    record_type TEXT, property TEXT, type_label TEXT, label TEXT, vocabulary TEXT, PRIMARY KEY (record_type, property)
) WITHOUT ROWID;
CREATE TABLE areas (code TEXT PRIMARY KEY, alpha3 TEXT, label TEXT, label_zh TEXT, kind TEXT, part_of TEXT) WITHOUT ROWID;
CREATE TABLE regions (
    id TEXT PRIMARY KEY, label TEXT, label_zh TEXT, kind TEXT, m49 TEXT, definition TEXT, definition_zh TEXT, names TEXT, parts TEXT, documents TEXT,
    position INTEGER
) WITHOUT ROWID;
-- The areas of regions, including areas that left. `current`: a member on the release's day; `listed`: named by the region
-- itself, and not only part of an area that it names.
CREATE TABLE region_areas (region TEXT, area TEXT, joined TEXT, "left" TEXT, note TEXT, note_zh TEXT, current INTEGER, listed INTEGER);
CREATE TABLE rules (source TEXT, rule TEXT, meaning TEXT, PRIMARY KEY (source, rule)) WITHOUT ROWID;
CREATE TABLE sources (
    source TEXT PRIMARY KEY, title TEXT, publisher TEXT, address TEXT, licence TEXT, licence_url TEXT, attribution TEXT, reuse TEXT,
    transcribed TEXT, own INTEGER, covers TEXT, not_covered TEXT, snapshot TEXT, retrieved TEXT, as_of TEXT, as_of_said TEXT,
    part TEXT, suppliers TEXT, other_edition TEXT, rows_read INTEGER, imported INTEGER,
    out_of_scope INTEGER, problems INTEGER, claims INTEGER, out_of_scope_by_rule TEXT, records TEXT
) WITHOUT ROWID;
CREATE TABLE captures (
    sha256 TEXT, source TEXT, snapshot TEXT, role TEXT, name TEXT, address TEXT, retrieved TEXT, licence TEXT, bytes INTEGER,
    PRIMARY KEY (sha256, source, snapshot, role, name)
) WITHOUT ROWID;

-- `voices` of records and projects: the number of separate sources; in older releases, which lack it, the number of sources.
CREATE TABLE records (
    id TEXT PRIMARY KEY, type TEXT, label TEXT, label_lang TEXT, label_zh TEXT, sources INTEGER, independent_sources INTEGER, members INTEGER,
    reuse TEXT, phase TEXT, voices INTEGER AS (coalesce(independent_sources, sources))
) WITHOUT ROWID;
-- When records were in place (release/spans/). Days are ISO 8601 strings, and lists are JSON. `counts` is 0 for denied, cancelled
-- and unverified projects and their roles, which never count as in place.
CREATE TABLE spans (
    id TEXT PRIMARY KEY, type TEXT, begun INTEGER, not_begun TEXT, begin_earliest TEXT, begin_latest TEXT, end_earliest TEXT, end_latest TEXT,
    rules TEXT, claims TEXT, planned TEXT, planned_as_of TEXT, planned_by TEXT, planned_end TEXT, planned_end_as_of TEXT,
    status TEXT, status_as_of TEXT, confirmed TEXT, stale INTEGER, counts INTEGER
) WITHOUT ROWID;
CREATE TABLE members (id TEXT, record TEXT, source TEXT, current INTEGER, PRIMARY KEY (id, record)) WITHOUT ROWID;
CREATE TABLE aliases ("key" TEXT, id TEXT, type TEXT, PRIMARY KEY ("key", id)) WITHOUT ROWID;
CREATE TABLE redirects (old_id TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE TABLE withdrawn (id TEXT PRIMARY KEY, type TEXT, reason TEXT, source TEXT, why TEXT, since TEXT, part_of TEXT) WITHOUT ROWID;
CREATE TABLE corrections (
    n INTEGER PRIMARY KEY, date TEXT, kind TEXT, id TEXT, type TEXT, property TEXT, source TEXT, old_value TEXT, new_value TEXT, reason TEXT, statement TEXT,
    is_new INTEGER -- whether the previous release lacks the correction
);
CREATE TABLE judgements (sequence INTEGER PRIMARY KEY, at TEXT, why TEXT, verdict TEXT, left_record TEXT, right_record TEXT, left_id TEXT, right_id TEXT);
CREATE TABLE changes (id TEXT, reason TEXT, source TEXT, record TEXT, type TEXT, property TEXT, before TEXT, after TEXT);

CREATE TABLE facts (
    id TEXT, property TEXT, rank INTEGER, value TEXT, unit TEXT, lang TEXT, shown INTEGER, contested INTEGER, basis TEXT, claims INTEGER,
    sources INTEGER, independent_sources INTEGER, claim_id TEXT, source TEXT, retrieved TEXT, excerpt TEXT,
    PRIMARY KEY (id, property, rank)
) WITHOUT ROWID;
CREATE TABLE claims (
    claim_id TEXT PRIMARY KEY, id TEXT, source TEXT, record TEXT, type TEXT, property TEXT, value TEXT, target TEXT, original TEXT, unit TEXT,
    lang TEXT, valid_from TEXT, valid_to TEXT, basis TEXT, rule TEXT, document TEXT, standing TEXT, snapshot TEXT, document_record TEXT
) WITHOUT ROWID;
CREATE TABLE evidence (
    claim_id TEXT, position INTEGER, capture TEXT, locator TEXT, excerpt TEXT, document TEXT, document_record TEXT,
    PRIMARY KEY (claim_id, position)
) WITHOUT ROWID;
CREATE TABLE links (target TEXT, type TEXT, property TEXT, id TEXT, PRIMARY KEY (target, type, property, id)) WITHOUT ROWID;

-- `status` of projects: the reported one. `shown_status`: the same or, if no source names one, what the dates show, or `unknown`.
-- `documented`: whether the status is not `announced`, `cancelled`, `denied` or `unverified` (`NOT_DOCUMENTED`).
CREATE TABLE projects (
    id TEXT PRIMARY KEY, label TEXT, label_lang TEXT, label_zh TEXT, sort_label TEXT, layer TEXT, kinds TEXT, countries TEXT, status TEXT, year INTEGER, date TEXT,
    companies TEXT, company_count INTEGER, sources INTEGER, independent_sources INTEGER, located INTEGER, first_year INTEGER, last_year INTEGER,
    cable INTEGER, first_day INTEGER, last_day INTEGER, shown_status TEXT, voices INTEGER AS (coalesce(independent_sources, sources)),
    documented INTEGER AS (coalesce(status, '') NOT IN ('announced', 'cancelled', 'denied', 'unverified'))
) WITHOUT ROWID;
-- The released table of the same name (release/flat_projects.py): one row per project, for spreadsheets. Parties have names
-- instead of ids.
CREATE TABLE projects_flat (
    id TEXT PRIMARY KEY, name TEXT, name_zh TEXT, kind_name TEXT, kind TEXT, layer_name TEXT, country_name TEXT, country TEXT, status TEXT, year INTEGER,
    agreed TEXT, construction_start TEXT, started TEXT, operational TEXT, completed TEXT, ended TEXT, planned_column TEXT, supplier_name TEXT,
    implementer_name TEXT, customer_name TEXT, operator_name TEXT, owner_name TEXT, financier_name TEXT, amount REAL, amount_unit TEXT, latitude REAL,
    longitude REAL, "precision" TEXT, place_name TEXT, places INTEGER, independent_sources INTEGER, source_title TEXT, document_url TEXT
) WITHOUT ROWID;
CREATE TABLE project_kind (kind TEXT, id TEXT, said INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE project_layer (layer TEXT, id TEXT, PRIMARY KEY (layer, id)) WITHOUT ROWID;
CREATE TABLE project_country (country TEXT, id TEXT, located INTEGER, PRIMARY KEY (country, id)) WITHOUT ROWID;
CREATE TABLE project_region (region TEXT, id TEXT, PRIMARY KEY (region, id)) WITHOUT ROWID;
CREATE TABLE project_company (organization TEXT, id TEXT, role TEXT, record TEXT, PRIMARY KEY (organization, id, role, record)) WITHOUT ROWID;
CREATE TABLE project_source (source TEXT, id TEXT, PRIMARY KEY (source, id)) WITHOUT ROWID;
CREATE TABLE project_precision ("precision" TEXT, id TEXT, PRIMARY KEY ("precision", id)) WITHOUT ROWID;
-- What the projects of a country lack: a drawn place there, a date, a second separate source, a status, or any named supplier,
-- implementer, owner, operator or partner. Counts and lists both use this view, so that they agree.
CREATE VIEW country_lacking AS
SELECT c.country, c.id, NOT c.located AS unlocated, p.year IS NULL AS undated, p.voices = 1 AS single_source,
    coalesce(p.status, 'unknown') = 'unknown' AS status_unknown,
    NOT EXISTS (
        SELECT 1 FROM project_company AS k
        WHERE k.id = p.id AND k.role IN ('supplier', 'implementer', 'owner', 'operator', 'partner')
    ) AS unnamed
FROM project_country AS c
JOIN projects AS p ON p.id = c.id;
-- The property that gives the date of a project: its earliest step that has a date. Pages of countries and of answers both use
-- this view, so that they agree.
CREATE VIEW project_dated AS
SELECT id,
    CASE
        WHEN agreed IS NOT NULL THEN 'agreed'
        WHEN construction_start IS NOT NULL THEN 'construction-start'
        WHEN started IS NOT NULL THEN 'started'
        WHEN operational IS NOT NULL THEN 'operational'
        WHEN completed IS NOT NULL THEN 'completed'
    END AS dated
FROM projects_flat;
-- Documented systems of surveillance or censorship. Announced, denied, cancelled and unverified ones, and security inspection, don't
-- count. The list of organisations and the pages of countries both use this view, so that they agree.
CREATE VIEW documented_systems AS
SELECT p.id
FROM projects AS p
WHERE p.documented AND EXISTS (
    SELECT 1
    FROM project_kind AS d
    JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = d.kind AND t.layer IN ('surveillance', 'censorship')
    WHERE d.id = p.id AND d.said AND d.kind <> 'security-inspection'
);
CREATE TABLE commitments (
    id TEXT PRIMARY KEY, project TEXT, amount REAL, amount_text TEXT, unit TEXT, flow_type TEXT, year INTEGER, status TEXT, recommended INTEGER,
    counted INTEGER, unit_rank INTEGER
) WITHOUT ROWID;
CREATE TABLE companies (
    id TEXT PRIMARY KEY, label TEXT, label_lang TEXT, label_zh TEXT, sort_label TEXT, kind TEXT, country TEXT, projects INTEGER, countries INTEGER, listings INTEGER,
    sources INTEGER
) WITHOUT ROWID;
CREATE TABLE countries (
    code TEXT PRIMARY KEY, projects INTEGER, located INTEGER, assessments INTEGER, indicators INTEGER, agreements INTEGER, restrictions INTEGER
) WITHOUT ROWID;
CREATE TABLE indicators (
    series TEXT, country TEXT, year INTEGER, id TEXT, value TEXT, code TEXT, PRIMARY KEY (series, country, year, id)
) WITHOUT ROWID;
-- For the index of a subset: indicators of the edition that the subset lacks, because they are about other countries. They are
-- used only for ranks, shades and ends of scales, which are therefore the same as in the edition. Empty in any other index.
CREATE TABLE outside_indicators (
    series TEXT, country TEXT, year INTEGER, id TEXT, value TEXT, code TEXT, PRIMARY KEY (series, country, year, id)
) WITHOUT ROWID;
CREATE VIEW compared_indicators AS
SELECT series, country, year, id, value, code FROM indicators
UNION ALL SELECT series, country, year, id, value, code FROM outside_indicators;
CREATE TABLE participations (
    id TEXT PRIMARY KEY, organization TEXT, country TEXT, forum TEXT, body TEXT, list TEXT, standard TEXT, role TEXT, count REAL, counted TEXT,
    start TEXT, "end" TEXT
) WITHOUT ROWID;
-- Provisions by topic. The topic is empty for a provision without a topic.
CREATE TABLE provisions (agreement TEXT, id TEXT, topic TEXT, PRIMARY KEY (agreement, id, topic)) WITHOUT ROWID;
CREATE TABLE assessments (year INTEGER, country TEXT, kind TEXT, id TEXT, PRIMARY KEY (year, country, kind, id)) WITHOUT ROWID;

CREATE TABLE places (
    n INTEGER PRIMARY KEY, id TEXT, label TEXT, country TEXT, precision TEXT, kind TEXT, radius REAL, longitude REAL, latitude REAL, route TEXT
);
CREATE TABLE place_project (n INTEGER, project TEXT, PRIMARY KEY (n, project)) WITHOUT ROWID;
CREATE TEMP TABLE place_box (n INTEGER PRIMARY KEY, west REAL, east REAL, south REAL, north REAL);
-- Projects as GeoJSON features, see map_features.py.
CREATE TABLE features (n INTEGER PRIMARY KEY, geometry TEXT, properties TEXT);
-- Places drawn as points, as GeoJSON features in two parts: the address of the website goes between them.
CREATE TABLE site_features (n INTEGER PRIMARY KEY, feature TEXT, page TEXT);
-- Projects as arrays of numbers, see project_arrays.py: `data` is an array of the NumPy type `kind`, or JSON.
CREATE TABLE vectors (name TEXT PRIMARY KEY, kind TEXT, data BLOB);

CREATE TABLE figures (
    name TEXT PRIMARY KEY, title TEXT, title_zh TEXT, question TEXT, unit TEXT, counting_unit TEXT, measure TEXT, status TEXT, value TEXT,
    rows INTEGER, headline INTEGER, groups TEXT, variants TEXT, comparators TEXT, sources TEXT, gaps TEXT, definition TEXT, sql TEXT
) WITHOUT ROWID;
CREATE TABLE figure_rows (
    name TEXT, counted INTEGER, position INTEGER, unit_id TEXT, amount TEXT, variants TEXT, groups TEXT, PRIMARY KEY (name, counted, position)
) WITHOUT ROWID;
CREATE TABLE figure_sensitivity (
    name TEXT, position INTEGER, kind TEXT, item TEXT, title TEXT, "left" TEXT, "right" TEXT, probability REAL, value TEXT, difference TEXT,
    note TEXT, gone TEXT, come TEXT, PRIMARY KEY (name, position)
) WITHOUT ROWID;

CREATE TABLE findings (
    name TEXT PRIMARY KEY, rank INTEGER, status TEXT, reason TEXT, headline TEXT, headline_zh TEXT, text TEXT, text_zh TEXT, caveat TEXT,
    caveat_zh TEXT, would_change TEXT, would_change_zh TEXT, "check" TEXT, "values" TEXT, chart TEXT, definition TEXT, sql TEXT, chart_sql TEXT,
    missing TEXT
) WITHOUT ROWID;

-- How many records sources have in common, and estimates of the records that no source has; lists are JSON.
CREATE TABLE overlaps (unit TEXT, cut TEXT, part TEXT, sources TEXT, things INTEGER, PRIMARY KEY (unit, cut, part, sources)) WITHOUT ROWID;
CREATE TABLE overlap_answers (
    unit TEXT, cut TEXT, part TEXT, things INTEGER, sources TEXT, lists TEXT, verdict TEXT, reasons TEXT, notes TEXT, low INTEGER, high INTEGER,
    estimates TEXT, PRIMARY KEY (unit, cut, part)
) WITHOUT ROWID;

-- Dependence of countries on suppliers (release/country_dependence/); lists are JSON.
CREATE TABLE dependence (
    country TEXT, sector TEXT, year INTEGER, placed_only INTEGER, amount REAL, suppliers INTEGER, unknown_share REAL, concentration REAL,
    concentration_low REAL, concentration_high REAL, top TEXT, top_suppliers INTEGER, top_share REAL, limited_to TEXT, limited_to_zh TEXT
);
CREATE TABLE dependence_suppliers (
    country TEXT, sector TEXT, year INTEGER, placed_only INTEGER, supplier TEXT, amount REAL, units INTEGER, share REAL, rows TEXT
);
CREATE TABLE dependence_cables (
    country TEXT, standing_only INTEGER, state TEXT, cables TEXT, sharing_supplier TEXT, sharing_owner TEXT, supplier TEXT, supplier_cables TEXT,
    owner TEXT, owner_cables TEXT, supplier_unknown TEXT, owner_unknown TEXT, cut INTEGER, cut_cables TEXT, PRIMARY KEY (country, standing_only)
) WITHOUT ROWID;
CREATE TABLE dependence_cuts (
    country TEXT, year INTEGER, placed_only INTEGER, cables TEXT, cut INTEGER, cut_cables TEXT, undated INTEGER,
    PRIMARY KEY (country, placed_only, year)
) WITHOUT ROWID;

-- Answers (release/answers/): what is recorded about an organisation in a country, and about other pairs. Lists are JSON.
CREATE TABLE answers (
    organization TEXT, country TEXT, strength TEXT, projects INTEGER, supplied INTEGER, named_customers INTEGER, cables_supplied INTEGER, owned INTEGER,
    cables_owned INTEGER, financed INTEGER, other_parts INTEGER, not_built INTEGER, group_projects INTEGER, through TEXT, kind TEXT, index_years TEXT,
    programmes INTEGER, agreements INTEGER, lists INTEGER, financier TEXT, first_year INTEGER, last_year INTEGER, independent_sources INTEGER,
    newest_evidence TEXT, sentence TEXT, sentence_zh TEXT, PRIMARY KEY (organization, country)
) WITHOUT ROWID;
CREATE TABLE answer_rows (
    organization TEXT, country TEXT, type TEXT, id TEXT, role TEXT, through TEXT, PRIMARY KEY (organization, country, type, id, role, through)
) WITHOUT ROWID;
CREATE TABLE answer_roles (
    organization TEXT, country TEXT, layer TEXT, role TEXT, projects INTEGER, PRIMARY KEY (organization, country, layer, role)
) WITHOUT ROWID;
CREATE TABLE answer_organization_kinds (
    organization TEXT, kind TEXT, projects INTEGER, supplied INTEGER, named_customers INTEGER, financed INTEGER, not_built INTEGER, country TEXT,
    first_year INTEGER, last_year INTEGER, sentence TEXT, sentence_zh TEXT, PRIMARY KEY (organization, kind)
) WITHOUT ROWID;
CREATE TABLE answer_country_kinds (
    country TEXT, kind TEXT, projects INTEGER, named_customers INTEGER, not_built INTEGER, suppliers INTEGER, index_years TEXT, first_year INTEGER,
    last_year INTEGER, sentence TEXT, sentence_zh TEXT, PRIMARY KEY (country, kind)
) WITHOUT ROWID;
-- Commitments that sums leave out if they include the earlier one. `same`: whether both are known to be the same promise,
-- rather than possibly the same.
CREATE TABLE repeated_commitments (id TEXT, earlier TEXT, same INTEGER, PRIMARY KEY (id, earlier)) WITHOUT ROWID;
CREATE TABLE answer_lenders (
    financier TEXT, country TEXT, amount_unit TEXT, projects INTEGER, commitments INTEGER, stated INTEGER, amount TEXT, cancelled INTEGER, first_year INTEGER,
    last_year INTEGER, sentence TEXT, sentence_zh TEXT
);
CREATE TABLE answer_services (
    country TEXT, vocabulary TEXT, service TEXT, restrictions INTEGER, kind TEXT, without_end INTEGER, first_year INTEGER, last_year INTEGER,
    measurements INTEGER, measured_from TEXT, measured_to TEXT, last_blocked TEXT, sentence TEXT, sentence_zh TEXT,
    PRIMARY KEY (country, vocabulary, service)
) WITHOUT ROWID;

-- Blocklists (overt.model.observation_table_columns); days are ISO 8601 strings.
CREATE TABLE observation_lists (n INTEGER PRIMARY KEY, source TEXT, series TEXT, vantage_points INTEGER, rule TEXT, capture TEXT);
CREATE TABLE observation_rows (
    domain TEXT, list INTEGER, first_listed TEXT, last_listed TEXT, "start" TEXT, "end" TEXT, measurements INTEGER, unmeasured_days INTEGER,
    PRIMARY KEY (domain, list, first_listed)
) WITHOUT ROWID;
-- Up to a million rows have the same values in most columns, so these values are stored once per list, and rows have the list's
-- number.
CREATE VIEW observations AS
SELECT r.domain, l.source, l.series, r.first_listed, r.last_listed, r."start", r."end", r.measurements, r.unmeasured_days, l.vantage_points, l.rule,
    l.capture
FROM observation_rows AS r
JOIN observation_lists AS l ON l.n = r.list;
CREATE TABLE observed_lists (source TEXT, series TEXT, day TEXT, names INTEGER, capture TEXT, member TEXT);
CREATE TABLE observed_series (
    source TEXT, series TEXT, label TEXT, label_zh TEXT, country TEXT, place TEXT, place_zh TEXT, protocol TEXT, vantage TEXT, vantage_zh TEXT,
    vantage_points INTEGER, rule TEXT, days INTEGER, days_from TEXT, days_to TEXT, unmeasured TEXT, PRIMARY KEY (source, series)
) WITHOUT ROWID;
-- Measurements, and their counts by day and by quarter. Counts have a row for all networks of a country (asn is null) and a row
-- for each network.
CREATE TABLE measurements (
    domain TEXT, country TEXT, test_name TEXT, day TEXT, asn INTEGER, verdict TEXT, mechanism TEXT, also TEXT, rule TEXT, confidence TEXT,
    fingerprints TEXT, resolver_asn INTEGER, software TEXT, platform TEXT, observations INTEGER, source TEXT, id TEXT, capture TEXT, member TEXT, place TEXT
);
CREATE TABLE measured_days (
    domain TEXT, country TEXT, test_name TEXT, period TEXT, asn INTEGER, source TEXT, first_day TEXT, last_day TEXT, days INTEGER,
    measurements INTEGER, networks INTEGER, vantage_points INTEGER, blocked INTEGER, share REAL, low REAL, high REAL, state TEXT, mechanisms TEXT,
    down INTEGER, insufficient INTEGER, rules TEXT, fingerprints TEXT
);
CREATE TABLE measured_quarters (
    domain TEXT, country TEXT, test_name TEXT, period TEXT, asn INTEGER, source TEXT, first_day TEXT, last_day TEXT, days INTEGER,
    measurements INTEGER, networks INTEGER, vantage_points INTEGER, blocked INTEGER, share REAL, low REAL, high REAL, state TEXT, mechanisms TEXT,
    down INTEGER, insufficient INTEGER, rules TEXT, fingerprints TEXT
);
CREATE TABLE platform_tests (platform TEXT, test_name TEXT, PRIMARY KEY (platform, test_name)) WITHOUT ROWID;
-- What lists of sites say about domains. A label from a list that applies to all countries has no country.
CREATE TABLE domain_labels (
    domain TEXT, source TEXT, list TEXT, country TEXT, subdomains INTEGER, category TEXT, platform TEXT, service TEXT, part TEXT, added TEXT,
    capture TEXT, place TEXT
);
CREATE TABLE platform_domains (platform TEXT, domain TEXT, position INTEGER, PRIMARY KEY (platform, domain)) WITHOUT ROWID;

-- The releases up to this one. `moved`: what changed in a release's inputs since the previous release. The next three tables
-- have the changes of records in each release, and each release's figures and findings.
CREATE TABLE stages (position INTEGER PRIMARY KEY, release TEXT, date TEXT, note TEXT, moved TEXT);
CREATE TABLE history (
    id TEXT, position INTEGER, what TEXT, source TEXT, record TEXT, type TEXT, property TEXT, before TEXT, after TEXT, reason TEXT
);
CREATE TABLE figure_history (
    name TEXT, position INTEGER, status TEXT, value TEXT, unit TEXT, rows INTEGER, definition TEXT, PRIMARY KEY (name, position)
) WITHOUT ROWID;
CREATE TABLE finding_history (name TEXT, position INTEGER, status TEXT, reason TEXT, headline TEXT, text TEXT, PRIMARY KEY (name, position)) WITHOUT ROWID;

-- The differences of records that `overt diff` finds between each release and the previous one, as JSON (subject_changes.py).
-- The other two tables have the subjects of each difference, and the names of the records in the differences.
CREATE TABLE changes_between (position INTEGER, n INTEGER, id TEXT, difference TEXT, PRIMARY KEY (position, n)) WITHOUT ROWID;
CREATE TABLE changed_subjects (kind TEXT, subject TEXT, position INTEGER, n INTEGER, PRIMARY KEY (kind, subject, position, n)) WITHOUT ROWID;
CREATE TABLE changed_names (position INTEGER, id TEXT, name TEXT, PRIMARY KEY (position, id)) WITHOUT ROWID;

-- The search index. The most important entries have the lowest numbers, and FTS5 returns rows in that order.
CREATE TABLE entries (
    n INTEGER PRIMARY KEY, type TEXT, id TEXT, label TEXT, label_lang TEXT, label_zh TEXT, kind TEXT, countries TEXT, projects INTEGER, year INTEGER,
    names TEXT
);
CREATE VIRTUAL TABLE search USING fts5(
    terms, content='', columnsize=0, detail=none, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'", prefix='1 2 3 4 5 6 7 8'
);
CREATE VIRTUAL TABLE search_around USING fts5(
    terms, content='', columnsize=0, detail=none, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'", prefix='2 3 4'
);
CREATE VIRTUAL TABLE search_terms USING fts5vocab(search, row);
CREATE TABLE search_whole (name INTEGER, n INTEGER, PRIMARY KEY (name, n)) WITHOUT ROWID;
CREATE TABLE search_words (n INTEGER PRIMARY KEY, word TEXT);
CREATE VIRTUAL TABLE search_slips USING fts5(keys, content='', columnsize=0, detail=none, tokenize='ascii');
-- Merge the segments of the search indexes once at the end (see indexes.sql), instead of many times during loading.
INSERT INTO search (search, rank) VALUES ('automerge', 0), ('crisismerge', 1000), ('hashsize', 33554432);
INSERT INTO search_around (search_around, rank) VALUES ('automerge', 0), ('crisismerge', 1000), ('hashsize', 33554432);
INSERT INTO search_slips (search_slips, rank) VALUES ('automerge', 0), ('crisismerge', 1000), ('hashsize', 33554432);
