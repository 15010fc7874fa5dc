"""CQL2 filters match the same rows as plain Python, and everything else is refused in one line."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from overt.ogc.api_documents import CONFORMS
from overt.ogc.cql2.filter_parser import MAX_CONDITIONS, MAX_DEPTH, MAX_VALUES, MAX_WILDCARDS, parse_filter
from overt.ogc.cql2.filter_sql import filter_sql
from overt.ogc.cql2.filter_tokens import MAX_FILTER_LENGTH
from overt.ogc.queryables import COUNTRY, PROJECT, SITE
from overt.queries.database import Reader
from tests.support.client import Client

ITEMS = "/ogc/collections/{}/items"
Row = dict[str, Any]
Test = Callable[[Row], bool | None]
"""A condition on a row. Its result is None if a value is missing, as in SQL."""
LISTS = ("kind", "country", "source", "precision")
SCALARS = ("name", "name_zh", "status", "year", "organizations", "amount", "amount_unit")


@pytest.fixture(scope="module")
def projects(client: Client) -> list[Row]:
    """All projects with their values, from APIs without a filter."""
    flat = {row["id"]: row for row in client.get("/api/v1/projects/flat?limit=1000").json()["items"]}
    features = client.get(f"{ITEMS.format('projects')}?limit=1000").json()["features"]
    money = {identity: {name: row[name] for name in ("amount", "amount_unit")} for identity, row in flat.items()}
    rows = [{"id": feature["id"], **feature["properties"], **money[feature["id"]]} for feature in features]
    assert len(rows) > 10 and len({row["year"] for row in rows}) > 3
    return [row | {"status": row["status"] or "unknown"} for row in rows]


def found_ids(client: Client, text: str, collection: str = "projects") -> list[str]:
    response = client.get(ITEMS.format(collection), params={"filter": text, "limit": 1000, "filter-lang": "cql2-text"})
    assert response.status_code == 200, response.text
    return [feature["id"] for feature in response.json()["features"]]


def expected_ids(rows: list[Row], test: Test) -> list[str]:
    return [row["id"] for row in rows if test(row)]


def number(test: Callable[[float], bool], name: str = "year") -> Test:
    return lambda row: None if row[name] is None else test(row[name])


CASES: dict[str, Test] = {
    "year = {y}": number(lambda year: year == Y),
    "year <> {y}": number(lambda year: year != Y),
    "year < {y}": number(lambda year: year < Y),
    "year <= {y}": number(lambda year: year <= Y),
    "year > {y}": number(lambda year: year > Y),
    "year >= {y}.0": number(lambda year: year >= Y),
    "{y} > year": number(lambda year: year < Y),
    "year BETWEEN {y} AND 2020": number(lambda year: Y <= year <= 2020),
    "year NOT BETWEEN {y} AND 2020": number(lambda year: not Y <= year <= 2020),
    "year IN ({y}, 2012)": number(lambda year: year in (Y, 2012)),
    "year NOT IN ({y}, 2012)": number(lambda year: year not in (Y, 2012)),
    "year IS NULL": lambda row: row["year"] is None,
    "year IS NOT NULL": lambda row: row["year"] is not None,
    "NOT year = {y}": number(lambda year: year != Y),
    "organizations >= 2": lambda row: row["organizations"] >= 2,
    "amount > 1e6": number(lambda amount: amount > 1e6, "amount"),
    "amount IS NULL OR amount_unit = 'USD'": lambda row: row["amount"] is None or row["amount_unit"] == "USD",
    "country = 'KE'": lambda row: "KE" in row["country"],
    "country <> 'KE'": lambda row: "KE" not in row["country"],
    "country IN ('KE', 'ET')": lambda row: bool({"KE", "ET"} & set(row["country"])),
    "country NOT IN ('KE', 'ET')": lambda row: not {"KE", "ET"} & set(row["country"]),
    "country LIKE 'K_'": lambda row: any(code[0] == "K" for code in row["country"]),
    "country BETWEEN 'A' AND 'L'": lambda row: any("A" <= code <= "L" for code in row["country"]),
    "country IS NULL": lambda row: not row["country"],
    "A_CONTAINS(country, ('KE', 'ET'))": lambda row: {"KE", "ET"} <= set(row["country"]),
    "A_OVERLAPS(country, ('KE', 'ET'))": lambda row: bool({"KE", "ET"} & set(row["country"])),
    "A_CONTAINEDBY(country, ('KE', 'ET'))": lambda row: set(row["country"]) <= {"KE", "ET"},
    "A_EQUALS(country, ('KE'))": lambda row: set(row["country"]) == {"KE"},
    "name LIKE '%a%'": lambda row: "a" in row["name"],
    "name LIKE 'A%'": lambda row: row["name"].startswith("A"),
    "name LIKE '%\\%%'": lambda row: "%" in row["name"],
    "name LIKE '%[%' OR name LIKE '%*%' OR name LIKE '%?%'": lambda row: any(sign in row["name"] for sign in "[*?"),
    "name NOT LIKE '_%a%'": lambda row: "a" not in row["name"][1:],
    "name < 'M'": lambda row: row["name"].encode() < b"M",
    '"status" = \'unknown\'': lambda row: row["status"] == "unknown",
    "status IN ('operational', 'completed') AND country = 'KE'": lambda row: (
        row["status"] in ("operational", "completed") and "KE" in row["country"]
    ),
    "NOT (status = 'operational' OR country = 'KE')": lambda row: (
        not (row["status"] == "operational" or "KE" in row["country"])
    ),
    "status = 'operational' OR country = 'KE' AND year > {y}": lambda row: (
        row["status"] == "operational" or ("KE" in row["country"] and row["year"] is not None and row["year"] > Y)
    ),
    "TRUE": lambda row: True,
    "FALSE OR not true": lambda row: False,
}  # fmt: skip
Y = 2016
VALUES = ("KE", "ET", "exact", "locality", "open_projects", "smart-city")
HARMLESS = (
    "' OR '1'='1", "x'; DROP TABLE projects; --", "%", "*", "[a-z]*", "\0", "阿", "{}", "${condition}", ":a", "?1", "a\\b",
)  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_each_operator_finds_what_python_finds(client: Client, projects: list[Row], text: str) -> None:
    assert found_ids(client, text.format(y=Y)) == expected_ids(projects, CASES[text])


def test_the_cases_tell_rows_apart(projects: list[Row]) -> None:
    counts = [len(expected_ids(projects, test)) for test in CASES.values()]
    assert sum(0 < count < len(projects) for count in counts) > len(CASES) / 2


@st.composite
def conditions(draw: st.DrawFn, depth: int = 3) -> tuple[str, Test]:
    """Draw a filter, and the same condition in Python with SQL's three-valued logic."""
    shape = draw(st.sampled_from(["and", "or", "not", "leaf", "leaf"])) if depth else "leaf"
    if shape == "not":
        text, inner = draw(conditions(depth - 1))
        return f"NOT ({text})", lambda row: None if (value := inner(row)) is None else not value
    if shape in ("and", "or"):
        parts = draw(st.lists(conditions(depth - 1), min_size=2, max_size=3))
        tests = [test for _, test in parts]
        combine = _all if shape == "and" else _any
        return "(" + f" {shape.upper()} ".join(text for text, _ in parts) + ")", lambda row: combine(test(row) for test in tests)
    if draw(st.booleans()):
        name, value = (
            draw(st.sampled_from(LISTS)),
            draw(st.sampled_from(VALUES)),
        )
        return f"{name} = '{value}'", lambda row: value in row[name]
    name = draw(st.sampled_from(SCALARS))
    if draw(st.integers(0, 3)) == 0:
        return f"{name} IS NULL", lambda row: row[name] is None
    if name in ("year", "organizations", "amount"):
        bound = draw(st.integers(0, 3) if name == "organizations" else st.integers(2008, 2022))
        return f"{name} <= {bound}", number(lambda value: value <= bound, name)
    start = draw(st.sampled_from("AaBbou阿USD"))
    return f"{name} LIKE '%{start}%'", lambda row: None if row[name] is None else start in row[name]


