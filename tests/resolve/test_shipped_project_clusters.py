"""Projects of the shipped edition that were merged, and pairs that are two projects."""

import pyarrow.parquet as pq
import pytest

from tests.support.shipped_edition import ShippedEdition

DIFFERENT = (
    ("deployments:serbia-belgrade-safe-city", "deployments:serbia-huawei-innovation-centre-5g-lab"),
    ("deployments:cmi-data-centre-de", "deployments:tencent-cloud-de"),
    ("deployments:uzbekistan-huawei-5g-cdb-2019", "deployments:uzbekistan-uzbektelecom-huawei-zte-2022"),
    ("aiddata_gcdf:62343", "aiddata_gcdf:68366"),
    ("deployments:cameroon-nbn-phase-1", "aiddata_gcdf:201"),
    ("deployments:south-africa-telkom-huawei-5g", "aiddata_gcdf:86753"),
    ("deployments:mongolia-ulaanbaatar-cctv", "aiddata_gcdf:70311"),
)
SAME = (
    ("deployments:ecuador-ecu911", "aiddata_gcdf:39281"),
    ("deployments:ecuador-ecu911", "aiddata_gcdf:59325"),
    ("deployments:bolivia-bol110", "aiddata_gcdf:54576"),
    ("deployments:kenya-konza-data-centre-smart-city", "aiddata_gcdf:59366"),
)


@pytest.fixture(scope="module")
def published(shipped_edition: ShippedEdition) -> dict[str, str]:
    """Return the published id of each source's record of a project."""
    [release] = (shipped_edition.root / "releases").glob("2*")
    members = pq.read_table(release / "tables" / "members.parquet", columns=["record", "type", "id"]).to_pylist()
    return {row["record"]: row["id"] for row in members if row["type"] == "project"}


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_two_things_are_two_records(published: dict[str, str], first: str, second: str) -> None:
    assert published[first] != published[second]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_one_thing_is_one_record(published: dict[str, str], first: str, second: str) -> None:
    assert published[first] == published[second]


def test_the_register_of_deployments_has_each_thing_once(published: dict[str, str]) -> None:
    ids = [identity for record, identity in published.items() if record.startswith("deployments:")]
    assert len(ids) == len(set(ids))
