"""Blocklists become observations, and every line is accounted for. Broken files are refused in one line."""

import gzip
import io
import lzma
import tarfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.importing.blocklists import domain_mask
from overt.importing.errors import FileProblem
from overt.importing.folder_import_without_archive import folder_files, import_folder
from overt.importing.readers import domain_lists, read_places
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, ValueProblem
from overt.model.values.domain_names import MAX_DOMAIN_LENGTH, canonical_domain
from tests.importing.blocklist_files import NATIONAL, list_bytes, make_archive, write_daily, write_mechanisms

DAILY, MECHANISMS = "gfw_report_daily", "gfw_report_mechanisms"
ARCHIVE = "sp25-daily-sni-lists.tar.xz"
LIST = list_bytes(["a.example"])
DAY = "censored-sni-california_2024-01-01.txt"


def mechanisms(content: Catalogue, folder: Path, **lists: list[str] | bytes) -> Outcome:
    return import_folder(content, MECHANISMS, write_mechanisms(folder, **lists))


def domains(outcome: Outcome, series: str) -> list[str]:
    assert outcome.observations is not None
    rows = outcome.observations.episodes.to_pylist()
    return [row["domain"] for row in rows if row["series"] == series]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("# a remark", "'# a remark' is not a domain name"),
        ("localhost", "'localhost' is not a domain name"),
        ("192.0.2.1", "'192.0.2.1' is not a domain name"),
        ("two..dots.example", "'two..dots.example' is not a domain name"),
        ("bücher.example", "is not a domain name"),
        ("example.com ", "is not a domain name"),
        (f"{'a' * 64}.example", "is not a domain name"),
        (f"{'a.' * 124}example", "is not a domain name"),
        ("b.example", "'b.example' is on the list twice"),
        ("B.Example", "'b.example' is on the list twice"),
    ],
)
def test_an_invalid_line_is_a_problem_with_its_place(content: Catalogue, tmp_path: Path, line: str, why: str) -> None:
    report = mechanisms(content, tmp_path, dns=["a.example", "", "b.example", line, "c.example"]).report
    assert (report.rows_read, report.imported, len(report.problems)) == (7, 6, 1)
    problem = report.problems[0]
    assert (problem.file, problem.locator) == ("dns-blocklist.txt.xz", "line=4")
    assert why in problem.message


_LABELS = st.one_of(st.text("ab1-_A \n\xfc", max_size=5), st.sampled_from(["a" * 63, "a" * 64, "a-" * 31, "1" * 63]))


@pytest.mark.slow
@given(st.lists(_LABELS, max_size=6).map(".".join))
def test_a_column_of_names_is_checked_like_single_names(text: str) -> None:
    try:
        canonical = canonical_domain(text) == text
    except ValueProblem:
        canonical = False
    assert domain_mask(pa.array([text.encode()], pa.binary()))[0] == (canonical and "." in text)


def test_a_column_of_long_names_is_checked_like_single_names() -> None:
    names = [f"{'a' * over}.{'b.' * 124}org" for over in range(1, 8)]
    mask = domain_mask(pa.array([name.encode() for name in names], pa.binary())).tolist()
    assert mask == [len(name) <= MAX_DOMAIN_LENGTH for name in names]
    assert set(mask) == {True, False}


def test_invalid_lines_are_in_no_observation(content: Catalogue, tmp_path: Path) -> None:
    outcome = mechanisms(content, tmp_path, dns=["c.example", "\x00", "a.example", "c.example"])
    assert domains(outcome, "dns") == ["a.example", "c.example"]
    assert outcome.observations is not None
    assert outcome.observations.lists.to_pylist()[0]["names"] == 2


