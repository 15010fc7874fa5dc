"""Organisations in 3GPP: membership, groups, and the e-mail domains that represent them."""

from pathlib import Path

import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue
from tests.sources.test_laws_cn import Records, by_record


@pytest.fixture(scope="module")
def outcome(content: Catalogue) -> Outcome:
    return import_folder(
        content, "standards_participation", Path(str(content.source_folders["standards_participation"] / "sample"))
    )


@pytest.fixture(scope="module")
def records(outcome: Outcome) -> Records:
    return by_record(outcome)


def test_every_row_is_accounted_for(outcome: Outcome) -> None:
    report = outcome.report
    assert report.problems == []
    assert sum(report.rows_by_role.values()) == report.imported + sum(report.out_of_scope.values())
    assert report.out_of_scope["no-name"] == 1


def test_members_of_partner_bodies(records: Records) -> None:
    member = records["participation/huawei-device-co-ltd/ccsa/member"]
    assert member["organization"] == ["standards_participation:organization/huawei-device-co-ltd"]
    assert (member["forum"], member["role"], member["country"]) == (["ccsa"], ["member"], ["CN"])
    assert "participation/communications-alliance-ltd/etsi/member" not in records, "OTHER is no body"


def test_a_domain_counts_for_its_organisation(records: Records) -> None:
    addresses = records["participation/huawei-device-co-ltd/3gpp/huawei.com-addresses"]
    assert (addresses["count"], addresses["counted"], addresses["domain"]) == (["875"], ["addresses"], ["huawei.com"])
    assert records["participation/huawei-device-co-ltd/3gpp/in.huawei.com-addresses"]["count"] == ["2"], "a domain below it"


def test_a_shared_domain_counts_for_the_organisation_above(records: Records) -> None:
    assert records["participation/nokia-corporation/3gpp/nokia.com-addresses"]["count"] == ["745"]
    assert records["participation/xiaomi-technology/3gpp/xiaomi.com-addresses"]["count"] == ["37"]


def test_domains_of_nobody_or_of_rivals_are_left_out(outcome: Outcome, records: Records) -> None:
    assert not any("gmail" in key or "163.com" in key or "bt.com" in key for key in records)
    assert outcome.report.out_of_scope["domain-of-several"] == 1, "BT and British Telecom"


def test_groups_are_neither_ownership_nor_names(records: Records) -> None:
    ends = {(record["from"][0], record["to"][0], *record["kind"]) for record in records.values() if "from" in record}
    assert all(kind == "grouped-under" and start != end for start, end, kind in ends)
    prefix = "standards_participation:organization/"
    assert {(f"{prefix}zhejiang-lab", f"{prefix}{name}", "grouped-under") for name in ("alibaba", "zhejiang-university")} <= ends
    assert (
        f"{prefix}china-spacesat-co-ltd",
        f"{prefix}china-aerospace-science-and-technology-corporation",
        "grouped-under",
    ) in ends


def test_an_unclear_country_is_not_guessed(records: Records) -> None:
    [ministry] = [record for key, record in records.items() if key.startswith("organization/minist")]
    assert "country" not in ministry


@pytest.mark.data
def test_the_complete_files(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, "standards_participation", data / "standards", complete=True)
    report = outcome.report
    assert report.problems == []
    assert (sum(report.rows_by_role.values()), report.imported, sum(report.out_of_scope.values())) == (2488, 1327, 1161)
    chinese = {claim.record for claim in outcome.claims if claim.type == "participation" and claim.value == "CN"}
    counted = {claim.record for claim in outcome.claims if claim.property == "counted" and claim.value == "addresses"}
    total = sum(int(claim.value) for claim in outcome.claims if claim.property == "count" and claim.record in chinese & counted)
    assert total == 2305
