"""Documents are read from files of every format and decoded, even if a file is broken."""

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lz4.frame
import pytest
import yaml
import zstandard

from overt.measure import stream_split_into_measurements as splitter
from overt.measure.measurement_decoder import BrokenMeasurement, decode
from overt.measure.measurement_file_reader import Document, read_documents
from overt.measure.measurement_judge import Finding, Judge
from overt.measure.verdict_rules import Rules
from overt.model.errors import UsageError
from overt.model.files import unpacking
from tests.measure.scenarios.basic_web_and_service_scenarios import scenarios
from tests.measure.scenarios.measurement_parts import PLAIN, SECURE, web

TWO = [web(SECURE), web(PLAIN)]
LINES = b"".join(json.dumps(measurement).encode() + b"\n" for measurement in TWO)
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "zst": zstandard.ZstdCompressor().compress,
    "lz4": lz4.frame.compress,
    "xz": lzma.compress,
    "bz2": bz2.compress,
}


def read(path: Path) -> list[Document]:
    return list(read_documents([str(path)]))


def inputs(path: Path) -> list[Any]:
    return [decode(document).get("input") for document in read(path)]


def problems(path: Path) -> list[str]:
    return [document.problem for document in read(path)]


@pytest.mark.parametrize(
    "data",
    [
        LINES,
        LINES.removesuffix(b"\n"),
        b"\n\n" + LINES.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + LINES,
        json.dumps(TWO).encode(),
        json.dumps(TWO, indent=2).encode(),
        b"".join(json.dumps(measurement, indent=4).encode() for measurement in TWO),
        json.dumps([TWO, []]).encode(),
    ],
    ids=["lines", "no last end", "blank lines", "mark of order", "array", "array over lines", "over lines", "array in array"],
)
def test_json_in_all_layouts(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "made").write_bytes(data)
    assert inputs(tmp_path / "made") == [SECURE, PLAIN]


@pytest.mark.parametrize("form", COMPRESSORS)
def test_compressed_files(tmp_path: Path, form: str) -> None:
    pack = COMPRESSORS[form]
    (tmp_path / "once").write_bytes(pack(LINES))
    (tmp_path / "twice").write_bytes(pack(LINES) + pack(LINES))
    assert inputs(tmp_path / "once") == [SECURE, PLAIN]
    assert inputs(tmp_path / "twice") == [SECURE, PLAIN] * 2


