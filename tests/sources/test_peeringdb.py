"""PeeringDB: networks of Chinese carriers and clouds in facilities abroad, and no contact data."""

from collections import defaultdict
from pathlib import Path

import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

SLUG = "peeringdb"
Values = dict[str, dict[str, set[str]]]


def values(outcome: Outcome) -> Values:
    records: Values = defaultdict(lambda: defaultdict(set))
    for claim in outcome.claims:
        records[claim.record.partition(":")[2]][claim.property].add(claim.value)
    return records


@pytest.fixture(scope="module")
def sample(content: Catalogue) -> Outcome:
    return import_folder(content, SLUG, Path(str(content.source_folders[SLUG])) / "sample")


def test_a_network_in_a_facility_is_a_project_with_an_operator_and_a_host(sample: Outcome) -> None:
    records = values(sample)
    project = records["9001/7001"]
    assert project["name"] == {
        "Grand Canal Telecom (AS4134) in Bluestem LA1 - Los Angeles",
        "Grand Canal Telecom（AS4134）在Bluestem LA1 - Los Angeles",
    }
    assert (project["kind"], project["country"], project["status"]) == ({"point-of-presence"}, {"US"}, {"operational"})
    assert records["9001/7001/operator"]["organization"] == {f"{SLUG}:network/9001"}
    assert records["9001/7001/partner"]["organization"] == {f"{SLUG}:organization/6001"}
    place = records["facility/7001"]
    assert place["project"] == {f"{SLUG}:9001/7001", f"{SLUG}:9003/7001"}, "two networks in one facility"
    assert (place["geometry"], place["precision"]) == ({"POINT (-118.25 34.05)"}, {"exact"})


def test_other_networks_and_facilities_in_china_are_left_out_by_rule(sample: Outcome) -> None:
    assert sample.report.out_of_scope == {"other-network": 1, "in-china": 1, "side-table-unused": 2}
    assert {claim.record.partition(":")[2] for claim in sample.claims if claim.type == "project"} == {
        "9001/7001", "9003/7001", "9003/7002", "9004/7011", "9003/7012",
    }  # fmt: skip


def test_pages_that_are_not_loaded_leave_what_the_row_itself_says(sample: Outcome) -> None:
    records = values(sample)
    assert records["network/9004"] == {"name": {"Huawei"}}, "named by our own list"
    assert {claim.basis for claim in sample.claims if claim.record == f"{SLUG}:network/9004"} == {"coded"}
    assert (records["facility/7011"]["precision"], records["facility/7012"]["precision"]) == ({"locality"}, {"country"})
    assert "geometry" not in records["facility/7002"], "the facility’s row has no coordinates"


def test_nothing_about_contacts_is_read(sample: Outcome) -> None:
    texts = [claim.value for claim in sample.claims] + [evidence.excerpt for evidence in sample.evidence]
    assert not [text for text in texts if "@" in text or "Person" in text or "555" in text]


@pytest.mark.data
def test_the_first_pages_of_the_api(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, SLUG, data / "peeringdb")
    report = outcome.report
    assert report.rows_by_role == {"presences": 500, "networks": 1000, "facilities": 500}, "two servers have pages of networks"
    assert (report.imported, report.problems) == (6, [])
    assert report.out_of_scope == {"other-network": 498, "side-table-unused": 1496}
    records = values(outcome)
    names = {name for record in records.values() if record["kind"] == {"point-of-presence"} for name in record["name"]}
    assert {name for name in names if "(AS" in name} == {
        "China Telecom (AS4134) in CoreSite - Los Angeles (LA1) One Wilshire",
        "China Telecom (AS4134) in Equinix SV1/SV5/SV10 - Silicon Valley, San Jose",
    }