def _all(values: Iterator[bool | None]) -> bool | None:
    values_seen = list(values)
    return False if False in values_seen else None if None in values_seen else True


def _any(values: Iterator[bool | None]) -> bool | None:
    values_seen = list(values)
    return True if True in values_seen else None if None in values_seen else False


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(conditions())
def test_combinations_find_what_python_finds(reader: Reader, projects: list[Row], drawn: tuple[str, Test]) -> None:
    text, test = drawn
    assume(text.count("%") <= MAX_WILDCARDS)
    sql, values = filter_sql(parse_filter(text), PROJECT)
    row = reader.first("ogc.projects_where", values, condition=sql) or {}
    assert set((row["ids"] or "").split()) == set(expected_ids(projects, test)), text


@pytest.mark.parametrize(("name", "operator", "side"), [("date_from", ">=", min), ("date_to", "<=", max)])
def test_dates_are_compared_by_day(client: Client, projects: list[Row], name: str, operator: str, side: Any) -> None:
    dated = {row["id"]: row["year"] for row in projects if row["date"] and row["date"][:4].isdigit() and "/" not in row["date"]}
    year = side(dated.values())
    day = f"{year}-01-01" if name == "date_from" else f"{year}-12-31"
    matching = set(found_ids(client, f"{name} {operator} DATE('{day}')"))
    assert set(dated) <= matching
    assert set(found_ids(client, f"{name} {operator} TIMESTAMP('{day}T12:00:00Z')")) == matching
    assert not set(found_ids(client, f"{name} IS NULL")) & set(dated)


