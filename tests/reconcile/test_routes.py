"""The reconciliation service, requested as OpenRefine does."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest

from overt.model.record_ids import canonical_id
from overt.queries.database import Reader
from overt.reconcile import candidates as match
from overt.reconcile import data_extension as extend
from overt.reconcile.requests import MAX_QUERIES, Query
from overt.resolve.names.name_comparison import NamePart, compare_names, explain_names
from overt.server import app
from overt.server.app import ServeSettings
from overt.site.site import Site
from tests.server.test_many_readers import serving
from tests.support.client import Client
from tests.support.hostile_and_secret_words import ATTACKS, SECRETS
from tests.support.small_atlas import SmallAtlas
from tests.validators import check

HUAWEI, SAFE = canonical_id("open_register:huawei"), canonical_id("open_projects:nairobi")
"""Ids of these records in the public edition, which leaves out the private source."""


def ask(client: Client, *queries: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Send all queries in one form, and return the candidates for each."""
    batch = {f"q{at}": query for at, query in enumerate(queries)}
    answer = client.request("POST", "/reconcile", data={"queries": orjson.dumps(batch).decode()})
    assert answer.status_code == 200, answer.text
    answers = answer.json()
    assert list(answers) == list(batch)
    return [result["result"] for result in answers.values()]


def test_every_address_of_the_manifest_answers(public_client: Client) -> None:
    manifest = public_client.get("/reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"].endswith("/record/")
    base = "http://127.0.0.1"
    offered = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    for service in offered:
        address = service["service_url"] + service["service_path"]
        assert address.startswith(base)
        assert public_client.get(address.removeprefix(base)).status_code == 200
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        assert "{{id}}" in template
        path = template.replace("{{id}}", HUAWEI).removeprefix(base)
        assert public_client.get(path).status_code in (200, 308)
    assert public_client.get(manifest["logo"].removeprefix(base)).status_code == 200
    assert public_client.get(manifest["documentation"].removeprefix(base)).status_code == 200


def test_the_former_id_of_a_merged_record_leads_to_the_one_that_remains(client: Client, reader: Reader) -> None:
    old, new, kind = reader._connection.execute(
        "SELECT old_id, d.id, type FROM redirects AS d JOIN records AS r ON r.id = d.id"
    ).fetchone()
    [[candidate]] = ask(client, {"query": old, "type": kind})
    assert (candidate["id"], candidate["match"]) == (new, True)
    columns = {"properties": [{"id": "name"}, {"id": "page"}, {"id": "sources"}]}
    rows = [
        client.request("POST", "/reconcile", data={"extend": orjson.dumps({"ids": [each], **columns}).decode()}).json()["rows"]
        for each in (old, new)
    ]
    assert rows[0][old] == rows[1][new] and rows[0][old]["name"]
    former, current = (client.get(f"/reconcile/preview/{each}") for each in (old, new))
    assert former.status_code == 200 and former.text == current.text


@pytest.mark.parametrize("name", ["Huawei", "huawei tech", "华为技术有限公司", "hua wei", "хуавэй", HUAWEI])
def test_names_in_any_script_find_the_organisation(public_client: Client, name: str) -> None:
    [candidates] = ask(public_client, {"query": name, "type": "organization"})
    assert candidates[0]["id"] == HUAWEI
    assert candidates[0]["type"] == [{"id": "organization", "name": "Organisation"}]
    assert 0 < candidates[0]["score"] <= 100
    assert [candidate["score"] for candidate in candidates] == sorted(
        (candidate["score"] for candidate in candidates), reverse=True
    )


def test_score_is_the_sum_of_its_features(public_client: Client) -> None:
    [candidates] = ask(public_client, {"query": "Huawei Tech", "type": ["organization"]})
    bits = [part["value"] for part in candidates[0]["features"] if part["id"].startswith("bits:")]
    assert len(bits) > 1
    assert candidates[0]["score"] == pytest.approx(100 / (1 + 2 ** -sum(bits)), abs=0.2)
    assert "~" in candidates[0]["description"]


