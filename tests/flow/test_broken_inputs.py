"""A broken file is refused in one clear line, and leaves claims and releases unchanged."""

import io
import resource
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import orjson
import pytest
import yaml

from overt.importing.importers.importer_trust import trust_atlas
from overt.model.content_files import packaged_content
from overt.model.workspace import Workspace
from tests.support.command_runs import overt, overt_process
from tests.support.release_table_rows_and_file_hashes import file_hashes, query_release

CAMERAS, INDEX, CABLES = "town_cameras", "aigs_2022", "telegeography"
TABLE, WORKBOOK = "cameras_2024.csv", "AI_Global_Surveillance_Index_09Mar2022.xlsx"


def copy_source(root: Path, packaged: str, slug: str) -> Path:
    """Copy a packaged source into the workspace, without the counts of the publisher's complete files.

    Return the folder of its sample.
    """
    folder = root / "sources" / slug
    shutil.copytree(Path(str(packaged_content())) / "sources" / packaged, folder)
    spec = yaml.safe_load((folder / "source.yml").read_text(encoding="utf-8"))
    spec.pop("counts", None)
    (folder / "source.yml").write_text(yaml.safe_dump(spec, allow_unicode=True), encoding="utf-8")
    return folder / "sample"


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An atlas of three sources in three formats, released."""
    root = tmp_path_factory.mktemp("broken") / "atlas"
    trust_atlas(Workspace.create(root))
    for packaged, slug in (("_template", CAMERAS), (INDEX, INDEX), (CABLES, CABLES)):
        sample = copy_source(root, packaged, slug)
        outcome = overt("fetch", slug, "--from", sample, "--retrieved", "2026-01-01", "-w", root)
        assert outcome.code == 0, outcome
    outcome = overt("build", "-w", root)
    assert outcome.code == 0, outcome
    return root


@pytest.fixture
def root(intact: Path, tmp_path: Path) -> Path:
    shutil.copytree(intact, tmp_path / "atlas")
    return tmp_path / "atlas"


def import_refused(root: Path, slug: str, folder: Path, *, command: str = "import") -> str:
    """Fetch and import a broken snapshot. Return the only line of its error, after checking that nothing else has changed.

    After `overt import`, only `overt verify --quick` runs; after `overt build`, the full verification.
    """
    before = {name: file_hashes(root / name) for name in ("claims", "resolved", "releases")}
    fetched = overt("fetch", slug, "--from", folder, "--retrieved", "2026-01-02", "-w", root)
    assert fetched.code == 0, fetched
    outcome = overt(command, *([slug] if command == "import" else []), "-w", root)
    assert outcome.code in (1, 2)
    assert outcome.errors, outcome
    assert {name: file_hashes(root / name) for name in before} == before
    assert not list(root.rglob(".tmp-*"))
    assert overt("verify", *(["--quick"] if command == "import" else []), "-w", root).code == 0
    if command == "import":
        assert all(line.endswith("(unchanged)") for line in outcome.out.splitlines())
        assert outcome.err.splitlines() == outcome.errors, "there is only the error"
    [line] = outcome.errors
    return line


def only_release(root: Path) -> Path:
    """Return the folder of the only release."""
    [folder] = [path for path in (root / "releases").iterdir() if path.is_dir()]
    return folder


def table_text(root: Path) -> str:
    return (root / "sources" / CAMERAS / "sample" / TABLE).read_text(encoding="utf-8")


def cameras(change: Callable[[str], str | bytes]) -> Callable[[Path], dict[str, bytes]]:
    """Return a function that makes the table of cameras, broken by `change`."""

    def make(root: Path) -> dict[str, bytes]:
        data = change(table_text(root))
        return {TABLE: data.encode() if isinstance(data, str) else data}

    return make


def swap(old: str, new: str) -> Callable[[Path], dict[str, bytes]]:
    def change(text: str) -> str:
        assert text.count(old) == 1, old
        return text.replace(old, new)

    return cameras(change)


def without_last_columns(text: str) -> str:
    return "".join(f"{line.rsplit(',', 2)[0]}\n" for line in text.splitlines()[:3])


def with_a_price(text: str) -> str:
    return "".join(f"{line},{'Price' if line.startswith('Id') else '9'}\n" for line in text.splitlines())


BROKEN_TABLES = {
    "cut off in a row": (cameras(lambda text: text[: text.index("2023-07")]), ["row=10", "cut off"]),
    "cut off in a quote": (cameras(lambda text: text[: text.index("two steps")]), ["row=5", "cut off"]),
    "another encoding": (
        cameras(lambda text: text.replace("ı", "i").replace("ş", "s").encode("latin-1")),
        ["line 4", "not utf-8 text", "save it as utf-8"],
    ),
    "UTF-16": (cameras(lambda text: text.encode("utf-16")), ["line 1", "utf-8"]),
    "renamed column": (
        swap("Ordered,State", "Date ordered,State"),
        ["'Ordered' (is it 'Date ordered'?) is missing", "write its new name in source.yml"],
    ),
    "missing column": (cameras(without_last_columns), ["'Remarks' is missing"]),
    "new column": (cameras(with_a_price), ["row=2", "'Price' is neither used nor ignored", "source.yml"]),
    "unknown status": (
        swap("2019-05-17,in use", "2019-05-17,dreamt of"),
        ["row=2;col=State", "'dreamt of'", "lookups: state", "source.yml"],
    ),
    "unknown country": (swap("Lao PDR", "Narnia"), ["row=7;col=Country", "'Narnia'", "areas.yml"]),
    "impossible date": (swap("2019-05-17", "2019-02-30"), ["row=2;col=Ordered", "'2019-02-30' is not a date", "write 2019"]),
    "impossible year": (swap("2008", "0208"), ["row=5;col=Ordered", "'0208' is not a"]),
    "date in another order": (swap("2019-05-17", "17/05/2019"), ["row=2;col=Ordered", "'17/05/2019' is not a date"]),
    "swapped coordinates": (swap("39.66,-4.05", "-4.05,39.66"), ["row=2", "outside of Kenya", "swapped"]),
    "latitude beyond the pole": (swap("39.66,-4.05", "39.66,-94.05"), ["row=2;col=Longitude", "beyond the poles"]),
    "longitude beyond 180": (swap("39.66,-4.05", "396.6,-4.05"), ["row=2;col=Longitude", "beyond ±180"]),
    "coordinates in words": (swap("39.66,-4.05", "east,-4.05"), ["row=2;col=Longitude", "not a number"]),
    "decimal comma": (swap("39.66,-4.05", '"39,66",-4.05'), ["row=2;col=Longitude"]),
    "empty file": (cameras(lambda text: ""), ["the file is empty", "download it again"]),
    "only a header": (cameras(lambda text: text.splitlines()[0] + "\n"), ["no row", "right file?"]),
    "web page": (cameras(lambda text: "<!DOCTYPE html>\n<html><body>Please log in</body></html>\n"), ["web page", "refused?"]),
    "workbook with the name of a table": (cameras(lambda text: b"PK\x03\x04" + bytes(100)), ["zip archive"]),
    "duplicate id": (swap("TC-2,", "TC-1,"), ["row=3", "duplicate id: town_cameras:TC-1", "row=2"]),
    "no id": (swap("TC-2,", ","), ["row=3;col=Id"]),
    "missing name": (swap("Harbour cameras", ""), ["town_cameras:TC-1", "no name"]),
    "duplicate column": (swap("Contact,Remarks", "Remarks,Remarks"), ["two columns 'Remarks'"]),
}


@pytest.mark.slow(after=6)
@pytest.mark.parametrize("case", BROKEN_TABLES)
def test_a_broken_table_is_refused(root: Path, tmp_path: Path, case: str) -> None:
    make, words = BROKEN_TABLES[case]
    folder = tmp_path / "drop"
    folder.mkdir()
    for name, data in make(root).items():
        (folder / name).write_bytes(data)
    line = import_refused(root, CAMERAS, folder)
    assert line.startswith(f"overt: {CAMERAS}: "), line
    assert TABLE in line or case == "missing name", line
    for word in words:
        assert word in line, (word, line)


def bomb(root: Path) -> bytes:
    packed = io.BytesIO((root / "sources" / INDEX / "sample" / WORKBOOK).read_bytes())
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/large.bin", bytes(300_000_000))
    return packed.getvalue()


def workbook(change: Callable[[openpyxl.Workbook], None]) -> Callable[[Path], bytes]:
    def make(root: Path) -> bytes:
        book = openpyxl.load_workbook(root / "sources" / INDEX / "sample" / WORKBOOK)
        change(book)
        saved = io.BytesIO()
        book.save(saved)
        return saved.getvalue()

    return make


def rename_sheet(book: openpyxl.Workbook) -> None:
    book.worksheets[0].title = "Index"


def rename_column(book: openpyxl.Workbook) -> None:
    [cell] = [cell for cell in book.worksheets[0][1] if cell.value == "Country"]
    cell.value = "Countries"


BROKEN_WORKBOOKS = {
    "bomb": (bomb, ["unpacks to", "bomb"]),
    "web page": (lambda root: b"<html><body>Not found</body></html>", ["web page", "refused?"]),
    "cut off": (
        lambda root: (root / "sources" / INDEX / "sample" / WORKBOOK).read_bytes()[:4000],
        ["zip archive", "download it again"],
    ),
    "empty": (lambda root: b"", ["the file is empty"]),
    "old format": (lambda root: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), [".xls", "save it as .xlsx"]),
    "no such sheet": (workbook(rename_sheet), ["no sheet", "'Index'"]),
    "renamed column": (workbook(rename_column), ["'Country' (is it 'Countries'?) is missing"]),
}


@pytest.mark.parametrize("case", BROKEN_WORKBOOKS)
def test_a_broken_workbook_is_refused(root: Path, tmp_path: Path, case: str) -> None:
    make, words = BROKEN_WORKBOOKS[case]
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / WORKBOOK).write_bytes(make(root))
    line = import_refused(root, INDEX, folder)
    assert line.startswith(f"overt: {INDEX}: {WORKBOOK}: "), line
    for word in words:
        assert word in line, (word, line)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"id": "x", "name": "Cut', ["line 1", "cut off?"]),
        (b"[]", ["telegeography"]),
        (b"<html></html>", ["web page"]),
        (b"[" * 5000 + b"]" * 5000, ["telegeography"]),
        (b'{"id": "\xff"}', ["not UTF-8"]),
    ],
)
def test_a_broken_document_is_refused(root: Path, tmp_path: Path, data: bytes, words: list[str]) -> None:
    folder = tmp_path / "drop"
    shutil.copytree(root / "sources" / CABLES / "sample", folder)
    broken = min(path for path in (folder / "cable").iterdir() if path.name != "all.json")
    broken.write_bytes(data)
    line = import_refused(root, CABLES, folder)
    assert line.startswith(f"overt: {CABLES}: "), line
    assert broken.name in line
    for word in words:
        assert word in line, (word, line)


@pytest.mark.slow
def test_build_stops_with_the_same_error(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / TABLE).write_text(table_text(root).replace("2019-05-17", "2019-02-30"), encoding="utf-8")
    assert "row=2;col=Ordered" in import_refused(root, CAMERAS, folder, command="build")
    # A release from the earlier snapshot is still possible, with a note.
    before = only_release(root)
    outcome = overt("release", "-w", root)
    assert outcome.code == 0
    [line] = outcome.err.splitlines()
    assert line.startswith(f"{CAMERAS}: its newest snapshot 2026-01-02-")
    assert "was refused" in line
    assert "row=2;col=Ordered" in line
    release = root / "releases" / outcome.out.strip()
    assert query_release(release, "FROM projects") == query_release(before, "FROM projects")


@pytest.mark.slow
def test_a_corrected_file_replaces_the_broken_one(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / TABLE).write_text(table_text(root).replace("2019-05-17", "2019-02-30"), encoding="utf-8")
    import_refused(root, CAMERAS, folder)
    (folder / TABLE).write_text(table_text(root).replace("2019-05-17", "2019-05-18"), encoding="utf-8")
    assert overt("fetch", CAMERAS, "--from", folder, "--retrieved", "2026-01-03", "-w", root).code == 0
    built = overt("build", "-w", root)
    assert built.code == 0, built
    assert built.errors == []
    release = root / "releases" / built.out.splitlines()[-1]
    assert query_release(release, "SELECT agreed FROM projects WHERE name = 'Harbour cameras'") == [{"agreed": "2019-05-18"}]


def test_other_sources_are_imported_without_the_broken_one(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / TABLE).write_text("", encoding="utf-8")
    import_refused(root, CAMERAS, folder)
    outcome = overt("import", INDEX, CABLES, "-w", root)
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) == 2


def test_good_rows_can_be_imported_without_the_broken_ones(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / TABLE).write_text(table_text(root).replace("2019-05-17", "2019-02-30"), encoding="utf-8")
    import_refused(root, CAMERAS, folder)
    outcome = overt("import", CAMERAS, "--allow-problems", "-w", root)
    assert outcome.code == 0, "the user allowed that rows are left out"
    assert "10 rows =      8 imported +      1 out of scope + 1 problem;" in outcome.out
    assert f"{CAMERAS}: {TABLE}: row=2;col=Ordered: " in outcome.err
    assert outcome.errors == []
    built = overt("build", "--allow-problems", "-w", root)
    assert built.code == 0, built
    release = root / "releases" / built.out.splitlines()[-1]
    names = "SELECT name FROM projects WHERE name IN ('Harbour cameras', 'Gate <script>alert(1)</script>')"
    assert query_release(release, names) == [{"name": "Gate <script>alert(1)</script>"}]


def test_allowed_problems_do_not_hide_that_a_file_was_refused(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / TABLE).write_text("", encoding="utf-8")
    line = import_refused(root, CAMERAS, folder)
    outcome = overt("import", CAMERAS, "--allow-problems", "-w", root)
    assert (outcome.code, outcome.errors) == (1, [line])
    built = overt("build", "--allow-problems", "-w", root)
    assert (built.code, built.errors) == (0, [])
    [note] = [note for note in built.err.splitlines() if note.startswith(f"{CAMERAS}: its newest snapshot ")]
    assert note.endswith(line.removeprefix("overt: "))


def test_formulas_and_scripts_in_names_stay_text(root: Path) -> None:
    """The site's tests check that pages display them as text."""
    release = only_release(root)
    names = {row["name"] for row in query_release(release, "SELECT name FROM projects")}
    assert {"=SUM(A1:A9)", "Gate <script>alert(1)</script>"} <= names
    outcome = overt("show", "town_cameras:TC-8", "--json", "-w", root)
    assert orjson.loads(outcome.out)["label"] == "Gate <script>alert(1)</script>"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("fetch", CAMERAS, "--from", "{empty}"), 2, "town_cameras: no file for 'cameras' in"),
        (("fetch", "--from", "{empty}"), 2, "holds no file of any source"),
        (("fetch", "--from", "{missing}"), 2, "there is no such file or directory"),
        (("fetch", "nonsense", "--from", "{empty}"), 2, "nonsense: there is no such source"),
        (("import", "nonsense"), 2, "nonsense: there is no such source"),
        (("import", "us_fcc_covered"), 2, "us_fcc_covered: the archive has no files of it"),
        (("fetch", CAMERAS, "--from", "{two}"), 2, "2 files could be 'cameras'"),
    ],
)
def test_fetch_and_import_report_missing_files_and_sources(
    root: Path, tmp_path: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("a", "b"):
        (tmp_path / "two" / name).mkdir(parents=True)
        (tmp_path / "two" / name / TABLE).write_text("x", encoding="utf-8")
    before = file_hashes(root)
    outcome = overt(
        *(word.format(**{name: tmp_path / name for name in ("empty", "missing", "two")}) for word in words), "-w", root
    )
    assert outcome.code == code
    assert len(outcome.err.splitlines()) == 1
    assert message in outcome.err
    assert file_hashes(root) == before


@pytest.mark.slow
def test_the_command_in_its_own_process_does_the_same(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / TABLE).write_bytes(table_text(root).encode("utf-16"))
    assert overt_process("fetch", CAMERAS, "--from", folder, "-w", root).code == 0
    outcome = overt_process("import", CAMERAS, "-w", root)
    assert outcome.code == 1
    assert len(outcome.err.splitlines()) == 1
    assert outcome.err.startswith(f"overt: {CAMERAS}: {TABLE}: line 1: ")


@pytest.mark.slow
def test_two_gigabytes_in_a_line_need_little_memory(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    with (folder / TABLE).open("wb") as handle:
        handle.write(table_text(root).splitlines()[0].encode() + b"\nTC-1,")
        handle.truncate(2_000_000_000)
    assert overt_process("fetch", CAMERAS, "--from", folder, "-w", root).code == 0
    outcome = overt_process("import", CAMERAS, "-w", root)
    assert outcome.code == 1
    [line] = outcome.err.splitlines()
    assert line.startswith(f"overt: {CAMERAS}: {TABLE}: line 2: ")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1 if sys.platform == "darwin" else 1000) / 1000
    assert largest < 600_000 if sys.platform == "darwin" else largest < 600, f"{largest:.0f} MB"
