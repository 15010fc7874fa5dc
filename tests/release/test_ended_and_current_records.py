"""Ended records are separated from current ones: in a release's tables and index, the API, pages, `overt show` and exports."""

import json
import re
from pathlib import Path

import pytest

from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.queries import organizations, records
from overt.queries.database import Database
from overt.server.app import create_app
from tests.site.test_country import section
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, make_statements, own_id

JOINT, GROUP, SELLER = (own_id(f"alpha:{name}") for name in ("joint", "group", "seller"))
ENDS = {"ended": "2020-03-09", "perhaps": "2026", "later": "2027-01", "without": None}
"""Relation → when it ends. Each links the joint venture to an owner: `ended` to the seller, the others to the group.

The release is of 5 June 2026.
"""
CURRENT = {"ended": False, "perhaps": None, "later": True, "without": True}


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    atlas = Atlas(tmp_path)
    names = {"joint": "Joint Cables Limited", "group": "Bright Group", "seller": "Former Seller"}
    rows = [row for key, name in names.items() for row in make_statements("organization", key, name=name)]
    for key, end in ENDS.items():
        owner = "alpha:seller" if key == "ended" else "alpha:group"
        values = {"from_": "alpha:joint", "to": owner, "kind": "joint-venture", "share": ("51", "percent"), "start": "2008-01"}
        rows += make_statements("relation", key, **values, **({"end": end} if end else {}))
    for key, end in {"now": None, "then": "2024-06", "again": None}.items():
        of = "us-dod-1260h" if key == "now" else "us-fcc-covered"
        values = {"organization": "alpha:joint", "list": of, "start": "2021-01-05"}
        rows += make_statements("listing", key, **values, **({"end": end} if end else {}))
    rows += make_statements("project", "p", name="Cable")
    rows += make_statements("role", "r", project="alpha:p", organization="alpha:seller", role="owner", end="2020")
    atlas.fetch("alpha", rows, "2026-06-05")
    return atlas


@pytest.mark.ci
def test_released_tables_say_what_is_current(atlas: Atlas) -> None:
    release = atlas.build()
    ids = {own_id(f"alpha:{key}"): key for key in ENDS}
    rows = atlas.rows(release, "SELECT id, current FROM relations")
    assert {ids[row["id"]]: row["current"] for row in rows} == CURRENT
    assert atlas.rows(release, "SELECT current FROM roles") == [{"current": False}]
    assert atlas.rows(release, "SELECT count(*) FILTER (WHERE current) AS n FROM listings") == [{"n": 2}]
    columns = [row["column_name"] for row in atlas.rows(release, "DESCRIBE organizations")]
    assert "current" not in columns, "an organisation has no begin and end"


@pytest.mark.ci
def test_shares_of_current_owners_are_of_one_moment(atlas: Atlas) -> None:
    release = atlas.build()
    [row] = atlas.rows(release, "SELECT sum(share) FILTER (WHERE current) AS n, sum(share) AS every FROM relations")
    assert (row["n"], row["every"]) == (102, 204), "the two of the group; not what the seller had"


@pytest.mark.ci
def test_the_index_counts_the_lists_that_name_it_now(atlas: Atlas) -> None:
    atlas.build()
    prepared = prepare(ServeSettings(atlas.workspace))
    with Database(prepared.database).lease() as reader:
        joint = organizations.find(reader, JOINT)
        assert joint and joint.listings == 2, "two lists; a third listing ended"
        phases = {record.value("end"): str(record.phase) for record in records.linked(reader, JOINT, "relation")}
        assert phases == {"2020-03-09": "ended", "2026": "possibly-ended", "2027-01": "current", None: "current"}
        assert records.records(reader, [JOINT])[0].phase is None


@pytest.mark.ci
def test_the_api_says_what_is_current(atlas: Atlas) -> None:
    atlas.build()
    client = Client(create_app(ServeSettings(atlas.workspace)))
    for key, current in CURRENT.items():
        assert client.get(f"/api/v1/records/{own_id(f'alpha:{key}')}").json()["current"] is current, key
    items = client.get("/api/v1/records?type=relation&fields=id,current").json()["items"]
    assert {item["id"]: item["current"] for item in items} == {own_id(f"alpha:{key}"): now for key, now in CURRENT.items()}
    assert client.get(f"/api/v1/records/{JOINT}").json()["current"] is None
    release = client.get("/api/v1/releases").json()[0]["id"]
    older = client.get(f"/api/v1/releases/{release}/records/{own_id('alpha:ended')}").json()
    assert older["current"] is False, "also read from the tables of a release"


