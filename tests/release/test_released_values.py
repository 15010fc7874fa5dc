"""Released values: which one is shown, retractions, money, dates, types of columns, and editorial claims."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.command_built_atlas import Atlas, Statement, make_statements, own_id

P = own_id("alpha:p")


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    return Atlas(tmp_path)


def shown_values(atlas: Atlas, release: str, name: str, *, of: str = P) -> list[str]:
    """Return the shown values of a property, by rank."""
    rows = atlas.rows(release, f"SELECT value FROM values WHERE id = '{of}' AND property = '{name}' AND shown ORDER BY rank")
    return [row["value"] for row in rows]


# --- One value is shown by a published rule -----------------------------------------------------------------------------


def two_sources(
    atlas: Atlas, alpha: list[Statement], beta: list[Statement], gamma: list[Statement] | None = None, dates: str = "123"
) -> str:
    """Build a release of one project from two or three sources, and return the release's id.

    `dates`: the day of January 2026 on which each source is archived, one digit per source.
    """
    for slug, rows, day in zip(("alpha", "beta", "gamma"), (alpha, beta, gamma), dates, strict=True):
        if rows is not None:
            atlas.fetch(slug, rows, f"2026-01-0{day}")
    for slug in ("beta", "gamma")[: 1 + (gamma is not None)]:
        atlas.ledger.judge("alpha:p", f"{slug}:p", "same", "An editor", "both pages say so")
    return atlas.build()


def project(**values: object) -> list[Statement]:
    return make_statements("project", "p", **{"name": "Project", **values})


def test_a_value_of_two_sources_is_not_contested(atlas: Atlas) -> None:
    release = two_sources(atlas, project(status="agreed"), project(status="agreed"))
    [row] = atlas.rows(release, "SELECT value, shown, contested, claims, sources, basis FROM values WHERE property = 'status'")
    assert row == {"value": "agreed", "shown": True, "contested": False, "claims": 2, "sources": 2, "basis": "stated"}


@pytest.mark.ci
def test_rival_values_are_released_and_contested(atlas: Atlas) -> None:
    release = two_sources(atlas, project(status="agreed"), project(status="suspended"))
    rows = atlas.rows(release, "SELECT value, shown, contested, rank FROM values WHERE property = 'status' ORDER BY rank")
    assert rows == [
        {"value": "suspended", "shown": True, "contested": True, "rank": 1},
        {"value": "agreed", "shown": False, "contested": True, "rank": 2},
    ], "the newest capture is shown, whatever it says"
    assert atlas.rows(release, "SELECT status FROM projects") == [{"status": "suspended"}]


@pytest.mark.ci
def test_a_name_in_two_languages_is_no_disagreement(atlas: Atlas) -> None:
    names = [Statement("project", "p", "name", "Project", lang="en"), Statement("project", "p", "name", "项目", lang="zh")]
    release = two_sources(atlas, names, [Statement("project", "p", "name", "Another project", lang="en")])
    rows = atlas.rows(release, "SELECT value, contested FROM values WHERE property = 'name'")
    contested = {row["value"]: row["contested"] for row in rows}
    assert contested == {"Project": True, "Another project": True, "项目": False}, "the two English names differ"


@pytest.mark.ci
def test_texts_complete_one_another(atlas: Atlas) -> None:
    texts = [Statement("project", "p", "description", text, lang="en") for text in ("35 units", "Delivery was not confirmed.")]
    release = two_sources(atlas, [*project(), *texts], [*project(), texts[0]])
    rows = atlas.rows(release, "SELECT value, shown, contested FROM values WHERE property = 'description' ORDER BY rank")
    assert rows == [
        {"value": "35 units", "shown": True, "contested": False},
        {"value": "Delivery was not confirmed.", "shown": True, "contested": False},
    ]
    assert atlas.rows(release, "SELECT description FROM projects") == [{"description": "35 units"}], "the one of more sources"


def test_the_files_archived_last_count_with_any_date(atlas: Atlas) -> None:
    release = two_sources(atlas, project(status="agreed"), project(status="suspended"), dates="312")
    assert shown_values(atlas, release, "status") == ["suspended"]


def test_more_sources_beat_a_newer_one(atlas: Atlas) -> None:
    release = two_sources(atlas, project(status="agreed"), project(status="agreed"), project(status="suspended"))
    assert shown_values(atlas, release, "status") == ["agreed"]


def test_on_equal_days_the_smaller_value_is_shown(atlas: Atlas) -> None:
    release = two_sources(atlas, project(status="operational"), project(status="agreed"), dates="111")
    assert shown_values(atlas, release, "status") == ["agreed"]


@pytest.mark.slow
def test_a_register_without_duplicates_outranks_other_sources(atlas: Atlas) -> None:
    """Neither a misspelled name from a newer source nor a misspelling that two sources copied may be shown."""
    for slug, more, day in (("alpha", {"one_to_one": ["project"]}, 1), ("beta", {}, 2), ("gamma", {}, 3)):
        atlas.source(slug, **more)
        name, status = ("Bank of China", "agreed") if slug == "alpha" else ("Bank of Chine", "suspended")
        atlas.fetch(slug, project(name=name, status=status), f"2026-01-0{day}")
    for slug in ("beta", "gamma"):
        atlas.ledger.judge("alpha:p", f"{slug}:p", "same", "An editor", "both pages say so")
    release = atlas.build()
    assert shown_values(atlas, release, "name") == ["Bank of China"]
    assert shown_values(atlas, release, "status") == ["agreed"]
    assert atlas.rows(release, "SELECT label FROM records") == [{"label": "Bank of China"}]
    assert atlas.ok("show", P).out.startswith("Bank of China ")
    coded = Statement("project", "p", "status", "suspended", rule="told@1")
    atlas.fetch("alpha", [*project(name="Bank of China"), coded], "2026-01-01")
    assert shown_values(atlas, atlas.build(), "status") == ["suspended"], "stated values outrank those read out of a text"


def test_the_name_with_more_sources_comes_first(atlas: Atlas) -> None:
    release = two_sources(atlas, project(name="Port A"), project(name="Port A"), project(name="Harbour A"))
    assert shown_values(atlas, release, "name") == ["Port A"]


def test_stated_beats_coded(atlas: Atlas) -> None:
    coded = Statement("project", "p", "status", "agreed", rule="told@1")
    release = two_sources(atlas, project(status="suspended"), [*project(), coded], [*project(), coded])
    assert shown_values(atlas, release, "status") == ["suspended"]
    rows = atlas.rows(release, "SELECT value, basis FROM values WHERE property = 'status' ORDER BY rank")
    assert rows == [{"value": "suspended", "basis": "stated"}, {"value": "agreed", "basis": "coded"}]


@pytest.mark.slow
def test_the_last_editorial_claim_outranks_all(atlas: Atlas) -> None:
    two_sources(atlas, project(status="agreed"), project(status="agreed"))
    atlas.claim("alpha:p", "project", "status", "suspended")
    assert shown_values(atlas, atlas.build(), "status") == ["suspended"]
    entry = atlas.claim("beta:p", "project", "status", "cancelled")
    assert shown_values(atlas, atlas.build(), "status") == ["cancelled"]
    again = atlas.claim("beta:p", "project", "status", "suspended")
    assert shown_values(atlas, atlas.build(), "status") == ["suspended"]
    atlas.undo(again)
    assert shown_values(atlas, atlas.build(), "status") == ["cancelled"]
    atlas.undo(entry)
    assert shown_values(atlas, atlas.build(), "status") == ["suspended"]


def test_many_values_are_all_shown(atlas: Atlas) -> None:
    release = two_sources(atlas, project(country=["KE", "UG"]), project(country=["KE", "TZ"]))
    rows = atlas.rows(release, "SELECT value, shown, contested, sources FROM values WHERE property = 'country' ORDER BY value")
    assert [(row["value"], row["shown"], row["contested"], row["sources"]) for row in rows] == [
        ("KE", True, False, 2),
        ("TZ", True, False, 1),
        ("UG", True, False, 1),
    ]
    assert atlas.rows(release, "SELECT country FROM projects") == [{"country": ["KE", "TZ", "UG"]}]


# --- Retraction ---------------------------------------------------------------------------------------------------------


def claim_of(atlas: Atlas, release: str, record: str, name: str) -> str:
    [row] = atlas.rows(release, f"SELECT claim_id FROM claims WHERE record = '{record}' AND property = '{name}'")
    return row["claim_id"]


@pytest.mark.slow
def test_a_retracted_claim_is_released_and_does_not_count(atlas: Atlas) -> None:
    release = two_sources(atlas, project(status="agreed"), project(status="suspended"))
    claim = claim_of(atlas, release, "beta:p", "status")
    entry = atlas.retract(claim)
    after = atlas.build()
    assert atlas.rows(after, f"SELECT standing, value FROM claims WHERE claim_id = '{claim}'") == [
        {"standing": "retracted", "value": "suspended"}
    ]
    assert atlas.rows(after, f"SELECT count(*) AS places FROM evidence WHERE claim_id = '{claim}'") == [{"places": 1}]
    [row] = atlas.rows(after, "SELECT value, contested FROM values WHERE property = 'status'")
    assert row == {"value": "agreed", "contested": False}
    assert atlas.rows(after, "SELECT status FROM projects") == [{"status": "agreed"}]
    assert "RETRACTED" in atlas.ok("show", P).out
    atlas.undo(entry)
    assert shown_values(atlas, atlas.build(), "status") == ["suspended"]


@pytest.mark.slow
def test_a_retracted_record_is_in_no_record_table(atlas: Atlas) -> None:
    atlas.fetch("alpha", [*project(country=["KE"]), *make_statements("project", "q", name="Other")])
    first = atlas.build()
    atlas.retract("alpha:p")
    after = atlas.build()
    assert [row["id"] for row in atlas.rows(after, "FROM records")] == [own_id("alpha:q")]
    assert [row["id"] for row in atlas.rows(after, "FROM projects")] == [own_id("alpha:q")]
    assert atlas.rows(after, "SELECT DISTINCT standing FROM claims WHERE record = 'alpha:p'") == [{"standing": "retracted"}]
    assert atlas.figures("projects-by-country")["projects-by-country"]["value"] is None, "its sources are not loaded"
    assert atlas.ok("show", P, "--json").out.count('"retracted"') == len(
        atlas.rows(first, "FROM claims WHERE record = 'alpha:p'")
    )
    assert atlas.overt("retract", "alpha:p", "--who", "A", "--why", "b").code == 1, "it is retracted already"


# --- Money --------------------------------------------------------------------------------------------------------------


def test_merging_projects_keeps_every_commitment(atlas: Atlas) -> None:
    def loans(slug: str, *amounts: str) -> list[Statement]:
        return [
            row
            for number, amount in enumerate(amounts)
            for row in make_statements(
                "commitment", f"c{number}", project=f"{slug}:p", amount=(amount, "USD@2021"), agreed="2019"
            )
        ]

    release = two_sources(atlas, [*project(), *loans("alpha", "100", "100", "0.1")], [*project(), *loans("beta", "100", "0.2")])
    rows = atlas.rows(release, "SELECT project, amount FROM commitments ORDER BY amount, id")
    assert {row["project"] for row in rows} == {P}
    assert [row["amount"] for row in rows] == [Decimal("0.1"), Decimal("0.2"), Decimal(100), Decimal(100), Decimal(100)]
    assert atlas.rows(release, "SELECT count(*) AS n FROM values WHERE type = 'commitment' AND contested") == [{"n": 0}]


def test_money_is_decimal(atlas: Atlas) -> None:
    amounts = ["0.1", "12345678901234567890.1234", "5", "1e9"]
    rows = [
        row
        for number, amount in enumerate(amounts)
        for row in make_statements("commitment", f"c{number}", project="alpha:p", amount=(amount, "USD"))
    ]
    atlas.fetch("alpha", project() + rows)
    release = atlas.build()
    [kind] = atlas.rows(release, "SELECT DISTINCT typeof(amount) AS kind, amount_unit FROM commitments")
    assert kind == {"kind": "DECIMAL(38,4)", "amount_unit": "USD"}
    amounts_released = {row["amount"] for row in atlas.rows(release, "FROM commitments")}
    assert amounts_released == {Decimal("0.1"), Decimal("12345678901234567890.1234"), Decimal(5), Decimal(10**9)}


# --- Dates, numbers, records as values ----------------------------------------------------------------------------------


def test_dates_have_the_bounds_of_their_precision(atlas: Atlas) -> None:
    dates = {
        "2019": (date(2019, 1, 1), date(2019, 12, 31)),
        "2019-02": (date(2019, 2, 1), date(2019, 2, 28)),
        "2020-02": (date(2020, 2, 1), date(2020, 2, 29)),
        "2019-03-05": (date(2019, 3, 5), date(2019, 3, 5)),
        "2019?": (date(2019, 1, 1), date(2019, 12, 31)),
        "2017/2021": (date(2017, 1, 1), date(2021, 12, 31)),
        "../2021-06": (None, date(2021, 6, 30)),
        "2017/..": (date(2017, 1, 1), None),
        "201X": (date(2010, 1, 1), date(2019, 12, 31)),
    }
    atlas.fetch(
        "alpha",
        [row for number, day in enumerate(dates) for row in make_statements("project", f"p{number}", name="P", agreed=day)],
    )
    rows = atlas.rows(atlas.build(), "SELECT agreed, agreed_from, agreed_to FROM projects")
    assert {row["agreed"]: (row["agreed_from"], row["agreed_to"]) for row in rows} == dates


def test_columns_have_the_types_of_their_properties(atlas: Atlas) -> None:
    rows = project(length=("12.50", "km"), umbrella="true", country=["KE"])
    rows += make_statements("indicator", "i", series="freedom-on-the-net", country="KE", year="2021", value="66.5")
    rows += make_statements(
        "place", "s", project=["alpha:p"], country="KE", geometry="POINT (36.8 -1.3)", precision="locality", kind="site"
    )
    atlas.fetch("alpha", rows)
    release = atlas.build()
    assert atlas.rows(release, "SELECT length, umbrella, country, typeof(length) AS t FROM projects") == [
        {"length": Decimal("12.5"), "umbrella": True, "country": ["KE"], "t": "DECIMAL(38,6)"}
    ]
    assert atlas.rows(release, "SELECT year, value FROM indicators") == [{"year": 2021, "value": Decimal("66.5")}]
    assert atlas.rows(release, "SELECT project, geometry FROM places") == [{"project": [P], "geometry": "POINT (36.8 -1.3)"}]


def test_a_record_as_value_has_the_id_of_its_cluster(atlas: Atlas) -> None:
    atlas.fetch("alpha", make_statements("organization", "o", name="ZTE"), "2026-01-01")
    rows = (
        make_statements("organization", "z", name="ZTE Corp")
        + project()
        + make_statements("role", "r", project="beta:p", organization="beta:z", role="supplier")
    )
    atlas.fetch("beta", rows, "2026-01-02")
    release = atlas.build()
    assert atlas.rows(release, "SELECT organization FROM roles") == [{"organization": own_id("alpha:o")}]
    claims = atlas.rows(release, "SELECT value FROM claims WHERE type = 'role' AND property = 'organization'")
    assert claims == [{"value": "beta:z"}], "the claim keeps the source's record id"


def test_records_have_english_labels_if_possible(atlas: Atlas) -> None:
    rows = [
        Statement("organization", "o", "name", "中兴通讯", lang="zh"),
        Statement("organization", "o", "name", "ZTE Corporation", lang="en"),
        Statement("organization", "o", "alias", "AAA", lang="en"),
        Statement("organization", "z", "name", "华为", lang="zh"),
    ]
    atlas.fetch("alpha", rows)
    rows = atlas.rows(atlas.build(), "SELECT label, label_lang FROM records ORDER BY label")
    assert rows == [{"label": "ZTE Corporation", "label_lang": "en"}, {"label": "华为", "label_lang": "zh"}]


def test_rows_inherit_the_strictest_reuse_of_their_sources(atlas: Atlas) -> None:
    atlas.source("beta", reuse="private")
    release = two_sources(atlas, [*project(), *make_statements("project", "q", name="Q")], project())
    reuse = {row["id"]: row["reuse"] for row in atlas.rows(release, "FROM records")}
    assert reuse == {P: "private", own_id("alpha:q"): "open"}


# --- Editorial claims ---------------------------------------------------------------------------------------------------


def test_an_editorial_record_with_its_document(atlas: Atlas) -> None:
    atlas.fetch("alpha", project())
    atlas.build()
    atlas.claim(
        "editorial:Nairobi Camera Centre", "project", "name", "Nairobi camera centre", "--url", "https://Example.org/report"
    )
    atlas.ok("resolve")
    atlas.claim("editorial:nairobi-camera-centre", "project", "country", "Kenya")
    release = atlas.build()
    identity = own_id("editorial:nairobi-camera-centre")
    assert atlas.rows(release, f"SELECT name, country FROM projects WHERE id = '{identity}'") == [
        {"name": "Nairobi camera centre", "country": ["KE"]}
    ]
    documents = atlas.rows(release, "SELECT url, title FROM documents ORDER BY url")
    assert documents[0] == {"url": "https://example.org/report", "title": "Annual report"}
    [place] = atlas.rows(
        release, "FROM evidence SEMI JOIN (FROM claims WHERE property = 'name' AND source = 'editorial') USING (claim_id)"
    )
    assert (place["locator"], place["excerpt"]) == ("entry=1", "Annual report: page 3")
    assert place["capture"] == atlas.ledger.entries()[0].chain
    assert atlas.overt("verify").code == 0


@pytest.mark.ci
def test_an_editorial_claim_of_two_entries_has_two_places(atlas: Atlas) -> None:
    atlas.fetch("alpha", project())
    atlas.build()
    for _ in range(2):
        atlas.claim("alpha:p", "project", "status", "agreed")
    release = atlas.build()
    [row] = atlas.rows(release, "SELECT claim_id FROM claims WHERE source = 'editorial' AND property = 'status'")
    places = atlas.rows(release, f"SELECT locator FROM evidence WHERE claim_id = '{row['claim_id']}' ORDER BY 1")
    assert [place["locator"] for place in places] == ["entry=1", "entry=2"]
    [count] = atlas.rows(release, "SELECT count(*) = count(DISTINCT claim_id) AS unique_ids FROM claims")
    assert count == {"unique_ids": True}


@pytest.fixture(scope="module")
def resolved(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    atlas = Atlas(tmp_path_factory.mktemp("resolved"))
    atlas.fetch("alpha", project())
    atlas.build()
    return atlas


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("alpha:p", "organization", "name", "X"), "alpha:p: is of type project, not organization"),
        (("alpha:none", "project", "name", "X"), "alpha:none: there is no such record"),
        (("alpha:p", "project", "nam", "X"), "project has no property 'nam'"),
        (("alpha:p", "projekt", "name", "X"), "alpha:p: is of type project, not projekt"),
        (("editorial:new", "projekt", "name", "X"), "there is no record type 'projekt'"),
        (("alpha:p", "project", "status", "dreamt"), "'dreamt' is not in the vocabulary statuses"),
        (("alpha:p", "project", "agreed", "2019-02-30"), "'2019-02-30' is not a date"),
        (("alpha:p", "project", "agreed", "2019", "--from", "soon"), "'soon' is not a date"),
        (("alpha:p", "project", "name", "X", "--unit", "USD"), "name has no unit"),
        (("editorial:r", "role", "project", "alpha:none"), "alpha:none: there is no such record"),
        (("editorial:!!", "project", "name", "X"), "editorial:!!: "),
    ],
)
def test_invalid_editorial_claims_are_refused(resolved: Atlas, words: tuple[str, ...], why: str) -> None:
    atlas = resolved
    outcome = atlas.overt("claim", "add", *words, "--document", "D", "--place", "p", "--who", "A", "--why", "b")
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)
    assert outcome.err.startswith(f"overt: {why}")
    assert atlas.ledger.entries() == []


# --- The name under which a record is shown ------------------------------------------------------------------------------


def test_a_project_that_a_source_has_several_times_has_its_shortest_name(atlas: Atlas) -> None:
    loans = (("p", "Cable, first tranche ($4 million)"), ("q", "Cable (2012)"))
    rows = [row for key, name in loans for row in make_statements("project", key, name=name)]
    atlas.fetch("alpha", [*rows, *make_statements("organization", "o", name=["Alder Works Limited", "Works"])], "2026-01-01")
    atlas.ledger.judge("alpha:p", "alpha:q", "same", "An editor", "one cable on two loans")
    labels = {row["type"]: row["label"] for row in atlas.rows(atlas.build(), "SELECT type, label FROM records")}
    assert labels["project"] == "Cable (2012)"
    assert labels["organization"] == "Alder Works Limited", "an organisation’s shortest name can be an abbreviation"