@pytest.mark.parametrize("form", COMPRESSORS)
def test_truncated_compressed_files(tmp_path: Path, form: str) -> None:
    data = COMPRESSORS[form](LINES * 50)
    (tmp_path / "cut").write_bytes(data[: len(data) * 2 // 3])
    assert problems(tmp_path / "cut")[-1].endswith("data are cut short")


def test_archives(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in (("a/first.json", json.dumps(TWO[0]).encode()), ("b/second.jsonl.gz", gzip.compress(LINES))):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        archive.addfile(tarfile.TarInfo("c"), None)
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    for name, pack in (("plain.tar", bytes), ("packed.tar.gz", gzip.compress), ("old.tar.lz4", lz4.frame.compress)):
        (tmp_path / name).write_bytes(pack(buffer.getvalue()))
        documents = [document for document in read(tmp_path / name) if not document.problem]
        assert [decode(document)["input"] for document in documents] == [SECURE, SECURE, PLAIN]
        assert documents[-1].file.endswith(f"{name}/b/second.jsonl.gz") and documents[-1].place == "line=2"
    (tmp_path / "cut.tar").write_bytes(buffer.getvalue()[:700])
    assert "tar archive is broken or cut short" in problems(tmp_path / "cut.tar")[-1]


def test_folders_are_read_in_the_order_of_paths(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.json", "a.json", "sub/c.json", ".hidden"):
        (tmp_path / name).write_text(json.dumps(web()))
    assert [Path(document.file).name for document in read(tmp_path)] == ["a.json", "b.json", "c.json"]


OLD_HEADER = {
    "test_name": "web_connectivity",
    "test_version": "0.1.0",
    "probe_cc": "XK",
    "probe_asn": "AS64510",
    "start_time": 1456789000.0,
}


def old_report() -> str:
    entries = [measurement["test_keys"] | {"input": measurement["input"]} for measurement in TWO]
    return "".join("---\n" + yaml.safe_dump(part) + "...\n" for part in [OLD_HEADER, *entries])


def test_old_reports_in_yaml(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(old_report())
    first, second = (decode(document) for document in read(tmp_path / "old.yaml"))
    assert (first["input"], second["input"]) == (SECURE, PLAIN)
    assert first["test_name"] == "web_connectivity" and first["test_start_time"] == "2016-02-29 23:36:40"
    assert "client_resolver" not in first["test_keys"] and first["test_keys"]["queries"]
    findings = [Judge(Rules.load()).judge(document) for document in read(tmp_path / "old.yaml")]
    assert findings[0].verdict == "ok" and findings[0].day == "2016-02-29"


def test_yaml_with_python_tags(tmp_path: Path) -> None:
    text = "test_name: !!python/unicode 'web_connectivity'\nstart_time: 2016-03-01 00:00:00\n---\ninput: !!python/tuple [a, b]\n"
    (tmp_path / "old.yaml").write_text(text)
    (document,) = read(tmp_path / "old.yaml")
    assert decode(document)["test_name"] == "web_connectivity" and decode(document)["input"] == ["a", "b"]


def test_yaml_cannot_run_code(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("test_name: x\n---\ninput: !!python/object/apply:os.system ['touch /tmp/never']\n")
    (document,) = read(tmp_path / "bad.yaml")
    with pytest.raises(BrokenMeasurement, match="not YAML"):
        decode(document)


def test_files_of_the_collector_and_answers_of_the_api(tmp_path: Path) -> None:
    uid = "20260301123000.123456_XK_webconnectivity_0123456789abcdef"
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, submission in ((uid, {"format": "json", "content": TWO[0]}), ("other", {"format": "yaml", "content": "x"})):
            data = json.dumps(submission).encode()
            member = tarfile.TarInfo(f"2026030112_XK_webconnectivity/{name}.post")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    (tmp_path / "a.tar.gz").write_bytes(buffer.getvalue())
    (tmp_path / "b.json").write_text(
        json.dumps({"measurement_uid": uid, "test_name": "web_connectivity", "raw_measurement": json.dumps(TWO[1])})
    )
    (tmp_path / "c.json").write_text(json.dumps({"format": "json", "content": [1]}))
    first, second, third, fourth = (Judge(Rules.load()).judge(document) for document in read(tmp_path))
    assert (first.verdict, first.id, first.input) == ("ok", uid, SECURE)
    assert (second.verdict, second.reason) == ("broken", "a single submission in YAML; in YAML, only whole reports are read")
    assert (third.id, third.input) == (uid, PLAIN)
    assert (fourth.verdict, fourth.reason) == ("broken", "a submission without a measurement in it")


def test_a_submission_loses_private_fields() -> None:
    submission = {"raw_measurement": json.dumps(web() | {"probe_ip": "203.0.113.77"})}
    assert "probe_ip" not in decode(Document("x", "", json.dumps(submission).encode()))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b" \n\n ", "the file is empty"),
        (b"\x00\x01\x02", "neither JSON nor a YAML report"),
        (b"hello\n", "neither JSON nor a YAML report"),
        (b"[1, 2]", "it has something that is not an object"),
        (b'"text"', "neither JSON nor a YAML report"),
        (b"test_name: x\n", "a report that has a header and no measurements"),
    ],
)
def test_files_without_a_measurement(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "made").write_bytes(data)
    assert problems(tmp_path / "made") == [problem for problem in problems(tmp_path / "made") if why in problem] != []


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (json.dumps(TWO[0]).encode()[:-20], "cut short"),
        (b'{"test_name": "a" "b"}', "not JSON"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        (b'{"a": ' + b"1" * 10_000 + b"}", "a number that is too long"),
        (b'{"a": 1}', "no test_name"),
    ],
)
def test_broken_measurements(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "made").write_bytes(data)
    judge = Judge(Rules.load())
    findings = [judge.judge(document) for document in read(tmp_path / "made")]
    assert [finding.verdict for finding in findings] == ["broken"] and why in findings[0].reason


def test_a_broken_line_does_not_affect_its_neighbours(tmp_path: Path) -> None:
    first, second = LINES.splitlines(keepends=True)
    (tmp_path / "made").write_bytes(first[:100] + b"\n" + first + b'{"x"\n' + second + second[:50])
    judge = Judge(Rules.load())
    findings = [judge.judge(document) for document in read(tmp_path / "made")]
    assert [(finding.place, finding.verdict) for finding in findings] == [
        ("line=1", "broken"),
        ("line=2", "ok"),
        ("line=3", "broken"),
        ("line=4", "ok"),
        ("line=5", "broken"),
    ]


def test_nan_and_lone_surrogates(tmp_path: Path) -> None:
    measurement = web() | {"test_runtime": float("nan"), "annotations": {"platform": "a\ud800b"}}
    (tmp_path / "made").write_text(json.dumps(measurement))
    (finding,) = [Judge(Rules.load()).judge(document) for document in read(tmp_path / "made")]
    assert finding.verdict == "ok" and finding.platform == "a?b"


def test_a_measurement_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitter, "MAX_BYTES", 40_000)
    long = json.dumps(web() | {"x": "y" * 200_000}).encode()
    for data in (LINES + long + b"\n" + LINES, json.dumps([TWO[0], json.loads(long), *TWO]).encode()):
        (tmp_path / "made").write_bytes(data)
        documents = read(tmp_path / "made")
        assert sum("longer than" in document.problem for document in documents) == 1
        assert sum(not document.problem for document in documents) in (3, 4)


def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MIN_BOMB_BYTES", 3 << 20)
    monkeypatch.setattr(unpacking, "MAX_RATIO", 50)
    for bomb in (b"\n", b" ", b"{}\n", b"[],"):
        (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"[" * (bomb == b"[],") + bomb * (8_000_000 // len(bomb))))
        assert "refused as a decompression bomb" in problems(tmp_path / "bomb.gz")[-1] or bomb == b"\n"
    (tmp_path / "good.zst").write_bytes(zstandard.compress(LINES * 5_000))
    assert (tmp_path / "good.zst").stat().st_size * 2_000 < len(LINES) * 5_000
    assert problems(tmp_path / "good.zst") == [""] * 10_000
    data = LINES
    for _ in range(6):
        data = gzip.compress(data)
    (tmp_path / "deep.gz").write_bytes(data)
    assert any("refused as a decompression bomb" in problem for problem in problems(tmp_path / "deep.gz"))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "long.jsonl.gz", "wb") as out:
        for _ in range(2_000):
            out.write(LINES)
    tracemalloc.start()
    count = sum(1 for _ in read_documents([str(tmp_path / "long.jsonl.gz")]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 4_000
    assert peak < 12 << 20 < len(LINES) * 2_000


@pytest.mark.slow
@pytest.mark.parametrize("form", COMPRESSORS)
def test_memory_does_not_grow_with_unpacked_size(tmp_path: Path, form: str) -> None:
    """In some formats, a few bytes unpack to a hundred kilobytes."""
    path = tmp_path / "bomb"
    path.write_bytes(COMPRESSORS[form](b"{" + bytes(200 << 20)))
    tracemalloc.start()
    # gz and lz4 don't compress well enough to be refused.
    assert "refused as a decompression bomb" in problems(path)[-1] or form in ("gz", "lz4")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 160 << 20


def test_missing_inputs(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no files in this folder"):
        read(tmp_path / "empty")


def test_an_unreadable_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to(tmp_path / "loop")
    (tmp_path / "b.gz").write_bytes(b"\x1f\x8bnonsense")
    (tmp_path / "c.json").write_text(json.dumps(web()))
    documents = read(tmp_path)
    assert [bool(document.problem) for document in documents] == [True, False]


def without_place(finding: Finding) -> Finding:
    return finding._replace(file="", place="", id="")


def test_scenarios_keep_their_verdict_in_any_layout(tmp_path: Path) -> None:
    judge = Judge(Rules.load())
    measurements = [measurement for measurement, _, _ in scenarios().values()]
    (tmp_path / "lines.jsonl").write_text("".join(json.dumps(measurement) + "\n" for measurement in measurements))
    (tmp_path / "array.json").write_text(json.dumps(measurements, indent=1))
    lines, array = ([judge.judge(document) for document in read(tmp_path / name)] for name in ("lines.jsonl", "array.json"))
    assert [finding.verdict for finding in lines] == [verdict for _, verdict, _ in scenarios().values()]
    assert [without_place(finding) for finding in lines] == [without_place(finding) for finding in array]


def test_names_that_are_not_utf_8(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT, encoding="latin-1") as archive:
        member = tarfile.TarInfo("m\xe9.json")
        member.size = len(LINES)
        archive.addfile(member, io.BytesIO(LINES))
    (tmp_path / "f\udcff.tar").write_bytes(buffer.getvalue())
    (tmp_path / "g\udcff.json").write_bytes(b"{")
    first, second, third = read(tmp_path)
    assert first.file == second.file == f"{tmp_path}/f\\udcff.tar/m\\udce9.json" and third.file == f"{tmp_path}/g\\udcff.json"


def _sparse(headers: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo("sparse.json")
        member.size, member.pax_headers = 512, headers
        archive.addfile(member, io.BytesIO(b'{"test_name": "' + b"a" * 497))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "headers",
    [
        {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "512"},
        {"GNU.sparse.map": "0,x", "GNU.sparse.size": "512"},
        {"GNU.sparse.map": "0,512", "GNU.sparse.size": "-"},
        {"mtime": "nan", "size": "x", "GNU.sparse.size": "1", "GNU.sparse.numblocks": "2"},
    ],
)
def test_archives_with_invalid_headers(tmp_path: Path, headers: dict[str, str]) -> None:
    (tmp_path / "a.tar").write_bytes(_sparse(headers))
    (tmp_path / "b.json").write_bytes(LINES)
    documents = read(tmp_path)
    assert [decode(document)["input"] for document in documents[-2:]] == [SECURE, PLAIN]
    assert len(documents) > 2


def test_holes_of_sparse_files_count_as_unpacked_bytes(tmp_path: Path) -> None:
    headers = {"GNU.sparse.map": "0,512", "GNU.sparse.size": str(3 << 30), "GNU.sparse.numblocks": "1", "GNU.sparse.name": "x"}
    (tmp_path / "hole.tar").write_bytes(_sparse(headers))
    assert "refused as a decompression bomb" in problems(tmp_path / "hole.tar")[-1]


_REPORT = "---\ntest_name: web_connectivity\ntest_keys:\n"


def test_sexagesimal_numbers_stay_strings() -> None:
    numbers = "  a: " + ":".join(["1"] * 100_000) + "\n  b: !!int '1:30'\n  c: 12\n  d: 1.5\n  e: 0x10\n  f: '12'\n  g: 1:30.5\n"
    keys = decode(Document("x", "", (_REPORT + numbers).encode(), yaml=True))["test_keys"]
    assert type(keys.pop("a")) is str
    assert keys == {"b": "1:30", "c": 12, "d": 1.5, "e": 16, "f": "12", "g": "1:30.5"}


@pytest.mark.parametrize(
    "keys",
    [
        f"  r: &r {{body: {'x' * 1_000_000}}}\n  requests: [{', '.join(['*r'] * 100)}]\n",
        "  a0: &a0 [x]\n" + "".join(f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)),
        "  a: &a [*a]\n",
    ],
    ids=["bodies", "laughs", "itself"],
)
def test_aliases_that_unfold_too_far(keys: str) -> None:
    with pytest.raises(BrokenMeasurement, match="unfold"):
        decode(Document("x", "", (_REPORT + keys).encode(), yaml=True))


def test_yaml_merge_keys_are_not_merged() -> None:
    keys = "  a: &a {k: v}\n  b: {<<: *a, l: w}\n"
    assert decode(Document("x", "", (_REPORT + keys).encode(), yaml=True))["test_keys"]["b"] == {"<<": {"k": "v"}, "l": "w"}


@pytest.mark.parametrize(
    "keys", ["  a: [" + "1," * 300_000 + "1]\n", "  a:\n" + "  - {b: c}\n" * 120_000], ids=["list", "mappings"]
)
def test_too_many_values_in_yaml(keys: str) -> None:
    tracemalloc.start()
    with pytest.raises(BrokenMeasurement, match="100,000 values in YAML"):
        decode(Document("x", "", (_REPORT + keys).encode(), yaml=True))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 << 20


def test_a_long_page_in_yaml_is_read() -> None:
    page = "    <p>news</p>\n" * 200_000
    keys = decode(
        Document(
            "x",
            "",
            (_REPORT + "  requests:\n  - response:\n      body: |\n" + "    " + page.replace("\n", "\n    ")).encode(),
            yaml=True,
        )
    )
    assert len(keys["test_keys"]["requests"][0]["response"]["body"]) > 2_000_000


def test_too_many_values_in_json() -> None:
    with pytest.raises(BrokenMeasurement, match="values"):
        decode(Document("x", "", b'{"a": [' + b"{}," * 1_000_001 + b"0]}"))


def test_an_open_pipe_is_read_as_it_fills(monkeypatch: pytest.MonkeyPatch) -> None:
    line = b'{"test_name": "made", "annotations": "' + b"x" * 600 + b'"}\n'
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, encoding="utf-8") as stdin, os.fdopen(write_end, "wb", buffering=0) as pipe:
        monkeypatch.setattr("sys.stdin", stdin)
        pipe.write(line * 2)
        documents = read_documents(["-"])
        assert [next(documents).place for _ in range(2)] == ["line=1", "line=2"]
        pipe.write(line)
        assert next(documents).data == line
        pipe.close()
        assert list(documents) == []
