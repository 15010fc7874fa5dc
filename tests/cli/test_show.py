"""`overt show` describes a record (its claims, links, disputes and decisions), a country or a region. Omissions are marked."""

from pathlib import Path

import pytest

from tests.cli.test_exit_codes_errors_and_json import one_line
from tests.support.command_built_atlas import BY, DOCUMENT, Atlas, make_statements, own_id

LONG = "A network for the police of the capital and its suburbs " * 6
GAZETTE = ("--document", "Gazette", "--place", "page 4", "--url", "https://gazette.example/4")


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with a project from two sources, a company with many roles, and two namesakes.

    The project has money, a role and a place.
    """
    made = Atlas(tmp_path_factory.mktemp("show"))
    rows = make_statements("project", "p", name=LONG.strip(), country="KE", status="agreed")
    rows += make_statements("organization", "zte", name=["ZTE", "中兴通讯"], country="CN") + make_statements(
        "organization", "bank", name="Bank of Alder"
    )
    rows += make_statements("role", "sold", project="alpha:p", organization="alpha:zte", role="supplier")
    rows += make_statements("commitment", "c", project="alpha:p", financier="alpha:bank", amount=("1234567.5", "USD@2021"))
    rows += make_statements("place", "w", project="alpha:p", name="Alder", country="KE", precision="unlocated")
    rows += make_statements("relation", "r", from_="alpha:zte", to="alpha:bank", kind="parent")
    rows += make_statements("project", "q", name="Other", country="KE")
    for number in range(25):
        rows += make_statements("role", f"more/{number}", project="alpha:q", organization="alpha:zte", role="partner")
    rows += make_statements("organization", "one", name="Twin Works", country="KE") + make_statements(
        "organization", "two", name="Twin Works", country="FR"
    )
    for key, kind, status in (
        ("scanner", "security-inspection", "operational"),
        ("denied", "spyware", "denied"),
        ("gate", "security-inspection", "denied"),
        ("cameras", ["security-inspection", "video-surveillance"], "operational"),
    ):
        rows += make_statements("project", key, name=key.title(), country="PE", kind=kind, status=status)
    made.fetch("alpha", rows)
    made.fetch("beta", make_statements("project", "p", name="Police network", country="KE", status="completed"))
    made.ok("import")
    made.ok("resolve")
    made.judge("same", "alpha:p", "beta:p")
    made.ok("claim", "add", "alpha:zte", "organization", "country", "HK", *GAZETTE, *BY)
    made.ok("claim", "add", "alpha:bank", "organization", "country", "KE", *GAZETTE, *BY)
    made.ok("claim", "add", "alpha:bank", "organization", "sector", "banking", *DOCUMENT, *BY)
    made.ok("retract", "alpha:two", "--who", "Ada", "--why", "it was a misprint")
    made.build()
    return made


def blocks(text: str) -> dict[str, list[str]]:
    """Return the printed sections by their first line."""
    return {part.splitlines()[0]: part.splitlines()[1:] for part in text.strip().split("\n\n")}


@pytest.mark.parametrize("name", ["KE", "KEN", "Kenya", "肯尼亚", "Republic of Kenya", "Кения"])
def test_a_country_is_described_by_its_counts(atlas: Atlas, name: str) -> None:
    result = atlas.read_json("show", name)
    assert (result["id"], result["type"], result["projects"], result["restrictions"]) == ("KE", "country", 2, 0)
    assert [(row["id"], row["projects"]) for row in result["organizations"]] == [
        (own_id("alpha:zte"), 2), (own_id("alpha:bank"), 1),
    ]  # fmt: skip
    lines = atlas.ok("show", name).out.splitlines()
    assert lines[0].startswith("Kenya  (country KE, release ") and "projects: 2" in lines
    assert "  $1,234,567.50 in constant prices of 2021, 1 commitment" in lines
    assert "has that name" in one_line(atlas.overt("show", "Kenyaland"), 2)
    assert "could mean KP (North Korea) or KR (South Korea)" in one_line(atlas.overt("show", "Korea"), 2)


def test_money_parts_and_places_of_a_project(atlas: Atlas) -> None:
    parts = blocks(atlas.ok("show", "alpha:p").out)
    bank, zte = f"Bank of Alder ({own_id('alpha:bank')})", f"ZTE ({own_id('alpha:zte')})"
    assert parts["money: 1 record of type commitment"] == [
        f"  {own_id('alpha:c')}; Project: this record; Amount: $1,234,567.50 in constant prices of 2021; Financier: {bank}"
    ]
    assert parts["who did what: 1 record of type role"] == [
        f"  {own_id('alpha:sold')}; Project: this record; Organisation (organization): {zte}; Role: Supplier"
    ]
    assert parts["places: 1 record of type place"] == [
        f"  {own_id('alpha:w')}; Project: this record; Country: Kenya (KE); Name: Alder; Precision: Not located (unlocated)"
    ]


def test_labels_are_those_of_the_pages_and_json_has_the_keys(atlas: Atlas) -> None:
    """`overt show` used to print keys of vocabularies, such as `security-inspection`, where pages have labels."""
    lines = atlas.ok("show", "alpha:gate").out.splitlines()
    assert lines[0].startswith("Gate  (project ovt-")
    assert {"Kind: Security inspection", "Status: Denied", "Country: Peru (PE)"} <= set(lines)
    values = {(row["property"], row["value"]) for row in atlas.read_json("show", "alpha:gate")["values"]}
    assert {("kind", "security-inspection"), ("status", "denied"), ("country", "PE")} <= values


def test_relations_and_many_parts_of_a_company(atlas: Atlas) -> None:
    parts = blocks(atlas.ok("show", "alpha:zte").out)
    bank = f"Bank of Alder ({own_id('alpha:bank')})"
    assert parts["relations: 1 record of type relation"] == [
        f"  {own_id('alpha:r')}; From: this record; Kind: Has as parent (parent); To: {bank}"
    ]
    roles = parts["who did what: 26 records of type role"]
    assert len(roles) == 21
    assert roles[-1] == "  … and 6 more records; --full prints all"
    assert len(blocks(atlas.ok("show", "alpha:zte", "--full").out)["who did what: 26 records of type role"]) == 26


def test_contested_values_are_marked(atlas: Atlas) -> None:
    parts = blocks(atlas.ok("show", "alpha:p").out)
    statuses = [line for line in parts if line.startswith("Status: ")]
    assert len(statuses) == 2
    assert statuses[0].endswith("  [contested: this one is shown]")
    assert statuses[1].endswith("  [contested: not shown]")
    assert "Country: Kenya (KE)" in parts, "what all agree on has no mark"


def test_nothing_is_cut_without_a_sign(atlas: Atlas) -> None:
    short, full = atlas.ok("show", "alpha:p").out, atlas.ok("show", "alpha:p", "--full").out
    [name] = [line for line in short.splitlines() if line.startswith("Name: A network")]
    assert name.endswith((" …  [contested: this one is shown]", " …  [contested: not shown]"))
    assert len(name.partition(" …")[0]) <= len("Name: ") + 200
    assert f"Name: {LONG.strip()}" in full
    [cell] = [line for line in short.splitlines() if "col=value" in line and "'A network" in line]
    assert cell.endswith(" …'")
    assert "…" not in full


def test_editorial_claims_say_who_why_and_when(atlas: Atlas) -> None:
    parts = blocks(atlas.ok("show", "alpha:zte").out)
    [claim] = [lines for first, lines in parts.items() if first.startswith("Country: Hong Kong")]
    day = atlas.ledger.entries()[0].at[:10]
    assert claim == [
        "  stated, editorial (alpha:zte)",
        "    ledger entry=2, citing “Gazette” https://gazette.example/4: 'Gazette: page 4'",
        "      typed from a place in a document that is not archived, so nobody can check it here",
        f"      An editor, {day}: both pages say so",
    ]
    result = atlas.read_json("show", "alpha:zte")
    [place] = next(claim for claim in result["claims"] if claim["value"] == "HK")["evidence"]
    assert (place["entry"]["sequence"], place["entry"]["who"], place["entry"]["why"]) == (2, "An editor", "both pages say so")


def test_a_document_cited_twice_is_one_record(atlas: Atlas) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    documents = atlas.rows(release, "SELECT id, title FROM documents ORDER BY title")
    assert [row["title"] for row in documents] == ["Annual report", "Gazette"]
    parts = blocks(atlas.ok("show", documents[1]["id"]).out)
    assert parts["cited for: 2 records"] == [
        f"  Bank of Alder (organisation {own_id('alpha:bank')})", f"  ZTE (organisation {own_id('alpha:zte')})",
    ]  # fmt: skip


def test_a_retraction_names_its_editor(atlas: Atlas) -> None:
    output = atlas.ok("show", "alpha:two").out
    assert "Name: Twin Works  [taken back]" in output
    assert "alpha (alpha:two); RETRACTED by Ada, " in output
    assert ": it was a misprint\n" in output


@pytest.mark.parametrize("name", ["ZTE", "zte", "中兴通讯", "中興通訊"])
def test_an_unambiguous_name(atlas: Atlas, name: str) -> None:
    assert atlas.read_json("show", name)["id"] == own_id("alpha:zte")


@pytest.mark.slow
def test_an_ambiguous_or_unknown_name(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    rows = make_statements("organization", "one", name="Twin Works", country="KE") + make_statements(
        "organization", "two", name="Twin Works", country="FR"
    )
    atlas.fetch("alpha", rows)
    atlas.ok("import")
    atlas.ok("resolve")
    atlas.judge("different", "alpha:one", "alpha:two")
    atlas.build()
    message = one_line(atlas.overt("show", "twin works"), 2)
    assert message.startswith("overt: twin works: 2 records have that name: Twin Works (organization ovt-")
    assert all(own_id(record) in message for record in ("alpha:one", "alpha:two"))
    assert message.endswith("; choose one by its id")
    assert "no record of release " in one_line(atlas.overt("show", "Triplet Works"), 2)
    assert "has no such record" in one_line(atlas.overt("show", "alpha:three"), 2)


def test_an_invalid_url_is_refused_at_once(atlas: Atlas) -> None:
    words = ("claim", "add", "alpha:zte", "organization", "country", "CN", *DOCUMENT, "--url", "https://gazette.example/a b", *BY)
    assert "is not a web address" in one_line(atlas.overt(*words), 2)


def test_a_country_says_which_projects_its_page_does_not_count(atlas: Atlas) -> None:
    lines = atlas.ok("show", "PE").out.splitlines()
    assert (
        "  Surveillance: 4 (of these, 1 only scans goods or baggage; 2 only announced, cancelled, denied or unverified)" in lines
    )


@pytest.mark.parametrize("name", ["eastern-africa", "Eastern Africa", "东部非洲"])
def test_a_region_is_described_by_its_members_and_counts(atlas: Atlas, name: str) -> None:
    result = atlas.read_json("show", name)
    assert (result["id"], result["type"], result["projects"], len(result["members"])) == ("eastern-africa", "region", 2, 22)
    assert [(row["id"], row["projects"]) for row in result["organizations"]] == [(own_id("alpha:zte"), 2)]
    lines = atlas.ok("show", name).out.splitlines()
    assert lines[0].startswith("Eastern Africa  (region eastern-africa, release ") and "  Kenya (KE)" in lines


def test_former_members_are_shown_with_their_dates(atlas: Atlas) -> None:
    lines = atlas.ok("show", "EU").out.splitlines()
    assert lines[lines.index("former members, not counted:") + 1] == "  United Kingdom (GB), 1973-01-01 to 2020-01-31"
    assert any(line.startswith("according to Countries, European Union, https://europa.eu/") for line in lines)