def test_it_goes_with_other_parameters_and_pages(client: Client, projects: list[Row]) -> None:
    address = ITEMS.format("projects")
    both = client.get(address, params={"filter": f"year >= {Y}", "country": "KE", "limit": 1000}).json()
    assert [feature["id"] for feature in both["features"]] == [
        row["id"] for row in projects if (row["year"] or 0) >= Y and "KE" in row["country"]
    ]
    pages, parameters = [], {"filter": f"year >= {Y}", "limit": 2}
    page = client.get(address, params=parameters).json()
    while True:
        pages.append([feature["id"] for feature in page["features"]])
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        if not following:
            break
        page = client.get(following[0].removeprefix("http://127.0.0.1")).json()
    assert all(len(ids) == 2 for ids, _ in pairwise(pages))
    assert [identity for ids in pages for identity in ids] == found_ids(client, f"year >= {Y}")
    world = {"bbox": "-180,-90,180,90", "limit": 1000}
    filtered, located = (
        client.get(address, params={**world, **more}).json()["features"]
        for more in ({"filter": "located = 'yes'"}, {"located": "yes"})
    )
    assert filtered == located != []


def test_sites_and_countries_too(client: Client) -> None:
    sites = client.get(f"{ITEMS.format('sites')}?limit=1000").json()["features"]
    in_kenya = [site["id"] for site in sites if site["properties"]["country"] == "KE"]
    assert in_kenya and sorted(found_ids(client, "country = 'KE'", "sites")) == sorted(in_kenya)
    for name in ("kind", "status", "project", "source"):
        value = next(site["properties"][name][0] for site in sites if site["properties"][name])
        expected = [site["id"] for site in sites if value in site["properties"][name]]
        assert sorted(found_ids(client, f"{name} = '{value}'", "sites")) == sorted(expected), name
    countries = client.get(f"{ITEMS.format('countries')}?limit=1000").json()["features"]
    for text, test in (
        ("projects > 1 AND name LIKE 'K%'", lambda row: row["projects"] > 1 and row["name"][0] == "K"),
        ("code IN ('KE', 'ET') OR located_projects = 0", lambda row: row["code"] in ("KE", "ET") or row["located_projects"] == 0),
    ):
        assert found_ids(client, text, "countries") == [row["id"] for row in countries if test(row["properties"])], text
    assert found_ids(client, "TRUE", "cables") == [
        feature["id"] for feature in client.get(f"{ITEMS.format('cables')}?limit=1000").json()["features"]
    ]


