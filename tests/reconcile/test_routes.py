"""The reconciliation service, asked as OpenRefine asks it."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest

from overt.model.record_ids import canonical_id
from overt.reconcile import candidates as match
from overt.reconcile import extend
from overt.reconcile.requests import MOST_QUERIES, Query
from overt.resolve.names.name_comparison import NamePart, compare_names, explain_names
from overt.server import app
from overt.server.app import ServeSettings
from overt.site.site import Site
from tests.server.test_many_readers import serving
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas
from tests.support.source_rows import ATTACKS, SECRETS
from tests.validators import check

HUAWEI, SAFE = canonical_id("open_register:huawei"), canonical_id("open_projects:nairobi")
"""What they are called where the private source is left out."""


def ask(client: Client, *queries: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The candidates for each query, asked as a form."""
    batch = {f"q{at}": query for at, query in enumerate(queries)}
    answer = client.request("POST", "/reconcile", data={"queries": orjson.dumps(batch).decode()})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert list(found) == list(batch)
    return [held["result"] for held in found.values()]


def test_the_manifest_says_what_there_is_and_all_of_it_answers(public_client: Client) -> None:
    said = public_client.get("/reconcile").json()
    assert said["versions"] == ["0.2"]
    assert said["identifierSpace"].endswith("/record/")
    base = "http://127.0.0.1"
    offered = [*said["suggest"].values(), said["extend"]["propose_properties"]]
    for one in offered:
        address = one["service_url"] + one["service_path"]
        assert address.startswith(base)
        assert public_client.get(address.removeprefix(base)).status_code == 200
    for template in (said["view"]["url"], said["preview"]["url"]):
        assert "{{id}}" in template
        path = template.replace("{{id}}", HUAWEI).removeprefix(base)
        assert public_client.get(path).status_code in (200, 308)
    assert public_client.get(said["logo"].removeprefix(base)).status_code == 200
    assert public_client.get(said["documentation"].removeprefix(base)).status_code == 200


@pytest.mark.parametrize("name", ["Huawei", "huawei tech", "华为技术有限公司", "hua wei", "хуавэй", HUAWEI])
def test_a_name_in_any_script_finds_its_organisation(public_client: Client, name: str) -> None:
    [found] = ask(public_client, {"query": name, "type": "organization"})
    assert found[0]["id"] == HUAWEI
    assert found[0]["type"] == [{"id": "organization", "name": "Organisation"}]
    assert 0 < found[0]["score"] <= 100
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)


def test_the_score_is_made_of_parts_that_are_told(public_client: Client) -> None:
    [found] = ask(public_client, {"query": "Huawei Tech", "type": ["organization"]})
    bits = [part["value"] for part in found[0]["features"] if part["id"].startswith("bits:")]
    assert len(bits) > 1
    assert found[0]["score"] == pytest.approx(100 / (1 + 2 ** -sum(bits)), abs=0.2)
    assert "~" in found[0]["description"]


