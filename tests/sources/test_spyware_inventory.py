"""The spyware inventory: one project per row, no text about targets, and periods without an end."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

SLUG = "spyware_inventory"
Values = dict[str, dict[str, set[str]]]


def values(outcome: Outcome) -> Values:
    records: Values = defaultdict(lambda: defaultdict(set))
    for claim in outcome.claims:
        records[claim.record.partition(":")[2]][claim.property].add(claim.value)
    return records


@pytest.fixture(scope="module")
def sample(content: Catalogue) -> Outcome:
    return import_folder(content, SLUG, Path(str(content.source_folders[SLUG])) / "sample")


def test_a_row_is_a_project_with_its_supplier_and_no_address_of_a_report(sample: Outcome) -> None:
    records = values(sample)
    assert records["KE/quartz-lantern/Spyware"] == {
        "name": {"Spyware of Quartz Lantern in Kenya", "Quartz Lantern的间谍软件"},
        "kind": {"spyware"},
        "country": {"KE"},
        "started": {"2019"},
        "description": {"Period of use: 2019-2021"},
    }
    assert records["organization/bluestem-forensics"]["country"] == {"IL", "HU"}
    (started,) = [c for c in sample.claims if (c.record, c.property) == (f"{SLUG}:GR/ashlar-signal/Spyware", "started")]
    assert [evidence.document for evidence in sample.evidence if evidence.claim_id == started.id] == [None]
    assert "document" not in {claim.type for claim in sample.claims}, "addresses of reports contain names of targets"


def test_periods_give_a_first_year_and_never_an_end(sample: Outcome) -> None:
    records = values(sample)
    assert records["CI/quartz-lantern/Spyware"]["started"] == {"201X"}
    assert records["AE/harbour-relay/iot-hacking"]["started"] == {"2016"}
    assert "started" not in records["MM/undisclosed/Spyware"], "“?-2021” states none"
    assert not any("ended" in record or "end" in record for record in records.values())


def test_low_confidence_is_a_status_and_an_undisclosed_company_no_supplier(sample: Outcome) -> None:
    records = values(sample)
    unverified = {key for key, record in records.items() if record["status"] == {"unverified"}}
    assert unverified == {"KE/quartz-lantern/digital-forensics", "TR/ashlar-signal/Spyware"}
    assert not any("undisclosed" in key for key in records if key.startswith("organization/"))


def test_no_text_about_a_target_is_read(sample: Outcome) -> None:
    texts = [claim.value for claim in sample.claims] + [claim.original or "" for claim in sample.claims]
    texts += [evidence.excerpt for evidence in sample.evidence]
    assert not [text for text in texts if "Person" in text or "Invented" in text]


@pytest.mark.data
def test_the_complete_inventory(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, SLUG, data / "spyware", complete=True)
    report = outcome.report
    assert (report.rows_read, report.imported, report.out_of_scope.total(), report.problems) == (193, 193, 0, [])
    records = values(outcome)
    projects = [record for record in records.values() if record["kind"]]
    assert len(set.union(*(record["country"] for record in projects))) == 74
    assert Counter(kind for record in projects for kind in record["kind"]) == {"spyware": 131, "digital-forensics": 62}
    assert sum(record["status"] == {"unverified"} for record in projects) == 32
    assert sum(record["role"] == {"supplier"} for record in records.values()) == 192, "one company is not disclosed"