@pytest.mark.ci
@pytest.mark.parametrize("indexed", [True, False])
def test_show_prints_what_ended_apart(atlas: Atlas, indexed: bool) -> None:
    atlas.build()
    if indexed:
        prepare(ServeSettings(atlas.workspace))
    printed = atlas.ok("show", JOINT).out
    now, perhaps, ended = (printed.index(f"\nrelations{words}: ") for words in ("", ", perhaps ended", ", ended"))
    assert (
        now
        < printed.index("Until (end): 2027-01")
        < perhaps
        < printed.index("Until (end): 2026;")
        < ended
        < printed.index("Until (end): 2020-03-09")
    )
    assert "relations: 2 records of type relation" in printed and "official lists, ended: 1 record of type listing" in printed
    assert printed.index("Bright Group") < ended < printed.index("Former Seller")
    assert "\nended on the day of the release\n" in atlas.ok("show", own_id("alpha:ended")).out
    named_by = json.loads(atlas.ok("show", JOINT, "--json").out)["named_by"]
    currents = {row["id"]: (row["phase"], row["current"]) for row in named_by}
    assert currents[own_id("alpha:ended")] == ("ended", False)
    assert currents[own_id("alpha:perhaps")] == ("possibly-ended", None)


def _headings(html: str) -> list[str]:
    """Return the headings of phases. The rows of the first phase are open, and those of the other phases are folded."""
    return re.findall('(?:<h3>|<details class="more-rows"><summary>)([A-Z].*?)</(?:h3|summary)>', html)


@pytest.mark.ci
def test_no_sentence_of_a_page_in_the_present_tense_is_about_what_has_ended(atlas: Atlas) -> None:
    atlas.build()
    client = Client(create_app(ServeSettings(atlas.workspace)))
    joint = client.get(f"/organization/{JOINT}").text
    identity = joint.partition('<p class="company-identity">')[2].partition("</p>")[0]
    owned, formerly = re.split("Former owners?: ", identity)
    assert "Named as owner" in owned and GROUP in owned and SELLER not in owned
    assert SELLER in formerly and GROUP not in formerly, "who still owns a part is no former owner"
    lead = joint.partition('<div class="briefing">')[2].partition("</div>")[0]
    assert 'It is on <a href="#lists">both official lists</a> that Overt has' in lead
    assert "It was on" not in lead, "it is on that list again"
    relations = section(joint, "relations")
    headings = _headings(relations)
    assert headings == ["Current on 5 June 2026, as far as sources say", "May have ended (1)", "No longer current (1)"]
    drawing = client.get(f"/organization/{JOINT}/charts/ownership.svg").text
    assert "Bright Group 51 %" in drawing and "Former Seller" not in drawing
    assert relations.index("No longer current (1)") < relations.rindex("Former Seller")
    assert re.findall("<h3>(.*?)</h3>", section(joint, "lists")) == [headings[0], "No longer current"]
    seller = client.get(f"/organization/{SELLER}").text
    assert 'id="chart-ownership"' not in seller, "nothing that it owns now"
    assert _headings(section(seller, "relations")) == ["No longer current"]
    project = client.get(f"/project/{own_id('alpha:p')}").text
    assert "Formerly owned by" in project and "; owned by" not in project


@pytest.mark.ci
def test_exports_say_what_is_current(atlas: Atlas, tmp_path: Path) -> None:
    atlas.build()
    atlas.ok("export", "jsonl", str(tmp_path / "records.jsonl"))
    lines = {row["id"]: row for row in map(json.loads, (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines())}
    assert {key: lines[own_id(f"alpha:{key}")]["current"] for key in CURRENT} == CURRENT
    assert "current" not in lines[JOINT]
    atlas.ok("export", "csv", str(tmp_path / "out"))
    text = next((tmp_path / "out").rglob("relations.csv")).read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].endswith(",current")
    assert sorted(line.rpartition(",")[2] for line in text.splitlines()[1:]) == ["", "false", "true", "true"]