def test_given_properties_change_the_score(public_client: Client) -> None:
    query = {"query": "Huawei", "type": "organization"}
    plain, right, wrong, other = (
        candidates[0]
        for candidates in ask(
            public_client,
            query,
            {**query, "properties": [{"pid": "country", "v": "China"}]},
            {**query, "properties": [{"pid": "country", "v": ["Kenya"]}]},
            {**query, "properties": [{"pid": "website", "v": {"id": "x"}}]},
        )
    )
    assert wrong["score"] < plain["score"] < right["score"]
    assert other["score"] == plain["score"], "no model says how much that should weigh"
    assert {"id": "country", "value": True} in right["features"]
    assert {"id": "country", "value": False} in wrong["features"]
    assert plain["match"] and right["match"] and not wrong["match"], "what contradicts is for a person to look at"


def test_only_returned_candidates_are_explained(public_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    explained: list[str] = []
    compared: list[int] = []

    def counted(left: str, right: str) -> list[NamePart]:
        explained.append(right)
        return explain_names(left, right)

    def listed(left: list[str], right: list[str]) -> Any:
        compared.append(len(right))
        return compare_names(left, right)

    monkeypatch.setattr(match, "explain_names", counted)
    monkeypatch.setattr(match, "compare_names", listed)
    [candidates] = ask(public_client, {"query": "Safe City", "limit": 1})
    assert len(candidates) == 1 and len(explained) == 1
    assert 1 < compared[0] <= 6 * 40


def test_no_match_gives_an_empty_list(public_client: Client) -> None:
    assert ask(public_client, {"query": "no such thing at all"}, {"query": ""}) == [[], []]


def test_countries_and_projects_are_found_too(public_client: Client) -> None:
    kenya, project = ask(public_client, {"query": "Kenya", "type": "country"}, {"query": "KE", "type": "country", "limit": 1})
    assert kenya[0]["id"] == project[0]["id"] == "KE"
    columns = [{"id": "name"}, {"id": "page"}]
    answer = public_client.get("/reconcile", params={"extend": orjson.dumps({"ids": ["KE"], "properties": columns}).decode()})
    assert answer.json()["rows"] == {"KE": {"name": [{"str": "Kenya"}], "page": [{"str": "http://127.0.0.1/country/KE"}]}}


def test_columns_of_a_country(public_client: Client, site: Site) -> None:
    """A country's columns have its numbers of records, as in the OGC API, and the sources of these records."""
    offered = public_client.get("/reconcile/properties", params={"type": "country"}).json()["properties"]
    assert [item["id"] for item in offered] == [
        "name", "projects", "assessments", "agreements", "restrictions", "indicators", "sources", "page",
    ]  # fmt: skip
    counted = [item["id"] for item in offered[1:6]]
    cells = extended(public_client, "KE", *counted, "sources")["rows"]["KE"]
    numbers = public_client.get("/ogc/collections/countries/items/KE?f=json").json()["properties"]
    assert all(cells[name][0]["int"] == numbers[name] for name in counted[:4]) and numbers["projects"] > 0
    choices = public_client.get("/api/v1/facets", params={"country": "KE"}).json()["facets"]["source"]
    telling = {site.title_of(slug) for slug, projects in choices.items() if projects}
    titles = [item["str"] for item in cells["sources"]]
    assert telling and titles == sorted({*telling, site.title_of("editorial")})
    nothing = extended(public_client, "TV", *counted, "sources")["rows"]["TV"]
    assert not any(nothing.values()), "nothing is recorded of it, which is no number"
    assert not any(extended(public_client, "ovt-nothinghere22", *counted)["rows"]["ovt-nothinghere22"].values())


def test_name_shared_by_countries_is_not_a_certain_match() -> None:
    def sure(text: str, *names: str) -> bool:
        candidates = [match.Candidate(name, "country", name, name, 0.9 if at == 0 else 0.02) for at, name in enumerate(names)]
        return match._is_sure(Query(query=text), candidates)

    assert not sure("Congo", "Republic of the Congo", "Democratic Republic of the Congo")
    assert not sure("Korea", "South Korea", "North Korea")
    assert sure("south korea", "South Korea", "North Korea")
    assert sure("Guinea", "Guinea", "Equatorial Guinea")
    assert sure("Kenya republic", "Kenya")


def test_columns_of_a_record(public_client: Client) -> None:
    names = ["name", "country", "sources", "page", "agreed"]
    extension = {"ids": [HUAWEI, "ovt-nothinghere22"], "properties": [{"id": name} for name in names]}
    answer = public_client.request("POST", "/reconcile", data={"extend": orjson.dumps(extension).decode()}).json()
    assert [item["id"] for item in answer["meta"]] == names
    row = answer["rows"][HUAWEI]
    assert {"str": "华为技术有限公司"} in row["name"]
    assert row["country"] == [{"id": "CN", "name": "China"}]
    assert row["sources"] and row["agreed"] == [], "which an organisation has not"
    assert row["page"] == [{"str": f"http://127.0.0.1/organization/{HUAWEI}"}]
    assert set(map(str, answer["rows"]["ovt-nothinghere22"].values())) == {"[]"}


def extended(client: Client, identity: str, *names: str) -> dict[str, Any]:
    extension = {"ids": [identity], "properties": [{"id": name} for name in names]}
    answer = client.get("/reconcile", params={"extend": orjson.dumps(extension).decode()})
    assert answer.status_code == 200, answer.text
    return cast(dict[str, Any], answer.json())


def test_roles_in_projects_are_columns(public_client: Client, site: Site) -> None:
    parts = ("supplier", "customer", "operator", "owner", "financier")
    answer = extended(public_client, SAFE, *parts)
    assert answer["rows"][SAFE]["supplier"] == [{"id": HUAWEI, "name": "Huawei Technologies Co., Ltd."}]
    assert all(column["type"] == {"id": "organization", "name": "Organisation"} for column in answer["meta"])
    offered = {
        column["id"] for column in public_client.get("/reconcile/properties", params={"type": "project"}).json()["properties"]
    }
    assert set(parts) <= offered
    types = {
        part["role"]
        for identity in (item["id"] for item in public_client.get("/api/v1/projects", params={"limit": 100}).json()["items"])
        for part in [
            {"role": role} for role, cells in extended(public_client, identity, *parts)["rows"][identity].items() if cells
        ]
    }
    assert {"supplier", "financier"} <= types
    [candidates] = ask(
        public_client,
        {
            "query": "Safe City Nairobi",
            "type": "project",
            "properties": [{"pid": "supplier", "v": "Huawei Technologies Co., Ltd."}],
        },
    )
    assert {"id": "supplier", "value": True} in candidates[0]["features"]


def test_column_names_are_unique(public_client: Client) -> None:
    for kind in ("", "organization", "project", "country", "agreement", "document", "place"):
        named = [item["name"] for item in public_client.get("/reconcile/properties", params={"type": kind}).json()["properties"]]
        assert len(set(named)) == len(named), kind
    called = {item["id"]: item["name"] for item in public_client.get("/reconcile/properties").json()["properties"]}
    assert (called["country"], called["party-country"]) == ("Country", "Country (Agreement)")


def test_unknown_property_is_refused_with_a_list_of_known_ones(public_client: Client) -> None:
    extension = {"ids": [HUAWEI], "properties": [{"id": "name"}, {"id": "nope"}]}
    query = {"q0": {"query": "Huawei", "properties": [{"pid": "nope", "v": "x"}]}}
    for form, where in (({"extend": extension}, "extend"), ({"queries": query}, "queries: q0")):
        answer = public_client.request(
            "POST", "/reconcile", data={name: orjson.dumps(value).decode() for name, value in form.items()}
        )
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
        detail = answer.json()["detail"]
        assert detail.startswith(f"{where}: there is no property 'nope'; there are name, ") and " supplier," in detail


def test_preview_shows_facts_and_sources(public_client: Client) -> None:
    page = " ".join(public_client.get(f"/reconcile/preview/{SAFE}").text.split())
    for text in (
        "Safe City Nairobi",
        "Project",
        "Kind:",
        "Smart or safe city",
        "Country:",
        "Kenya",
        "Status:",
        "Supplier:",
        "Huawei",
    ):
        assert text in page, text
    assert "This is from " in page and "Open Projects" in page
    country = public_client.get("/reconcile/preview/KE").text
    assert "Kenya" in country and "Projects:" in country


def test_property_missing_in_the_current_schema_is_plain_text(site: Site) -> None:
    for kind in ("organization", "no-such-type"):
        record, fact = SimpleNamespace(type=kind), SimpleNamespace(property="gone", value="1", unit="USD")
        assert extend._cell(site, cast(Any, record), cast(Any, fact)) == {"str": "1 USD"}


def test_suggestions_match_prefixes(public_client: Client) -> None:
    results = public_client.get("/reconcile/suggest/entity", params={"prefix": "hua"}).json()["result"]
    assert results[0]["id"] == HUAWEI
    types = public_client.get("/reconcile/suggest/type", params={"prefix": "org"}).json()["result"]
    assert types == [{"id": "organization", "name": "Organisation"}]
    named = public_client.get("/reconcile/suggest/property", params={"prefix": "coun"}).json()["result"]
    assert "country" in {item["id"] for item in named}
    rest = public_client.get("/reconcile/suggest/property", params={"prefix": "coun", "cursor": 1, "type_strict": "any"}).json()[
        "result"
    ]
    assert rest == named[1:]
    for path in ("", "/suggest/entity", "/suggest/type", "/suggest/property", "/properties"):
        assert public_client.get(f"/reconcile{path}?nope=1").status_code == 400
    of_projects = public_client.get("/reconcile/properties", params={"type": "project", "limit": 2}).json()
    assert (of_projects["type"], len(of_projects["properties"])) == ("project", 2)


def test_preview_can_be_framed_and_runs_no_script(public_client: Client) -> None:
    answer = public_client.get(f"/reconcile/preview/{HUAWEI}")
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert "Huawei" in answer.text
    assert "<script" not in answer.text
    for identity in ("ovt-nothinghere22", *ATTACKS[:3]):
        missing = public_client.get(f"/reconcile/preview/{identity.replace('/', '%2F')}")
        assert missing.status_code in (404, 400)


BROKEN = {
    "no JSON": "{",
    "a list": "[]",
    "no query": '{"q0": 1}',
    "an unknown field": '{"q0": {"query": "a", "nope": 1}}',
    "an unknown field of a property": '{"q0": {"query": "a", "properties": [{"pid": "country", "v": "KE", "nope": 1}]}}',
    "no such type": '{"q0": {"query": "a", "type": "nope"}}',
    "no limit": '{"q0": {"query": "a", "limit": 0}}',
    "a value that is none": '{"q0": {"query": "a", "properties": [{"pid": "country", "v": {"nope": 1}}]}}',
    "too many": orjson.dumps({str(at): {"query": "a"} for at in range(MAX_QUERIES + 1)}).decode(),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_invalid_requests_are_reported(public_client: Client, broken: str) -> None:
    for answer in (
        public_client.get("/reconcile", params={"queries": BROKEN[broken]}),
        public_client.request("POST", "/reconcile", data={"queries": BROKEN[broken]}),
    ):
        assert answer.status_code == 400, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("query=Huawei", "no such field: query;"),
        ("queries=%7B%7D&format=json", "no such field: format;"),
        ("nope=", "no such field: nope;"),
        ("queries=%7B%7D&queries=%7B%7D", "queries: is given more than once."),
        ("queries=", "queries: is not JSON."),
        ("queries=%FF", "cannot be read"),
        ("&".join(f"a{at}=" for at in range(20)), "cannot be read"),
        ('extend={"ids": [], "properties": [], "nope": 1}', "extend: nope:"),
    ],
)
def test_invalid_forms_are_refused(public_client: Client, form: str, text: str) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = public_client.request("POST", "/reconcile", content=form.encode(), headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), answer.text
    assert text in answer.json()["detail"]


