"""ASPI's map: two layouts, HTML as plain text, addresses only of a company's own premises, and broken files refused."""

import csv
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from overt.importing.errors import FileProblem
from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

SLUG = "aspi_tech_map"
Row = dict[str, str]
Values = dict[str, dict[str, set[str]]]


def values(outcome: Outcome) -> Values:
    records: Values = defaultdict(lambda: defaultdict(set))
    for claim in outcome.claims:
        records[claim.record.partition(":")[2]][claim.property].add(claim.value.removeprefix(f"{SLUG}:"))
    return records


@pytest.fixture
def sample(content: Catalogue, tmp_path: Path) -> Path:
    return Path(shutil.copytree(str(content.source_folders[SLUG] / "sample"), tmp_path / "sample"))


def read_rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def write(path: Path, rows: list[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def first_row(sample: Path, **change: str) -> Path:
    """Cut the sample to its first row, with changes; return its folder."""
    (sample / "aspi/aspi_sample_rows_from_report.csv").unlink()
    path = sample / "aspi/data.csv"
    write(path, [read_rows(path)[0] | change])
    return sample


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"overseas_infrastructure_lat": "36.08", "overseas_infrastructure_lng": "-0.3031"},
            "(longitude and latitude look swapped)",
        ),
        ({"overseas_infrastructure_lat": "-100.3"}, "latitude -100.3 is beyond the poles"),
        ({"overseas_infrastructure_lng": "436.08"}, "longitude 436.08 is beyond ±180"),
        ({"overseas_infrastructure_lat": "0,3031 S"}, "are not a longitude and a latitude"),
        ({"overseas_infrastructure_lat": "nan"}, "is not a number"),
        ({"overseas_infrastructure_lat": ""}, "one of latitude and longitude is empty"),
        ({"infrastructure_type_id": "99 | Moon base"}, "'moon base' is not a word that Overt knows here"),
        ({"secondary_infrastructure_type_id": "99 | Moon base"}, "'moon base' is not a word that Overt knows here"),
        ({"country_id": "999 | Atlantis"}, "'Atlantis' is not a known country or area"),
        ({"year_commenced": "20166"}, "'20166' is not a"),
        ({"year_ended": "2020-13"}, "'2020-13' is not a"),
        ({"label": ""}, "the label is empty"),
        ({"company_id": "1 | "}, "the company is empty"),
        ({"infrastructure_type_id": "3 | Cable", "cable_owner": "perhaps"}, "'perhaps' is not a word that Overt knows here"),
    ],
)
def test_broken_rows(content: Catalogue, sample: Path, change: Row, expected: str) -> None:
    report = import_folder(content, SLUG, first_row(sample, **change)).report
    assert (report.imported, len(report.problems)) == (0, 1)
    assert expected in report.problems[0].message
    assert report.problems[0].locator.startswith("row=2")
    assert "\n" not in report.problems[0].message


