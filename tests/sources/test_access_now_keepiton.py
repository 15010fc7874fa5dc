"""The shutdown tracker: one record per shutdown and country, even if several years list the shutdown, and no personal names."""

from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.importing.errors import FileProblem
from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

SLUG = "access_now_keepiton"
Values = dict[str, dict[str, set[str]]]


def sample(content: Catalogue) -> Path:
    return Path(str(content.source_folders[SLUG])) / "sample"


def values(outcome: Outcome) -> Values:
    records: Values = defaultdict(lambda: defaultdict(set))
    for claim in outcome.claims:
        records[claim.record.partition(":")[2]][claim.property].add(claim.value)
    return records


def test_a_shutdown_counted_in_several_years_is_one_record(content: Catalogue) -> None:
    records = values(import_folder(content, SLUG, sample(content)))
    [grindr] = [record for key, record in records.items() if key.startswith("TR/")]
    assert grindr["counted"] == {"2020", "2021", "2022"}
    assert (grindr["start"], grindr["end"], grindr["kind"]) == ({"2020-01-10"}, {"2022-06-01"}, {"blocking"})
    assert (grindr["platform"], grindr["service"]) == ({"grindr"}, set()), "a platform is not repeated as a service"
    assert (grindr["scope"], grindr["area"]) == ({"nationwide"}, set()), "“National” and “Nationwide” are one extent and no area"


def test_the_kind_depends_on_what_was_cut(content: Catalogue) -> None:
    records = values(import_folder(content, SLUG, sample(content)))
    kinds = {key.split("/")[0]: record["kind"] for key, record in records.items() if not key.startswith("IN/2023-02-01/cedar")}
    assert kinds["KE"] == {"shutdown"} and kinds["LA"] == kinds["MM"] == {"throttling"} and kinds["UA"] == set()
    [both] = [record for key, record in records.items() if key.startswith("IN/2023-02-01/cedar")]
    assert both["kind"] == {"shutdown", "blocking", "throttling"}
    assert (both["platform"], both["service"]) == ({"facebook", "x", "youtube", "viber"}, {"vpn"})


def test_dates_are_no_more_precise_than_the_source(content: Catalogue) -> None:
    records = values(import_folder(content, SLUG, sample(content)))
    starts = {key.split("/")[0]: record["start"] for key, record in records.items()}
    assert starts["LA"] == {"2022-05-01~"}, "an estimated day is approximate"
    [restriction] = [record for key, record in records.items() if key.startswith("IN/2023-02-01/birch")]
    assert (restriction["start"], restriction["end"]) == ({"2023-02-01"}, set()), "an end before the beginning is left out"


def test_no_person_is_named(content: Catalogue) -> None:
    outcome = import_folder(content, SLUG, sample(content))
    assert "A. Person" in str(pq.read_table(next(sample(content).glob("*.parquet"))).to_pylist()), "else this proves nothing"
    assert "A. Person" not in str(outcome.claims) + str(outcome.evidence)


def test_an_unknown_service_is_a_problem(content: Catalogue, tmp_path: Path) -> None:
    table = pq.read_table(next(sample(content).glob("*.parquet")))
    rows = table.to_pylist()
    rows[0]["other_affected"] = "Alderchat"
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), tmp_path / "access_now.parquet")
    [problem] = import_folder(content, SLUG, tmp_path).report.problems
    assert problem.value == "Alderchat" and "vocab/services.yml" in problem.message


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "the file is empty"), (b"PAR1 nothing PAR1", "not a Parquet table"), (b"a,b\n1,2\n", "not a Parquet table")],
    ids=["empty", "broken", "csv"],
)
def test_a_file_that_is_not_parquet_is_refused(content: Catalogue, tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "access_now.parquet").write_bytes(data)
    with pytest.raises(FileProblem, match=why) as caught:
        import_folder(content, SLUG, tmp_path)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_cut_is_refused(content: Catalogue, tmp_path: Path) -> None:
    data_bytes = next(sample(content).glob("*.parquet")).read_bytes()
    (tmp_path / "access_now.parquet").write_bytes(data_bytes[:-100])
    with pytest.raises(FileProblem, match="not a Parquet table that can be read"):
        import_folder(content, SLUG, tmp_path)
    damaged = bytearray(data_bytes)
    damaged[200:600] = bytes(400)
    (tmp_path / "access_now.parquet").write_bytes(bytes(damaged))
    with pytest.raises(FileProblem, match=r"access_now\.parquet"):
        import_folder(content, SLUG, tmp_path)


@pytest.mark.data
@pytest.mark.ci
def test_the_complete_tracker(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, SLUG, data / "keepiton", complete=True)
    report = outcome.report
    assert (report.rows_read, report.imported, report.problems) == (2_102, 2_102, [])
    records = values(outcome)
    counted = sum(len(record["counted"]) for record in records.values())
    assert len(records) == 1_886 and counted >= 2_000
    services, platforms = content.vocabularies["services"].by_id, content.vocabularies["platforms"].by_id
    for record in records.values():
        labels = [services[term].label for term in record["service"]] + [platforms[term].label for term in record["platform"]]
        assert len(labels) == len({label.casefold() for label in labels})
        assert "nationwide" not in record["scope"] or not record["area"] & {
            "National",
            "Nationwide",
            "nationwide",
            "Entire country",
        }
    assert sum("nationwide" in record["scope"] for record in records.values()) == 384
    persons = content.sources[SLUG].files["shutdowns"].persons
    assert not [place for place in outcome.evidence if place.locator.rpartition("=")[2] in persons]
