"""The US lists: one listing per organisation across all editions, and company names extracted from sentences by rule."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

DOD = "datasets_us_dod_chinese_milcorps_sanctions.csv"
FCC = "datasets_us_fcc_covered_list_table.csv"
Values = dict[str, dict[str, set[str]]]


def edition(content: Catalogue, slug: str) -> Path:
    return Path(str(content.source_folders[slug])) / "edition"


def values(outcome: Outcome) -> Values:
    records: Values = defaultdict(lambda: defaultdict(set))
    for claim in outcome.claims:
        records[claim.record.partition(":")[2]][claim.property].add(claim.value)
    return records


@pytest.fixture(scope="module")
def dod(content: Catalogue) -> Outcome:
    return import_folder(content, "us_dod_1260h", edition(content, "us_dod_1260h"), complete=True)


def test_the_date_of_a_list_is_that_of_its_newest_entry(content: Catalogue, dod: Outcome) -> None:
    assert dod.report.as_of == "2026-06-08"
    fcc = import_folder(content, "us_fcc_covered", edition(content, "us_fcc_covered"), complete=True)
    assert fcc.report.as_of == "2026-07-28", "entries that name no company count too"


def test_every_row_is_in_one_listing(dod: Outcome) -> None:
    assert (dod.report.rows_read, dod.report.imported, dod.report.problems) == (397, 397, [])
    records = values(dod)
    listings = {key: row for key, row in records.items() if key.startswith("listing/")}
    assert sum(len(row["edition"]) for row in listings.values()) == 397
    assert all(len(row["start"]) == 1 and min(row["edition"]) == min(row["start"]) for row in listings.values())
    listed = [organization for row in listings.values() for organization in row["organization"]]
    again = {organization.rpartition("/")[2] for organization in listed if listed.count(organization) > 1}
    assert again == {"changxin-memory-technologies-inc", "yangtze-memory-technologies-co-ltd"}, "taken off and put back"
    print(f"{len(set(listed))} organisations, {len(listings)} listings")
    assert (len(set(listed)), len(listings)) == (214, 216)


def test_editions_of_one_organization(dod: Outcome) -> None:
    records = values(dod)
    huawei = records["listing/huawei-technologies-co-ltd/1"]
    assert huawei["edition"] == {"2021-06-03", "2025-01-07", "2026-06-08"}
    assert huawei["start"] == {"2021-06-03"}
    assert "end" not in huawei
    assert records["listing/beijing-megvii-technology-co-ltd/1"]["end"] == {"2025-01-07"}
    first, second = (records[f"listing/yangtze-memory-technologies-co-ltd/{spell}"] for spell in (1, 2))
    assert (first["start"], first["end"]) == ({"2024-01-31"}, {"2026-02-17"})
    assert second["start"] == {"2026-06-08"}
    assert "end" not in second


def test_a_renamed_organization_keeps_its_listing(dod: Outcome) -> None:
    records = values(dod)
    optics = "phoenix-optics-company-limited"
    assert records[f"organization/{optics}"]["name"] == {"Phoenix Optics Company Limited", "Phenix Optical Company Limited"}
    assert records[f"listing/{optics}/1"]["edition"] == {"2025-01-07", "2026-06-08"}
    assert "organization/phenix-optical-company-limited" not in records


def test_names_listed_side_by_side_stay_apart(dod: Outcome) -> None:
    records = values(dod)
    group, company = "xi-an-aircraft-industry-group-co-ltd", "avic-xi-an-aircraft-industry-group-company-ltd"
    assert records[f"organization/{group}"]
    assert records[f"relation/{group}/renamed/{company}"]["to"] == {f"us_dod_1260h:organization/{company}"}


def test_names_are_clean(dod: Outcome) -> None:
    names = {name for key, row in values(dod).items() if key.startswith("organization/") for name in row["name"]}
    assert not [name for name in names if name.endswith("*")]
    assert {name for name in names if name.endswith(")")} == {"China Communications Construction Group (Limited)"}
    sugon = values(dod)["organization/dawning-information-industry-co-ltd"]
    assert (sugon["name"], sugon["alias"]) == ({"Dawning Information Industry Co., Ltd."}, {"Sugon"})
    assert values(dod)["organization/beijing-zhidao-chuangyu-information-technology-co-ltd"]["alias"] == {
        "Knownsec",
        "Beijing Knownsec",
    }


def test_parents_are_listed_organizations(dod: Outcome) -> None:
    records = values(dod)
    parents = {next(iter(row["to"])) for key, row in records.items() if "/parent/" in key}
    organizations = {f"us_dod_1260h:{key}" for key in records if key.startswith("organization/")}
    assert parents <= organizations
    casic = "us_dod_1260h:organization/china-aerospace-science-and-industry-corporation-limited"
    assert records["relation/aisino-corporation/parent/china-aerospace-science-and-industry-corporation-limited"]["to"] == {casic}


def test_rows_out_of_the_order_of_editions_are_problems(content: Catalogue, tmp_path: Path) -> None:
    with (edition(content, "us_dod_1260h") / DOD).open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    huawei = [row for row in rows if row[1] == "Huawei Technologies Co., Ltd."]
    with (tmp_path / DOD).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([rows[0], huawei[1], huawei[0]])
    problems = import_folder(content, "us_dod_1260h", tmp_path).report.problems
    assert [problem.locator for problem in problems] == ["row=3;col=Start date"]


def test_a_refused_row_ends_no_listing_and_changes_no_name(content: Catalogue, tmp_path: Path) -> None:
    """The second row would rename the first row's company and end its listing, but it is refused."""
    with (edition(content, "us_dod_1260h") / DOD).open(newline="", encoding="utf-8") as file:
        header = next(csv.reader(file))
    plain = dict.fromkeys(header, "") | {"Name": "Larch Ltd.", "Clean Name": "Larch Ltd.", "Start date": "2021-06-03"}
    renamed = {
        **plain,
        "Clean Name": "Spruce Ltd.",
        "Previous Name": "Larch Ltd.",
        "Start date": "2022-01-01",
        "End date": "soon",
    }
    later = [{**plain, "Start date": "2023-01-01"}, {**plain, "Clean Name": "Spruce Ltd.", "Start date": "2023-01-01"}]
    with (tmp_path / DOD).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows([plain, renamed, *later])
    outcome = import_folder(content, "us_dod_1260h", tmp_path)
    assert [problem.locator for problem in outcome.report.problems] == ["row=3;col=End date"]
    records = values(outcome)
    assert {key for key in records if key.startswith("listing/")} == {"listing/larch-ltd/1", "listing/spruce-ltd/1"}
    assert records["listing/larch-ltd/1"]["edition"] == {"2021-06-03", "2023-01-01"}