def test_name_comparison_is_loaded_at_startup(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    read = threading.Event()
    monkeypatch.setattr(app, "load_comparison", read.set)
    with serving(ServeSettings(atlas.workspace, atlas.release)):
        assert read.wait(60)


def test_concurrent_requests_wait_for_one_load(public_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go, reads = threading.Event(), threading.Event(), []

    def read() -> None:
        reads.append(1)
        begun.set()
        assert go.wait(60)

    monkeypatch.setattr(match, "_load", cache(read))
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(match.load_comparison)
        assert begun.wait(60)
        pending = threads.submit(ask, public_client, {"query": "Huawei"})
        go.set()
        first.result(60)
        assert pending.result(60)[0]
    assert reads == [1]


def test_long_queries_are_truncated(public_client: Client) -> None:
    answer = public_client.request("POST", "/reconcile", content=b"queries=" + b"a" * 1_100_000)
    assert answer.status_code == 413
    assert public_client.request("POST", "/reconcile", content=b"queries=\xff\xfe").status_code == 400
    [candidates] = ask(public_client, {"query": "Huawei " * 200_0, "limit": 10**9})
    assert isinstance(candidates, list)


def test_withheld_records_are_neither_matched_nor_named(client: Client, public_client: Client) -> None:
    names = ["Geheimprojekt Nebelburg", "Zürn Überwachung AG", "祖恩秘密公司"]
    assert all(ask(client, *({"query": name} for name in names))), "else the test would prove nothing"
    for candidates in ask(public_client, *({"query": name} for name in names)):
        text = orjson.dumps(candidates).decode()
        assert not [mark for mark in SECRETS if mark in text]
    secret = [canonical_id(record) for record in ("secret_map:p1", "secret_map:zurn")]
    extended = public_client.get(
        "/reconcile", params={"extend": orjson.dumps({"ids": secret, "properties": [{"id": "name"}]}).decode()}
    )
    assert all(row == {"name": []} for row in extended.json()["rows"].values())


def test_cors_allows_all_origins_only_for_public_sites(client: Client, public_client: Client) -> None:
    elsewhere, here = {"Origin": "https://elsewhere.example"}, {"Origin": "http://127.0.0.1:3333"}
    assert public_client.get("/reconcile", headers=elsewhere).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/reconcile", headers=elsewhere).headers
    answer = client.get("/reconcile", headers=here)
    assert answer.headers["access-control-allow-origin"] == here["Origin"]
    assert "Origin" in answer.headers["vary"]
    for name in ("access-control-allow-credentials", "set-cookie"):
        assert name not in answer.headers
    before = public_client.request("OPTIONS", "/reconcile", headers={**elsewhere, "Access-Control-Request-Method": "POST"})
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (204, "*")
    assert "access-control-allow-origin" not in public_client.get("/", headers=elsewhere).headers, "pages are for readers"
    assert (
        "access-control-allow-origin"
        not in client.get("/api/v1/figures", headers={"Origin": "http://localhost.evil.example"}).headers
    )


@pytest.mark.ci
def test_third_party_client_matches_a_list(atlas: SmallAtlas) -> None:
    with serving(ServeSettings(atlas.workspace, atlas.release)) as address:
        rows = check("reconcile", f"{address}/reconcile", "organization", "Huawei", "华为技术有限公司")
    assert [row["input_value"] for row in rows] == ["Huawei", "华为技术有限公司"]
    assert len({row["id"] for row in rows}) == 1
    assert all(row["match"] for row in rows)


def test_answers_match_the_specification(public_client: Client, tmp_path: Path) -> None:
    def fetch(path: str, **params: str) -> Any:
        answer = public_client.get(f"/reconcile{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    names = ["Huawei", "华为", "Kenya", "Safe City", "no such thing at all", HUAWEI]
    batch = {f"q{at}": {"query": name} for at, name in enumerate(names)}
    batch["typed"] = {"query": "Huawei Tech", "type": "organization", "properties": [{"pid": "country", "v": {"id": "CN"}}]}
    proposals = [fetch("/properties", type=kind) for kind in ("organization", "project", "country")]
    [project] = fetch("", queries=orjson.dumps({"q": {"query": "Safe City", "limit": 1}}).decode())["q"]["result"]
    extensions = [
        {"ids": [identity, "ovt-nothinghere22"], "properties": [{"id": column["id"]} for column in proposal["properties"]]}
        for identity, proposal in zip((HUAWEI, project["id"], "KE"), proposals, strict=True)
    ]
    answers = [
        ("manifest", fetch("")),
        ("batch", fetch("", queries=orjson.dumps(batch).decode())),
        *(("entities", fetch("/suggest/entity", prefix=prefix)) for prefix in ("hua", "ken", "saf", "zzz")),
        *(("types", fetch("/suggest/type", prefix=prefix)) for prefix in ("", "org")),
        *(("properties", fetch("/suggest/property", prefix=prefix)) for prefix in ("", "coun")),
        *(("proposal", proposal) for proposal in proposals),
        *(("extension", fetch("", extend=orjson.dumps(extension).decode())) for extension in extensions),
    ]
    assert all(
        answer.get("result", answer.get("properties", True)) for kind, answer in answers if kind not in ("entities", "batch")
    )
    file = tmp_path / "answers.json"
    file.write_bytes(orjson.dumps(answers))
    assert check("reconciliation_schema", file) == []
    broken = [("manifest", {**answers[0][1], "view": {"url": "https://a.example/"}}), ("batch", {"q": {"result": [{"id": "x"}]}})]
    file.write_bytes(orjson.dumps([*broken, ("extension", {"meta": [], "rows": {"x": {"y": [{"text": "z"}]}}})]))
    assert [line[:3] for line in check("reconciliation_schema", file)] == ["0 m", "1 b", "1 b", "2 e"]