@pytest.mark.parametrize(
    ("collection", "old", "present"),
    [
        ("projects", "company_count >= 2 AND NOT company_count = 9", "organizations >= 2 AND NOT organizations = 9"),
        ("projects", "currency LIKE 'USD%' OR currency IN ('EUR')", "amount_unit LIKE 'USD%' OR amount_unit IN ('EUR')"),
        ("cables", "company IS NULL", "organization IS NULL"),
        ("sites", "NOT (kind_of_place = 'route')", "NOT (place_kind = 'route')"),
        ("countries", "located BETWEEN 1 AND 9", "located_projects BETWEEN 1 AND 9"),
    ],
)
def test_old_names_of_queryables_go_on(client: Client, collection: str, old: str, present: str) -> None:
    assert found_ids(client, old, collection) == found_ids(client, present, collection) != []


ATTACKS = {
    "name = 'x' OR 1=1": "needs a queryable on one side",
    "name = 'x'; DROP TABLE projects": "not understood",
    "name = 'x' -- ": "not understood",
    "name = 'x' UNION SELECT 1": "AND, OR or the end is expected",
    "p.id = 'x'": "there is no queryable",
    "\"id\") OR (1\" = 'x'": "no closing quotation mark",
    '"id) OR (1=1" = \'x\'': "there is no queryable",
    "name = (SELECT name FROM projects)": "a queryable or a value is expected",
    "name LIKE '%%%%%%%%%%a%%%%%%%%%%b'": f"at most {MAX_WILDCARDS} %",
    " OR ".join(["name LIKE '%a%'"] * 5): f"at most {MAX_WILDCARDS} %",
    "load_extension('x') = 1": "a queryable or a value is expected",
    "(" * 5_000: f"at most {MAX_FILTER_LENGTH:,}",
    "(" * 3_999: "deep",
    "NOT " * 900 + "TRUE": "deep",
    "(" * (MAX_DEPTH + 1) + "TRUE" + ")" * (MAX_DEPTH + 1): f"more than {MAX_DEPTH} deep",
    " OR ".join(["year = 1"] * 31): f"more than {MAX_CONDITIONS} conditions",
    f"year IN ({', '.join(map(str, range(101)))})": f"more than {MAX_VALUES} values",
    f"A_OVERLAPS(country, ({', '.join(['1'] * 101)}))": f"more than {MAX_VALUES} values",
    f"name = '{'a' * MAX_FILTER_LENGTH}'": f"at most {MAX_FILTER_LENGTH:,}",
    "year = 'abc'": "year is compared with a number",
    "year = TRUE": "year is compared with a number",
    "name = 5": "name is compared with a text",
    "date_from = '2019-01-01'": "date_from is compared with a date",
    "year = 1e999": "at most 15 digits",
    "year = 9223372036854775808": "at most 15 digits",
    "year LIKE 'x'": "year is not a text",
    "A_CONTAINS(year, (1))": "year is not a list",
    "year = year": "needs a queryable on one side",
    "year": "an operator is expected",
    "year =": "a queryable or a value is expected, but the filter ends",
    "year BETWEEN 1": "BETWEEN needs two values",
    "year IN ()": "a queryable or a value is expected",
    "name IN (other)": "write texts in apostrophes",
    "name = 'x": "no closing apostrophe",
    'name" = 1': "no closing quotation mark",
    "DATE('2019-02-30') = date_from": "a day that exists",
    "TIMESTAMP('2019-01-01') = date_from": "TIMESTAMP needs",
    "S_INTERSECTS(geometry, POINT(1 2))": "use the parameter bbox",
    "T_AFTER(date_from, DATE('2019-01-01'))": "temporal functions are not supported",
    "CASEI(name) = 'x'": "CASEI is not supported",
    "year + 1 = 2019": "arithmetic is not supported",
    "nope = 1": "there is no queryable “nope”; there are id, name",
    "name = 'a' AND": "the filter ends",
    "year = 2019 2020": "AND, OR or the end is expected",
    "\0": "not understood",
    "year = ２０１９": "not understood",
    " ": "the filter ends",
    "TRUE \u3000": "character 6: “\u3000” is not understood",
    "year = 2019\u00a0": "character 12: “\u00a0” is not understood",
}  # fmt: skip


