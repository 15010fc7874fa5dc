"""Lists of blocked names become observations, every line accounted for; what is broken is one line that says where."""

import gzip
import io
import lzma
import tarfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.importing.golden import folder_files, run_folder
from overt.importing.observed import are_domains
from overt.importing.problems import FileProblem
from overt.importing.readers import names, read_places
from overt.importing.runner import Outcome
from overt.model.content import Catalogue
from overt.model.errors import ContentError, ValueProblem
from overt.model.values.domain_names import MAX_DOMAIN_LENGTH, canonical_domain
from tests.importing.lists import NATIONAL, archive_of, text_of, write_daily, write_mechanisms

DAILY, MECHANISMS = "gfw_report_daily", "gfw_report_mechanisms"
ARCHIVE = "sp25-daily-sni-lists.tar.xz"
LIST = text_of(["a.example"])
DAY = "censored-sni-california_2024-01-01.txt"


def mechanisms(content: Catalogue, folder: Path, **lists: list[str] | bytes) -> Outcome:
    return run_folder(content, MECHANISMS, write_mechanisms(folder, **lists))


def domains(outcome: Outcome, series: str) -> list[str]:
    assert outcome.observations is not None
    rows = outcome.observations.episodes.to_pylist()
    return [row["domain"] for row in rows if row["series"] == series]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("# a remark", "'# a remark' is no domain name"),
        ("localhost", "'localhost' is no domain name"),
        ("192.0.2.1", "'192.0.2.1' is no domain name"),
        ("two..dots.example", "'two..dots.example' is no domain name"),
        ("bücher.example", "is no domain name"),
        ("example.com ", "is no domain name"),
        (f"{'a' * 64}.example", "is no domain name"),
        (f"{'a.' * 124}example", "is no domain name"),
        ("b.example", "'b.example' stands on the list twice"),
        ("B.Example", "'b.example' stands on the list twice"),
    ],
)
def test_a_line_that_is_no_name_is_a_problem_with_its_place(content: Catalogue, tmp_path: Path, line: str, why: str) -> None:
    report = mechanisms(content, tmp_path, dns=["a.example", "", "b.example", line, "c.example"]).report
    assert (report.rows_read, report.imported, len(report.problems)) == (7, 6, 1)
    problem = report.problems[0]
    assert (problem.file, problem.locator) == ("dns-blocklist.txt.xz", "line=4")
    assert why in problem.message


_LABELS = st.one_of(st.text("ab1-_A \n\xfc", max_size=5), st.sampled_from(["a" * 63, "a" * 64, "a-" * 31, "1" * 63]))


@given(st.lists(_LABELS, max_size=6).map(".".join))
def test_a_column_of_names_is_judged_as_each_of_them_is(text: str) -> None:
    try:
        canonical = canonical_domain(text) == text
    except ValueProblem:
        canonical = False
    assert are_domains(pa.array([text.encode()], pa.binary()))[0] == (canonical and "." in text)


def test_a_column_of_long_names_is_judged_as_each_of_them_is() -> None:
    names = [f"{'a' * over}.{'b.' * 124}org" for over in range(1, 8)]
    judged = are_domains(pa.array([name.encode() for name in names], pa.binary())).tolist()
    assert judged == [len(name) <= MAX_DOMAIN_LENGTH for name in names]
    assert set(judged) == {True, False}


def test_what_is_left_out_is_in_no_observation(content: Catalogue, tmp_path: Path) -> None:
    outcome = mechanisms(content, tmp_path, dns=["c.example", "\x00", "a.example", "c.example"])
    assert domains(outcome, "dns") == ["a.example", "c.example"]
    assert outcome.observations is not None
    assert outcome.observations.lists.to_pylist()[0]["names"] == 2


@pytest.mark.parametrize("name", ["-m.example.com", "_dmarc.example.com", "xn--bcher-kva.example", "a.b.c.d.example.xn--p1ai"])
def test_names_that_are_measured_are_names(content: Catalogue, tmp_path: Path, name: str) -> None:
    outcome = mechanisms(content, tmp_path, dns=[name])
    assert (domains(outcome, "dns"), outcome.report.problems) == ([name], [])


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfa.example\r\nb.example\r\n",
        b"a.example\nb.example",
        gzip.compress(b"b.example\na.example\n"),
        lzma.compress(b"\nA.EXAMPLE\n\nb.example\n"),
    ],
    ids=["dos", "no last line end", "gzip", "xz, capitals and empty lines"],
)
def test_a_list_may_be_written_in_other_ways(content: Catalogue, tmp_path: Path, data: bytes) -> None:
    outcome = mechanisms(content, tmp_path, dns=data)
    assert (domains(outcome, "dns"), outcome.report.problems) == (["a.example", "b.example"], [])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the list is empty; get it again"),
        (lzma.compress(b"a.example\n" * 1000)[:-20], "the xz data are cut short; get it again"),
        (b"\xfd7zXZ\x00nothing", "the xz data are"),
        (b"<!DOCTYPE html><html>", "this is a web page, not a list of names"),
        (b"\n".join(b"line %d of a book" % number for number in range(2_000)), "more than 1,000 lines are problems"),
        (lzma.compress(b"a" * 70_000_000), "refused as a bomb"),
        (archive_of({DAY: LIST}), "it is an archive, and should be one list"),
    ],
    ids=["empty", "cut", "broken", "web page", "no list", "bomb", "archive"],
)
def test_a_file_that_is_no_list_is_refused_in_one_line(content: Catalogue, tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(FileProblem) as refused:
        mechanisms(content, tmp_path, dns=data)
    assert "\n" not in str(refused.value)
    assert "dns-blocklist.txt.xz" in str(refused.value) and why in str(refused.value)


def linked() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo("censored-sni-california_2024-01-01.txt")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    return lzma.compress(buffer.getvalue())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (archive_of({"notes.txt": LIST}), "notes.txt: is no daily list by its name"),
        (archive_of({"censored-sni-california_2024-02-30.txt": LIST}), "is of '2024-02-30', which is no day"),
        (archive_of({DAY: LIST, f"again/{DAY}": LIST}), f"again/{DAY} and {DAY} are both lists of 'national' of the same day"),
        (archive_of({DAY: b""}), f"{DAY}: the list is empty"),
        (archive_of({}), "there is no list in it"),
        (linked(), "is neither a file nor a folder"),
        (lzma.compress(LIST * 2000), "it is no tar archive"),
        (archive_of({DAY: LIST * 100})[:-30], "data are cut short"),
    ],
    ids=["other name", "no day", "twice", "empty list", "empty archive", "link", "no archive", "cut"],
)
def test_an_archive_that_is_not_what_it_should_be_is_refused(content: Catalogue, tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / ARCHIVE).write_bytes(data)
    with pytest.raises(FileProblem) as refused:
        run_folder(content, DAILY, tmp_path)
    assert ARCHIVE in str(refused.value) and why in str(refused.value)