def test_what_else_is_known_weighs(public_client: Client) -> None:
    query = {"query": "Huawei", "type": "organization"}
    plain, right, wrong, other = (
        found[0]
        for found in ask(
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


def test_only_what_is_answered_is_explained(public_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
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
    [found] = ask(public_client, {"query": "Safe City", "limit": 1})
    assert len(found) == 1 and len(explained) == 1
    assert 1 < compared[0] <= 6 * 40


def test_nothing_that_fits_is_an_empty_list(public_client: Client) -> None:
    assert ask(public_client, {"query": "no such thing at all"}, {"query": ""}) == [[], []]


def test_countries_and_projects_are_found_too(public_client: Client) -> None:
    kenya, project = ask(public_client, {"query": "Kenya", "type": "country"}, {"query": "KE", "type": "country", "limit": 1})
    assert kenya[0]["id"] == project[0]["id"] == "KE"
    columns = [{"id": "name"}, {"id": "page"}]
    answer = public_client.get("/reconcile", params={"extend": orjson.dumps({"ids": ["KE"], "properties": columns}).decode()})
    assert answer.json()["rows"] == {"KE": {"name": [{"str": "Kenya"}], "page": [{"str": "http://127.0.0.1/country/KE"}]}}


def test_columns_of_a_country(public_client: Client, site: Site) -> None:
    """How much is recorded of it, as its row of `/countries` says, and by whom."""
    offered = public_client.get("/reconcile/properties", params={"type": "country"}).json()["properties"]
    assert [one["id"] for one in offered] == [
        "name", "projects", "assessments", "agreements", "restrictions", "indicators", "sources", "page",
    ]  # fmt: skip
    counted = [one["id"] for one in offered[1:6]]
    found = extended(public_client, "KE", *counted, "sources")["rows"]["KE"]
    [line] = re.findall(r'<tr><th scope="row"><a href="/country/KE">.*?</tr>', public_client.get("/countries").text)
    shown = [int(number) for number in re.findall(r">(\d+)<", line)]
    assert [found[name][0]["int"] for name in counted] == [shown[0], *shown[2:]] and shown[0] > 0
    choices = public_client.get("/api/v1/facets", params={"country": "KE"}).json()["facets"]["source"]
    telling = {site.title_of(slug) for slug, projects in choices.items() if projects}
    titles = [one["str"] for one in found["sources"]]
    assert telling and titles == sorted({*telling, site.title_of("editorial")})
    nothing = extended(public_client, "TV", *counted, "sources")["rows"]["TV"]
    assert not any(nothing.values()), "nothing is recorded of it, which is no number"
    assert not any(extended(public_client, "ovt-nothinghere22", *counted)["rows"]["ovt-nothinghere22"].values())


def test_a_name_that_several_countries_share_is_no_match() -> None:
    def sure(text: str, *names: str) -> bool:
        found = [match.Candidate(name, "country", name, name, 0.9 if at == 0 else 0.02) for at, name in enumerate(names)]
        return match._is_sure(Query(query=text), found)

    assert not sure("Congo", "Republic of the Congo", "Democratic Republic of the Congo")
    assert not sure("Korea", "South Korea", "North Korea")
    assert sure("south korea", "South Korea", "North Korea")
    assert sure("Guinea", "Guinea", "Equatorial Guinea")
    assert sure("Kenya republic", "Kenya")


def test_columns_of_a_record(public_client: Client) -> None:
    names = ["name", "country", "sources", "page", "agreed"]
    wanted = {"ids": [HUAWEI, "ovt-nothinghere22"], "properties": [{"id": name} for name in names]}
    answer = public_client.request("POST", "/reconcile", data={"extend": orjson.dumps(wanted).decode()}).json()
    assert [one["id"] for one in answer["meta"]] == names
    row = answer["rows"][HUAWEI]
    assert {"str": "华为技术有限公司"} in row["name"]
    assert row["country"] == [{"id": "CN", "name": "China"}]
    assert row["sources"] and row["agreed"] == [], "which an organisation has not"
    assert row["page"] == [{"str": f"http://127.0.0.1/organization/{HUAWEI}"}]
    assert set(map(str, answer["rows"]["ovt-nothinghere22"].values())) == {"[]"}


def extended(client: Client, identity: str, *names: str) -> dict[str, Any]:
    wanted = {"ids": [identity], "properties": [{"id": name} for name in names]}
    answer = client.get("/reconcile", params={"extend": orjson.dumps(wanted).decode()})
    assert answer.status_code == 200, answer.text
    return cast(dict[str, Any], answer.json())


def test_who_has_which_part_in_a_project_is_a_column(public_client: Client, site: Site) -> None:
    parts = ("supplier", "customer", "operator", "owner", "financier")
    found = extended(public_client, SAFE, *parts)
    assert found["rows"][SAFE]["supplier"] == [{"id": HUAWEI, "name": "Huawei Technologies Co., Ltd."}]
    assert all(one["type"] == {"id": "organization", "name": "Organisation"} for one in found["meta"])
    offered = {one["id"] for one in public_client.get("/reconcile/properties", params={"type": "project"}).json()["properties"]}
    assert set(parts) <= offered
    told = {
        part["role"]
        for identity in (item["id"] for item in public_client.get("/api/v1/projects", params={"limit": 100}).json()["items"])
        for part in [
            {"role": role} for role, cells in extended(public_client, identity, *parts)["rows"][identity].items() if cells
        ]
    }
    assert {"supplier", "financier"} <= told
    [found] = ask(
        public_client,
        {
            "query": "Safe City Nairobi",
            "type": "project",
            "properties": [{"pid": "supplier", "v": "Huawei Technologies Co., Ltd."}],
        },
    )
    assert {"id": "supplier", "value": True} in found[0]["features"]


def test_no_two_columns_are_called_the_same(public_client: Client) -> None:
    for kind in ("", "organization", "project", "country", "agreement", "document", "place"):
        named = [one["name"] for one in public_client.get("/reconcile/properties", params={"type": kind}).json()["properties"]]
        assert len(set(named)) == len(named), kind
    called = {one["id"]: one["name"] for one in public_client.get("/reconcile/properties").json()["properties"]}
    assert (called["country"], called["party-country"]) == ("Country", "Country (Agreement)")


def test_a_property_that_there_is_not_is_refused_and_those_that_are_named(public_client: Client) -> None:
    extension = {"ids": [HUAWEI], "properties": [{"id": "name"}, {"id": "nope"}]}
    query = {"q0": {"query": "Huawei", "properties": [{"pid": "nope", "v": "x"}]}}
    for form, where in (({"extend": extension}, "extend"), ({"queries": query}, "queries: q0")):
        answer = public_client.request(
            "POST", "/reconcile", data={name: orjson.dumps(held).decode() for name, held in form.items()}
        )
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
        said = answer.json()["detail"]
        assert said.startswith(f"{where}: there is no property 'nope'; there are name, ") and " supplier," in said


def test_a_preview_tells_what_a_thing_is_and_where_that_is_from(public_client: Client) -> None:
    page = " ".join(public_client.get(f"/reconcile/preview/{SAFE}").text.split())
    for said in (
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
        assert said in page, said
    assert "This is from " in page and "Open Projects" in page
    country = public_client.get("/reconcile/preview/KE").text
    assert "Kenya" in country and "Projects:" in country


def test_a_property_that_the_schema_of_today_lacks_is_told_as_it_stands(site: Site) -> None:
    for kind in ("organization", "no-such-type"):
        record, fact = SimpleNamespace(type=kind), SimpleNamespace(property="gone", value="1", unit="USD")
        assert extend._cell(site, cast(Any, record), cast(Any, fact)) == {"str": "1 USD"}


def test_it_suggests_while_one_types(public_client: Client) -> None:
    found = public_client.get("/reconcile/suggest/entity", params={"prefix": "hua"}).json()["result"]
    assert found[0]["id"] == HUAWEI
    types = public_client.get("/reconcile/suggest/type", params={"prefix": "org"}).json()["result"]
    assert types == [{"id": "organization", "name": "Organisation"}]
    named = public_client.get("/reconcile/suggest/property", params={"prefix": "coun"}).json()["result"]
    assert "country" in {one["id"] for one in named}
    rest = public_client.get("/reconcile/suggest/property", params={"prefix": "coun", "cursor": 1, "type_strict": "any"}).json()[
        "result"
    ]
    assert rest == named[1:]
    for path in ("", "/suggest/entity", "/suggest/type", "/suggest/property", "/properties"):
        assert public_client.get(f"/reconcile{path}?nope=1").status_code == 400
    of_projects = public_client.get("/reconcile/properties", params={"type": "project", "limit": 2}).json()
    assert (of_projects["type"], len(of_projects["properties"])) == ("project", 2)


def test_a_preview_may_stand_in_a_frame_and_runs_nothing(public_client: Client) -> None:
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
    "too many": orjson.dumps({str(at): {"query": "a"} for at in range(MOST_QUERIES + 1)}).decode(),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_broken_is_told(public_client: Client, broken: str) -> None:
    for answer in (
        public_client.get("/reconcile", params={"queries": BROKEN[broken]}),
        public_client.request("POST", "/reconcile", data={"queries": BROKEN[broken]}),
    ):
        assert answer.status_code == 400, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("form", "said"),
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
def test_a_form_of_others_is_refused(public_client: Client, form: str, said: str) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = public_client.request("POST", "/reconcile", content=form.encode(), headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), answer.text
    assert said in answer.json()["detail"]


def test_what_names_are_compared_with_is_read_before_anybody_asks(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    read = threading.Event()
    monkeypatch.setattr(app, "load_comparison", read.set)
    with serving(ServeSettings(atlas.workspace, atlas.release)):
        assert read.wait(60)


def test_who_asks_while_that_is_read_waits_for_it_and_does_not_read_it_again(
    public_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go, reads = threading.Event(), threading.Event(), []

    def read() -> None:
        reads.append(1)
        begun.set()
        assert go.wait(60)

    monkeypatch.setattr(match, "_load", cache(read))
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(match.load_comparison)
        assert begun.wait(60)
        asked = threads.submit(ask, public_client, {"query": "Huawei"})
        go.set()
        first.result(60)
        assert asked.result(60)[0]
    assert reads == [1]


def test_what_is_too_long_is_not_read(public_client: Client) -> None:
    answer = public_client.request("POST", "/reconcile", content=b"queries=" + b"a" * 1_100_000)
    assert answer.status_code == 413
    assert public_client.request("POST", "/reconcile", content=b"queries=\xff\xfe").status_code == 400
    [found] = ask(public_client, {"query": "Huawei " * 200_0, "limit": 10**9})
    assert isinstance(found, list)


def test_nothing_private_is_found_or_told(client: Client, public_client: Client) -> None:
    names = ["Geheimprojekt Nebelburg", "Zürn Überwachung AG", "祖恩秘密公司"]
    assert all(ask(client, *({"query": name} for name in names))), "else the test would prove nothing"
    for found in ask(public_client, *({"query": name} for name in names)):
        text = orjson.dumps(found).decode()
        assert not [mark for mark in SECRETS if mark in text]
    secret = [canonical_id(record) for record in ("secret_map:p1", "secret_map:zurn")]
    extended = public_client.get(
        "/reconcile", params={"extend": orjson.dumps({"ids": secret, "properties": [{"id": "name"}]}).decode()}
    )
    assert all(row == {"name": []} for row in extended.json()["rows"].values())


def test_pages_of_others_may_ask_a_public_site_and_of_this_machine_alone_its_own(client: Client, public_client: Client) -> None:
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


def test_a_client_of_others_matches_a_list(atlas: SmallAtlas) -> None:
    with serving(ServeSettings(atlas.workspace, atlas.release)) as address:
        found = check("reconcile", f"{address}/reconcile", "organization", "Huawei", "华为技术有限公司")
    assert [row["input_value"] for row in found] == ["Huawei", "华为技术有限公司"]
    assert len({row["id"] for row in found}) == 1
    assert all(row["match"] for row in found)


def test_every_kind_of_answer_is_as_the_specification_has_it(public_client: Client, tmp_path: Path) -> None:
    def asked(path: str, **params: str) -> Any:
        answer = public_client.get(f"/reconcile{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    names = ["Huawei", "华为", "Kenya", "Safe City", "no such thing at all", HUAWEI]
    batch = {f"q{at}": {"query": name} for at, name in enumerate(names)}
    batch["typed"] = {"query": "Huawei Tech", "type": "organization", "properties": [{"pid": "country", "v": {"id": "CN"}}]}
    proposals = [asked("/properties", type=kind) for kind in ("organization", "project", "country")]
    [project] = asked("", queries=orjson.dumps({"q": {"query": "Safe City", "limit": 1}}).decode())["q"]["result"]
    wanted = [
        {"ids": [identity, "ovt-nothinghere22"], "properties": [{"id": one["id"]} for one in proposal["properties"]]}
        for identity, proposal in zip((HUAWEI, project["id"], "KE"), proposals, strict=True)
    ]
    found = [
        ("manifest", asked("")),
        ("batch", asked("", queries=orjson.dumps(batch).decode())),
        *(("entities", asked("/suggest/entity", prefix=prefix)) for prefix in ("hua", "ken", "saf", "zzz")),
        *(("types", asked("/suggest/type", prefix=prefix)) for prefix in ("", "org")),
        *(("properties", asked("/suggest/property", prefix=prefix)) for prefix in ("", "coun")),
        *(("proposal", proposal) for proposal in proposals),
        *(("extension", asked("", extend=orjson.dumps(one).decode())) for one in wanted),
    ]
    assert all(held.get("result", held.get("properties", True)) for kind, held in found if kind not in ("entities", "batch"))
    file = tmp_path / "answers.json"
    file.write_bytes(orjson.dumps(found))
    assert check("reconciliation", file) == []
    broken = [("manifest", {**found[0][1], "view": {"url": "https://a.example/"}}), ("batch", {"q": {"result": [{"id": "x"}]}})]
    file.write_bytes(orjson.dumps([*broken, ("extension", {"meta": [], "rows": {"x": {"y": [{"text": "z"}]}}})]))
    assert [line[:3] for line in check("reconciliation", file)] == ["0 m", "1 b", "1 b", "2 e"]