@pytest.mark.parametrize("text", ATTACKS, ids=lambda text: text[:40])
def test_everything_else_is_refused_in_one_line(client: Client, text: str) -> None:
    response = client.get(ITEMS.format("projects"), params={"filter": text})
    assert response.status_code == 400, response.text
    detail = response.json()["detail"]
    assert ATTACKS[text] in detail and detail.startswith("filter (CQL2 text): ") and "\n" not in detail
    assert len(detail) < 500


def test_the_deepest_filter_is_accepted(client: Client) -> None:
    text = "(" * MAX_DEPTH + "year = 2015" + ")" * MAX_DEPTH
    assert found_ids(client, text) == found_ids(client, "year = 2015")


def test_a_text_is_only_a_value(client: Client, projects: list[Row]) -> None:
    """A string is compared literally, whatever it contains."""
    for value in HARMLESS:
        quoted = "'" + value.replace("'", "''") + "'"
        assert found_ids(client, f"name = {quoted}") == [row["id"] for row in projects if row["name"] == value]
        assert found_ids(client, f"country = {quoted}") == []
    assert len(found_ids(client, "TRUE")) == len(projects)


@given(st.text(st.sampled_from("()'\"=<>,_%\\ANDORNTLIKEyearname 0123456789.-\n阿;"), max_size=60))
@settings(max_examples=60)
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        sql, values = filter_sql(parse_filter(text), PROJECT)
    except ValueError as problem:
        assert str(problem) and "\n" not in repr(str(problem)[:10])
    else:
        assert sql.count("?") == len(values)


def test_another_language_is_refused(client: Client) -> None:
    response = client.get(ITEMS.format("projects"), params={"filter": "{}", "filter-lang": "cql2-json"})
    assert response.status_code == 400 and "cql2-text" in response.json()["detail"]
    twice = client.get(ITEMS.format("projects"), params=[("filter", "TRUE"), ("filter", "FALSE")])
    assert twice.status_code == 400 and "filter is given 2 times" in twice.json()["detail"]


def test_the_queryables_and_classes_are_described(client: Client) -> None:
    conforms = client.get("/ogc/conformance").json()["conformsTo"]
    assert conforms == list(CONFORMS)
    for name in ("ogcapi-features-3/1.0/conf/filter", "cql2/1.0/conf/cql2-text"):
        assert f"http://www.opengis.net/spec/{name}" in conforms
    for collection, queryables in (("projects", PROJECT), ("cables", PROJECT), ("sites", SITE), ("countries", COUNTRY)):
        described = client.get(f"/ogc/collections/{collection}/queryables").json()["properties"]
        assert described.keys() == queryables.keys()
        for name, schema in described.items():
            assert schema["description"].endswith("."), name
            assert client.get(ITEMS.format(collection), params={"filter": f"{name} IS NULL", "limit": 1}).status_code == 200
        page = client.get(f"/ogc/collections/{collection}/queryables?f=html")
        assert page.status_code == 200 and all(name in page.text for name in queryables)


def test_the_parameter_status_also_goes_by_dates_and_descriptions_say_so(client: Client) -> None:
    features = client.get(f"{ITEMS.format('projects')}?status=agreed&limit=1000").json()["features"]
    by_source = found_ids(client, "status = 'agreed'")
    statuses = {feature["id"]: feature["properties"]["status"] for feature in features}
    assert by_source == [identity for identity, status in statuses.items() if status == "agreed"]
    assert {status for status in statuses.values() if status != "agreed"} <= {None, "unknown"}
    assert len(by_source) < len(statuses)
    described = client.get("/ogc/collections/projects/queryables").json()["properties"]["status"]["description"]
    assert "that a source states; `unknown` if none does" in described and "parameter `status` also goes by dates" in described
    [parameter] = (
        each for each in client.get("/ogc/api").json()["paths"]["/collections/projects/items"]["get"]["parameters"]
        if each.get("name") == "status"
    )  # fmt: skip
    assert "has only what a source states" in parameter["description"]


def test_the_message_begins_in_the_language_of_the_reader(client: Client) -> None:
    response = client.get("/zh/ogc/collections/projects/items", params={"filter": "nope = 1"})
    assert response.status_code == 400 and "筛选" in response.json()["detail"]
