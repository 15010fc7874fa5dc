"""The shutdown tracker: one record a shutdown and country, whatever years it is counted in; nobody's words, nobody's name."""

from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from overt.importing.golden import run_folder
from overt.importing.problems import FileProblem
from overt.importing.runner import Outcome
from overt.model.content import Catalogue

SLUG = "access_now_keepiton"
Values = dict[str, dict[str, set[str]]]


def sample(content: Catalogue) -> Path:
    return Path(str(content.source_folders[SLUG])) / "sample"


def values(outcome: Outcome) -> Values:
    held: Values = defaultdict(lambda: defaultdict(set))
    for claim in outcome.claims:
        held[claim.record.partition(":")[2]][claim.property].add(claim.value)
    return held


def test_a_shutdown_that_is_counted_again_is_one(content: Catalogue) -> None:
    held = values(run_folder(content, SLUG, sample(content)))
    [grindr] = [said for key, said in held.items() if key.startswith("TR/")]
    assert grindr["counted"] == {"2020", "2021", "2022"}
    assert (grindr["start"], grindr["end"], grindr["kind"]) == ({"2020-01-10"}, {"2022-06-01"}, {"blocking"})
    assert (grindr["platform"], grindr["service"]) == ({"grindr"}, {"Grindr"})


def test_what_was_cut_decides_what_kind_it_is(content: Catalogue) -> None:
    held = values(run_folder(content, SLUG, sample(content)))
    kinds = {key.split("/")[0]: said["kind"] for key, said in held.items() if not key.startswith("IN/2023-02-01/cedar")}
    assert kinds["KE"] == {"shutdown"} and kinds["LA"] == kinds["MM"] == {"throttling"} and kinds["UA"] == set()
    [both] = [said for key, said in held.items() if key.startswith("IN/2023-02-01/cedar")]
    assert both["kind"] == {"shutdown", "blocking", "throttling"}
    assert both["platform"] == {"facebook", "x", "youtube", "viber"}, "what is said in other words is kept as words alone"


def test_dates_say_no_more_than_the_source(content: Catalogue) -> None:
    held = values(run_folder(content, SLUG, sample(content)))
    starts = {key.split("/")[0]: said["start"] for key, said in held.items()}
    assert starts["LA"] == {"2022-05-01~"}, "an estimate is about that day"
    [slip] = [said for key, said in held.items() if key.startswith("IN/2023-02-01/birch")]
    assert (slip["start"], slip["end"]) == ({"2023-02-01"}, set()), "an end before the beginning is not taken"


def test_nobody_is_named(content: Catalogue) -> None:
    outcome = run_folder(content, SLUG, sample(content))
    assert "A. Person" in str(pq.read_table(next(sample(content).glob("*.parquet"))).to_pylist()), "else this proves nothing"
    assert "A. Person" not in str(outcome.claims) + str(outcome.evidence)


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "not a Parquet table"), (b"PAR1 nothing PAR1", "not a Parquet table"), (b"a,b\n1,2\n", "not a Parquet table")],
    ids=["empty", "broken", "csv"],
)
def test_a_file_that_is_no_parquet_is_refused(content: Catalogue, tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "access_now.parquet").write_bytes(data)
    with pytest.raises(FileProblem, match=why) as refused:
        run_folder(content, SLUG, tmp_path)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_cut_is_refused(content: Catalogue, tmp_path: Path) -> None:
    whole = next(sample(content).glob("*.parquet")).read_bytes()
    (tmp_path / "access_now.parquet").write_bytes(whole[:-100])
    with pytest.raises(FileProblem, match="not a Parquet table that can be read"):
        run_folder(content, SLUG, tmp_path)
    damaged = bytearray(whole)
    damaged[200:600] = bytes(400)
    (tmp_path / "access_now.parquet").write_bytes(bytes(damaged))
    with pytest.raises(FileProblem, match=r"access_now\.parquet"):
        run_folder(content, SLUG, tmp_path)


@pytest.mark.data
@pytest.mark.slow
def test_the_whole_tracker(content: Catalogue, data: Path) -> None:
    outcome = run_folder(content, SLUG, data / "keepiton", whole=True)
    report = outcome.report
    assert (report.rows_read, report.imported, report.problems) == (2_102, 2_102, [])
    held = values(outcome)
    counted = sum(len(said["counted"]) for said in held.values())
    assert len(held) == 1_893 and counted >= 2_000
    persons = content.sources[SLUG].files["shutdowns"].persons
    assert not [place for place in outcome.evidence if place.locator.rpartition("=")[2] in persons]