def test_a_duplicate_id(content: Catalogue, sample: Path) -> None:
    path = sample / "aspi/data.csv"
    first = read_rows(path)[0]
    write(path, [first, first | {"label": "Another"}])
    (problem,) = import_folder(content, SLUG, sample).report.problems
    assert problem.message == "duplicate id: aspi_tech_map:90001 is already in aspi/data.csv row=2"


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (lambda data: b"", "the file is empty"),
        (lambda data: data[:-40], "row 14 has 1. cells, the header 20|is the file cut off"),
        (lambda data: data.replace("é".encode(), b"\xe9"), "not utf-8 text"),
        (lambda data: data.replace(b"infrastructure_type_id", b"kind_id", 1), "column 'infrastructure_type_id' is missing"),
        (lambda data: b"<!doctype html><html></html>", "this is a web page"),
    ],
)
def test_broken_files(content: Catalogue, sample: Path, broken: object, expected: str) -> None:
    path = sample / "aspi/data.csv"
    path.write_bytes(broken(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(FileProblem, match=rf"^aspi_tech_map: aspi/data\.csv: [^\n]*({expected})[^\n]*$"):
        import_folder(content, SLUG, sample)


@pytest.mark.parametrize(
    ("kind", "is_stored"),
    [
        ("5 | Overseas Office", True),
        ("6 | Data centre", True),
        ("13 | R&D lab", True),
        ("16 | Subsidiary", False),
        ("8 | Commercial partnership", False),
        ("7 | Surveillance equipment", False),
    ],
)
def test_only_addresses_of_own_premises_are_stored(content: Catalogue, sample: Path, kind: str, is_stored: bool) -> None:
    """Other addresses appear neither in a claim nor in its quote."""
    change = {"infrastructure_type_id": kind, "secondary_infrastructure_type_id": "", "street address": "12 Lake Road"}
    outcome = import_folder(content, SLUG, first_row(sample, **change))
    texts = {claim.value for claim in outcome.claims} | {evidence.excerpt for evidence in outcome.evidence}
    assert any("12 Lake Road" in text for text in texts) == is_stored
    assert values(outcome)["90001/place"]["precision"] == ({"exact"} if is_stored else {"locality"})


@pytest.mark.parametrize(
    ("city", "pinned", "precision"),
    [
        ("Nakuru", True, {"locality"}),
        ("Nakuru", False, {"locality"}),
        ("Nowhere at all", False, {"unlocated"}),
        ("", True, {"country"}),
        ("", False, {"country"}),
    ],
)
def test_precision(content: Catalogue, sample: Path, city: str, pinned: bool, precision: set[str]) -> None:
    change = {"city": city} | ({} if pinned else {"overseas_infrastructure_lat": "", "overseas_infrastructure_lng": ""})
    place = values(import_folder(content, SLUG, first_row(sample, **change)))["90001/place"]
    assert place["precision"] == precision
    assert ("geometry" in place) == (city == "Nakuru"), "the map's mark on a country is not a place"
    assert place["placed-by"] == (set() if pinned or city != "Nakuru" else {"GeoNames 184622: Nakuru, Nakuru"})


@pytest.mark.parametrize(
    ("kind", "owner", "role"),
    [
        ("3 | Cable", "", "partner"),
        ("3 | Cable", "1", "owner"),
        ("3 | Cable", "0", "partner"),
        ("3 | Cable", "1 | Red Heron Networks", "owner"),
        ("9 | Leased cable", "0", "customer"),
        ("5 | Overseas Office", "0", "operator"),
    ],
)
def test_role_of_the_company(content: Catalogue, sample: Path, kind: str, owner: str, role: str) -> None:
    change = {"infrastructure_type_id": kind, "secondary_infrastructure_type_id": "", "cable_owner": owner}
    assert values(import_folder(content, SLUG, first_row(sample, **change)))["90001/red-heron-networks"]["role"] == {role}


@pytest.mark.parametrize(
    ("text", "description", "cited"),
    [
        ("<p>One.</p>\n<p>Two.</p>", "One. Two.", None),
        ("plain &amp; simple &lt;b&gt;", "plain & simple <b>", None),
        ("<script>alert(1)</script><style>p{}</style>Rest<img src=x onerror=alert(1)>", "Rest", None),
        ('See <a href="https://paper.example/a">it', "See it", "https://paper.example/a"),
        ('<a href="javascript:alert(1)">a</a> <a href="HTTPS://Paper.example/b">b</a>', "a b", "https://paper.example/b"),
        ('<a href="https://www.linkedin.com/in/somebody">a</a>', "a", None),
        ('<a href="https://www.linkedin.com/company/some-firm">a</a>', "a", "https://www.linkedin.com/company/some-firm"),
    ],
)
def test_text(content: Catalogue, sample: Path, text: str, description: str, cited: str | None) -> None:
    records = values(import_folder(content, SLUG, first_row(sample, text=text)))
    assert records["90001"]["description"] == {description}
    assert {url for key, record in records.items() if key.startswith("document/") for url in record["url"]} == (
        {cited} if cited else set()
    )


def test_a_title_with_markup_or_a_formula_stays_as_it_is(content: Catalogue, sample: Path) -> None:
    records = values(import_folder(content, SLUG, sample))
    assert records["90006"]["name"] == {"Reseller <script>alert(1)</script>"}
    assert records["90007"]["name"] == {'=HYPERLINK("http://x.example","Steppe Pay")'}


def test_a_memorandum_is_an_agreement(content: Catalogue, sample: Path) -> None:
    records = values(import_folder(content, SLUG, sample))
    assert "90009" not in records
    assert records["90009/agreement"]["party-country"] == {"KE"}
    assert records["90010"]["kind"] == {"5g-network"}
    assert records["90010/agreement"]["kind"] == {"memorandum"}


def test_a_copied_row_that_is_also_in_the_download_is_out_of_scope(content: Catalogue, sample: Path) -> None:
    assert import_folder(content, SLUG, sample).report.out_of_scope == {"also-in-map": 1}
    (sample / "aspi/data.csv").unlink()
    assert import_folder(content, SLUG, sample).report.out_of_scope == {}


def test_a_refused_row_of_the_download_does_not_hide_its_copy(content: Catalogue, sample: Path) -> None:
    path = sample / "aspi/data.csv"
    write(path, [row | {"year_ended": "soon"} for row in read_rows(path) if "MoU" not in row["infrastructure_type_id"]])
    report = import_folder(content, SLUG, sample).report
    assert report.out_of_scope == {}
    assert report.imported == len(read_rows(sample / "aspi/aspi_sample_rows_from_report.csv"))


def test_a_year_is_only_the_start(content: Catalogue, sample: Path) -> None:
    projects = [record for record in values(import_folder(content, SLUG, sample)).values() if "description" in record]
    assert any("started" in project for project in projects)
    assert not any({"agreed", "construction-start", "operational"} & set(project) for project in projects)


def test_every_type_has_a_role(content: Catalogue) -> None:
    lookups = content.sources[SLUG].lookups
    types = {name for name, kind in lookups["kinds"].items() if kind != "memorandum"}
    assert types == set(lookups["roles"])
    kinds, roles = content.vocabularies["project-kinds"].by_id, content.vocabularies["roles"].by_id
    assert {lookups["kinds"][name] for name in types} <= set(kinds)
    assert set(lookups["roles"].values()) <= set(roles)


@pytest.mark.data
def test_italian_rows(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, SLUG, data / "aspi", complete=True)
    assert (outcome.report.rows_read, outcome.report.imported, outcome.report.problems) == (65, 65, [])
    assert outcome.report.records == {"project": 65, "role": 65, "place": 65, "organization": 13}
    records = values(outcome)
    projects = [record for record in records.values() if "description" in record]
    assert all(project["country"] == {"IT"} for project in projects)
    assert sum("5g-network" in project["kind"] for project in projects) == 7
    assert sum("surveillance" in project["kind"] for project in projects) == 7
    places = {key: record for key, record in records.items() if key.endswith("/place")}
    precisions = Counter(min(place["precision"]) for place in places.values())
    assert precisions == {"country": 31, "locality": 30, "admin1": 3, "unlocated": 1}
    assert {min(place["name"]) for place in places.values() if place["precision"] == {"unlocated"}} == {"Castro"}
    assert all(("placed-by" in place) == ("geometry" in place) for place in places.values()), "copied rows have no coordinates"
    assert all("&" not in text or ";" not in text for project in projects for text in project["description"])