def test_names_in_sentences(content: Catalogue) -> None:
    outcome = import_folder(content, "us_fcc_covered", edition(content, "us_fcc_covered"), complete=True)
    assert outcome.report.out_of_scope == {"class-of-goods": 4}
    assert outcome.report.imported == 12
    records = values(outcome)
    assert {name for key, row in records.items() if key.startswith("organization/") for name in row["name"]} == {
        "AO Kaspersky Lab",
        "China Mobile International USA Inc.",
        "China Telecom (Americas) Corp.",
        "China Unicom (Americas) Operations Limited",
        "ComNet (USA) LLC",
        "Dahua Technology Company",
        "Digitalsystem Technology Inc.",
        "Hangzhou Hikvision Digital Technology Company",
        "Huawei Technologies Company",
        "Hytera Communications Corporation",
        "Kaspersky Lab, Inc.",
        "Pacific Networks Corp",
        "ZTE Corporation",
    }
    assert all(claim.basis == "coded" for claim in outcome.claims if claim.property == "name")
    assert records["listing/comnet-usa-llc"]["start"] == records["listing/pacific-networks-corp"]["start"] == {"2022-09-20"}
    assert records["relation/comnet-usa-llc/parent/pacific-networks-corp"]["kind"] == {"parent"}


def test_a_sentence_that_no_rule_reads_is_a_problem(content: Catalogue, tmp_path: Path) -> None:
    with (tmp_path / FCC).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [
                ["covered_equipment_or_services", "date_of_inclusion_on_covered_list"],
                ["Cameras of Example Company.", "March 12, 2021"],
                ["Cameras produced by Example Company, including services.", "12.3.2021"],
                ["Cameras produced by Example Company, including services.", "March 12, 2021"],
            ]
        )
    report = import_folder(content, "us_fcc_covered", tmp_path).report
    assert report.imported == 1
    assert [problem.locator for problem in report.problems] == [
        "row=2;col=covered_equipment_or_services",
        "row=3;col=date_of_inclusion_on_covered_list",
    ]


@pytest.mark.data
@pytest.mark.parametrize("slug", ["us_dod_1260h", "us_fcc_covered"])
def test_complete_data_and_edition_give_the_same_claims(content: Catalogue, data: Path, slug: str) -> None:
    outcome = import_folder(content, slug, data, complete=True)
    assert outcome.report.problems == []
    assert outcome.claims == import_folder(content, slug, edition(content, slug)).claims