@pytest.mark.parametrize("name", ["-m.example.com", "_dmarc.example.com", "xn--bcher-kva.example", "a.b.c.d.example.xn--p1ai"])
def test_unusual_names_are_valid(content: Catalogue, tmp_path: Path, name: str) -> None:
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
def test_lists_in_other_encodings_and_compressions(content: Catalogue, tmp_path: Path, data: bytes) -> None:
    outcome = mechanisms(content, tmp_path, dns=data)
    assert (domains(outcome, "dns"), outcome.report.problems) == (["a.example", "b.example"], [])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the list is empty; download it again"),
        (lzma.compress(b"a.example\n" * 1000)[:-20], "the xz data are cut short; download it again"),
        (b"\xfd7zXZ\x00nothing", "the xz data are"),
        (b"<!DOCTYPE html><html>", "this is a web page, not a list of names"),
        (b"\n".join(b"line %d of a book" % number for number in range(2_000)), "more than 1,000 lines are problems"),
        (make_archive({DAY: LIST}), "it is an archive, but should be one list"),
    ],
    ids=["empty", "cut", "broken", "web page", "no list", "archive"],
)
def test_a_file_that_is_not_a_list_is_refused_in_one_line(content: Catalogue, tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(FileProblem) as caught:
        mechanisms(content, tmp_path, dns=data)
    assert "\n" not in str(caught.value)
    assert "dns-blocklist.txt.xz" in str(caught.value) and why in str(caught.value)


def test_a_bomb_is_refused(content: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"dns-blocklist\.txt\.xz.*refused as a decompression bomb"):
        mechanisms(content, tmp_path, dns=lzma.compress(b"a" * 70_000_000))


def archive_with_link() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo("censored-sni-california_2024-01-01.txt")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    return lzma.compress(buffer.getvalue())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (make_archive({"notes.txt": LIST}), "notes.txt: does not have the name of a daily list"),
        (make_archive({"censored-sni-california_2024-02-30.txt": LIST}), "is of '2024-02-30', which is not a date"),
        (make_archive({DAY: LIST, f"again/{DAY}": LIST}), f"again/{DAY} and {DAY} are both lists of 'national' of the same day"),
        (make_archive({DAY: b""}), f"{DAY}: the list is empty"),
        (make_archive({}), "there is no list in it"),
        (archive_with_link(), "is neither a file nor a folder"),
        (lzma.compress(LIST * 2000), "it is not a tar archive"),
        (make_archive({DAY: LIST * 100})[:-30], "data are cut short"),
    ],
    ids=["other name", "no day", "twice", "empty list", "empty archive", "link", "no archive", "cut"],
)
def test_a_wrong_archive_is_refused(content: Catalogue, tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / ARCHIVE).write_bytes(data)
    with pytest.raises(FileProblem) as caught:
        import_folder(content, DAILY, tmp_path)
    assert ARCHIVE in str(caught.value) and why in str(caught.value)


def test_an_archive_that_unpacks_to_too_much_is_refused(
    content: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(domain_lists, "MAX_BYTES", 5_000)
    with pytest.raises(FileProblem, match="refused as a decompression bomb"):
        import_folder(content, DAILY, write_daily(tmp_path, {NATIONAL: {"2024-01-01": [f"{n}.example" for n in range(1_000)]}}))


def test_the_order_of_members_changes_nothing(content: Catalogue, tmp_path: Path) -> None:
    lists = {"2024-01-01": ["b.example", "a.example"], "2024-01-02": ["a.example"], "2024-01-04": ["c.example", "b.example"]}
    first = import_folder(content, DAILY, write_daily(tmp_path / "a", {NATIONAL: lists})).observations
    reversed_lists = {day: list(reversed(lists[day])) for day in reversed(lists)}
    second = import_folder(content, DAILY, write_daily(tmp_path / "b", {NATIONAL: reversed_lists})).observations
    assert first is not None and second is not None
    assert first.episodes.drop_columns("capture").equals(second.episodes.drop_columns("capture"))


@pytest.fixture
def platforms(tmp_path: Path) -> Catalogue:
    """Content with one platform that has two invented domains."""
    (tmp_path / "vocab").mkdir()
    (tmp_path / "vocab" / "platforms.yml").write_text(
        "name: platforms\ntitle: P\ndescription: D\nterms:\n"
        "  - {id: alder, label: A, label_zh: 甲, definition: D, domains: [alder.example, al.example]}\n",
        encoding="utf-8",
    )
    return Catalogue(tmp_path)


def test_only_platforms_have_records_and_each_has_its_places(platforms: Catalogue, tmp_path: Path) -> None:
    days = {
        "2024-01-01": ["birch.example", "alder.example"],
        "2024-01-02": ["alder.example", "www.alder.example"],
        "2024-01-03": ["al.example"],
        "2024-01-09": ["alder.example"],
    }
    folder = write_daily(tmp_path / "in", {NATIONAL: days})
    outcome = import_folder(platforms, DAILY, folder)
    values = {(claim.record.partition(":")[2], claim.property): claim.value for claim in outcome.claims}
    first, second, other = (
        "national/alder.example/2024-01-01",
        "national/alder.example/2024-01-09",
        "national/al.example/2024-01-03",
    )
    assert {record for record, _ in values} == {first, second, other}
    assert (values[first, "start"], values[first, "end"]) == ("../2024-01-01", "2024-01-02")
    assert (values[other, "start"], values[other, "end"]) == ("2024-01-03", "2024-01-03/2024-01-08")
    assert (values[second, "start"], values[second, "end"]) == ("2024-01-04/2024-01-09", "2024-01-09/..")
    assert {values[first, name] for name in ("platform", "country", "kind", "protocol")} == {"alder", "CN", "blocking", "https"}
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


def test_an_unknown_series_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "atlas" / "sources" / "toy"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(
        "title: T\npublisher: P\naddress: https://example.org/\nlicence: CC0\nattribution: A\nreuse: open\ncovers: C\n"
        "not_covered: N\nrecords: {}\nfiles: {list: {patterns: [list.txt], format: names}}\n",
        encoding="utf-8",
    )
    (folder / "importer.py").write_text(
        'def run(ctx):\n    for domain_list in ctx.lists("list"):\n        ctx.observe(domain_list, "other")\n', encoding="utf-8"
    )
    (tmp_path / "list.txt").write_text("a.example\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"toy: `series:` of source.yml has no 'other'"):
        import_folder(Catalogue(tmp_path / "atlas"), "toy", tmp_path)