def test_an_archive_that_unpacks_to_too_much_is_given_up(
    content: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "LARGEST", 5_000)
    with pytest.raises(FileProblem, match="refused as a bomb"):
        run_folder(content, DAILY, write_daily(tmp_path, {NATIONAL: {"2024-01-01": [f"{n}.example" for n in range(1_000)]}}))


def test_an_order_of_members_that_is_not_that_of_days_changes_nothing(content: Catalogue, tmp_path: Path) -> None:
    lists = {"2024-01-01": ["b.example", "a.example"], "2024-01-02": ["a.example"], "2024-01-04": ["c.example", "b.example"]}
    one = run_folder(content, DAILY, write_daily(tmp_path / "a", {NATIONAL: lists})).observations
    turned = {day: list(reversed(lists[day])) for day in reversed(lists)}
    other = run_folder(content, DAILY, write_daily(tmp_path / "b", {NATIONAL: turned})).observations
    assert one is not None and other is not None
    assert one.episodes.drop_columns("capture").equals(other.episodes.drop_columns("capture"))


@pytest.fixture
def platforms(tmp_path: Path) -> Catalogue:
    """Content with one platform, of two invented domains."""
    (tmp_path / "vocab").mkdir()
    (tmp_path / "vocab" / "platforms.yml").write_text(
        "name: platforms\ntitle: P\ndescription: D\nterms:\n"
        "  - {id: alder, label: A, label_zh: 甲, definition: D, domains: [alder.example, al.example]}\n",
        encoding="utf-8",
    )
    return Catalogue(tmp_path)


def test_only_listed_platforms_have_records_and_each_says_where_it_stands(platforms: Catalogue, tmp_path: Path) -> None:
    days = {
        "2024-01-01": ["birch.example", "alder.example"],
        "2024-01-02": ["alder.example", "www.alder.example"],
        "2024-01-03": ["al.example"],
        "2024-01-09": ["alder.example"],
    }
    folder = write_daily(tmp_path / "in", {NATIONAL: days})
    outcome = run_folder(platforms, DAILY, folder)
    said = {(claim.record.partition(":")[2], claim.property): claim.value for claim in outcome.claims}
    first, second, other = (
        "national/alder.example/2024-01-01",
        "national/alder.example/2024-01-09",
        "national/al.example/2024-01-03",
    )
    assert {record for record, _ in said} == {first, second, other}
    assert (said[first, "start"], said[first, "end"]) == ("../2024-01-01", "2024-01-02")
    assert (said[other, "start"], said[other, "end"]) == ("2024-01-03", "2024-01-03/2024-01-08")
    assert (said[second, "start"], said[second, "end"]) == ("2024-01-04/2024-01-09", "2024-01-09/..")
    assert {said[first, name] for name in ("platform", "country", "kind", "protocol")} == {"alder", "CN", "blocking", "https"}
    assert {(claim.basis, claim.rule) for claim in outcome.claims} == {("computed", "listed-days@1")}
    places = {
        place.locator
        for place in outcome.evidence
        if place.claim_id in {c.id for c in outcome.claims if c.record.endswith(first)}
    }
    assert places == {
        "member=censored-sni-california_2024-01-01.txt;line=2",
        "member=censored-sni-california_2024-01-02.txt;line=1",
    }
    file = folder_files(platforms, DAILY, folder)["daily"][0]
    read = read_places(file, platforms.sources[DAILY].files["daily"], {place.locator for place in outcome.evidence})
    assert read == {place.locator: place.excerpt for place in outcome.evidence}
    assert read_places(file, platforms.sources[DAILY].files["daily"], {"line=1", "member=x;line=1", "row=2"}) == {}


def test_an_importer_names_a_series_that_there_is(tmp_path: Path) -> None:
    folder = tmp_path / "atlas" / "sources" / "toy"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(
        "title: T\npublisher: P\naddress: https://example.org/\nlicence: CC0\nattribution: A\nreuse: open\ncovers: C\n"
        "not_covered: N\nrecords: {}\nfiles: {list: {patterns: [list.txt], format: names}}\n",
        encoding="utf-8",
    )
    (folder / "importer.py").write_text(
        'def run(ctx):\n    for listed in ctx.lists("list"):\n        ctx.observe(listed, "one")\n', encoding="utf-8"
    )
    (tmp_path / "list.txt").write_text("a.example\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"toy: `series:` of source.yml has no 'one'"):
        run_folder(Catalogue(tmp_path / "atlas"), "toy", tmp_path)
