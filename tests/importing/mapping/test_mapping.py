"""A mapping converts a spreadsheet to records, without Python."""

from pathlib import Path

import pytest

from overt.importing.folder_import_without_archive import folder_files
from overt.importing.snapshot_importer_run import run_source
from overt.model.content_catalogue import Catalogue
from tests.importing.mapping.tracker_source import ROW, run, values


def test_a_row_becomes_a_project_with_everything_it_names(tmp_path: Path) -> None:
    outcome = run(tmp_path, [ROW])
    assert (outcome.report.imported, outcome.report.problems) == (1, [])
    assert values(outcome, "7") == {
        "name": {"Safe city of Nairobi", "内罗毕平安城市"},
        "kind": {"video-surveillance", "facial-recognition"},
        "country": {"KE"},
        "agreed": {"2019-05-17"},
        "status": {"operational"},
    }
    assert values(outcome, "organization/huawei") == {"name": {"Huawei"}}
    assert values(outcome, "7/supplier/safaricom") == {
        "project": {"tracker:7"}, "organization": {"tracker:organization/safaricom"}, "role": {"supplier"},
    }  # fmt: skip
    assert values(outcome, "7/customer/national-police-service")["role"] == {"customer"}
    assert values(outcome, "7/commitment/china-exim-bank/1200000-usd") == {
        "amount": {"1200000"}, "project": {"tracker:7"}, "financier": {"tracker:organization/china-exim-bank"},
    }  # fmt: skip
    assert values(outcome, "7/place/nairobi") == {
        "project": {"tracker:7"}, "name": {"Nairobi"}, "country": {"KE"}, "kind": {"site"}, "precision": {"locality"},
        "geometry": {"POINT (36.8167 -1.2833)"}, "radius": {"37.4"}, "placed-by": {"GeoNames 184745: Nairobi, Nairobi City"},
    }  # fmt: skip
    assert values(outcome, "document/https-example-org-a") == {"url": {"https://example.org/a"}, "title": {"Annual report"}}


def test_each_claim_has_its_cell_its_words_and_its_document(tmp_path: Path) -> None:
    outcome = run(tmp_path, [ROW])
    places = {evidence.claim_id: evidence for evidence in outcome.evidence}
    claims = {(claim.record.partition(":")[2], claim.property, claim.value): claim for claim in outcome.claims}
    amount = claims["7/commitment/china-exim-bank/1200000-usd", "amount", "1200000"]
    assert (amount.original, amount.unit) == ("US$1.2m", "USD")
    assert (places[amount.id].locator, places[amount.id].excerpt) == ("sheet=Projects;row=4;col=Value", "US$1.2m")
    assert amount.document == "tracker:document/https-example-org-a"
    kind = claims["7", "kind", "facial-recognition"]
    assert (kind.original, places[kind.id].excerpt) == ("face recognition", "CCTV; face recognition")
    assert claims["7", "name", "内罗毕平安城市"].lang == "zh"


def test_all_problems_of_all_rows_are_reported_by_cause(tmp_path: Path) -> None:
    rows = [
        {**ROW, "No": number, "Status": status, "Country": "Kennya", "Signed": "soon"}
        for number, status in enumerate(["open", "open", "live"], start=1)
    ]
    report = run(tmp_path, rows).report.as_dict()
    assert (report["rows_read"], report["problems"]) == (3, 3)
    groups = {group["column"]: group for group in report["problem_groups"]}
    assert set(groups) == {"Status", "Country", "Signed"}
    assert groups["Status"]["rows"] == 3 and groups["Status"]["values"] == {"open": 2, "live": 1}
    assert "lookups: statuses" in groups["Status"]["cause"] and "…" in groups["Status"]["cause"]
    assert groups["Country"]["examples"] == [f"sheet=Projects;row={row};col=Country" for row in (4, 5, 6)]


def test_a_row_without_a_supplier_city_or_value_is_complete(tmp_path: Path) -> None:
    empty = dict.fromkeys(("Vendor(s)", "City", "Value", "Lender", "Source URL", "Source", "项目名称", "Status", "Signed"))
    outcome = run(tmp_path, [{**ROW, **empty}])
    assert outcome.report.problems == []
    assert {claim.type for claim in outcome.claims} == {"project", "organization", "role"}


@pytest.mark.parametrize(
    ("key", "parent"),
    [("", "Parent"), ("key: {name: Name}, ", "Parent"), ("key: {name: Name}, ", "{column: Parent, existing: true}")],
)
def test_a_record_has_the_key_by_which_other_rows_name_it(tmp_path: Path, key: str, parent: str) -> None:
    folder = tmp_path / "sources" / "bodies"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(
        """
title: Bodies
publisher: Example publisher
address: https://example.org/bodies
licence: CC BY 4.0
attribution: Example publisher
reuse: open
covers: Bodies.
not_covered: The rest.
files: {bodies: {patterns: [bodies.csv], format: csv}}
records: {organization: "organization/{name}", relation: "relation/{from}/{to}"}
mapping:
  bodies:
    records:
      - {record: organization, KEYname: Name}
      - {record: relation, when: {column: Parent, filled: true}, from: Name, to: PARENT, kind: {constant: parent, at: [Parent]}}
""".replace("KEY", key).replace("PARENT", parent)
    )
    (tmp_path / "bodies.csv").write_text("Name,Parent\nAcme,\nCamera Works,ACME\n")
    content = Catalogue(tmp_path)
    outcome = run_source("bodies", content, folder_files(content, "bodies", tmp_path))
    assert outcome.report.problems == []
    ends = {claim.property: claim.value for claim in outcome.claims if claim.type == "relation"}
    assert ends["to"] == "bodies:organization/acme" and outcome.report.records["organization"] == 2
