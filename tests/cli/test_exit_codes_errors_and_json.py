"""Exit codes, one-line errors, the separation of results and messages, and stable JSON."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from overt.model.workspace import Workspace
from tests.support.command_built_atlas import BY, Atlas, make_statements, own_id
from tests.support.command_runs import Outcome, overt, overt_process


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, str]:
    """An atlas with one release, and the release's id."""
    atlas = Atlas(tmp_path_factory.mktemp("cli"))
    rows = make_statements("organization", "zte", name=["ZTE", "中兴通讯"], country="CN") + make_statements(
        "project", "p", name="Safe City", country=["KE"]
    )
    rows += make_statements("commitment", "c", project="alpha:p", amount=("1234.5", "USD@2021"))
    atlas.fetch("alpha", rows)
    return atlas, atlas.build()


def one_line(outcome: Outcome, code: int) -> str:
    """Check that a command failed with one line on standard error and nothing on standard output. Return that line."""
    assert (outcome.code, outcome.out) == (code, ""), outcome
    [line] = outcome.err.splitlines()
    assert line.startswith("overt: ")
    assert line == outcome.err.rstrip("\n")
    return line


# --- Invalid use --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["nonsense"], "No such command 'nonsense'; see `overt --help`"),
        (["show"], "Missing argument 'ID'; see `overt show --help`"),
        (["release", "--threads", "0"], "Invalid value for '--threads'"),
        (["release", "--bogus"], "No such option: --bogus; see `overt release --help`"),
        (["fetch", "--retrieved"], "Option '--retrieved' requires an argument"),
        (
            ["fetch", "--retrieved", "2026-02-30"],
            "Invalid value for '--retrieved': '2026-02-30' is not a day; write it as 2026-11-24",
        ),
        (["fetch", "--retrieved", "24.11.2026"], "'24.11.2026' is not a day"),
        (["fetch", "--retrieved", "9998-01-01"], "Invalid value for '--retrieved': 9998-01-01 is in the future (today is "),
        (["build", "--retrieved", "9998-01-01"], "Invalid value for '--retrieved': 9998-01-01 is in the future (today is "),
        (["judge", "same", "a:1"], "Missing argument 'B'; see `overt judge same --help`"),
        (["judge", "maybe"], "No such command 'maybe'; see `overt judge --help`"),
        (["judge", "undo", "one", *BY], "Invalid value for 'ID'"),
        (["judge", "same", "a:1", "a:2", "--who", "A"], "Missing option '--why'"),
        (["serve", "--port", "-1"], "Invalid value for '--port'"),
    ],
)
def test_wrong_words(words: list[str], why: str) -> None:
    assert why in one_line(overt(*words), 2)


@pytest.mark.parametrize("words", [[], ["judge"], ["claim"]])
def test_no_words_show_the_help(words: list[str]) -> None:
    outcome = overt(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Usage: overt")


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["judge", "same", "--help"]])
def test_help_is_a_result(words: list[str]) -> None:
    outcome = overt(*words)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Usage: overt")


READING = (
    ["figures"], ["figures", "--json"], ["show", "alpha:zte"], ["diff", "a", "b"], ["verify"], ["verify", "x"], ["judge", "list"],
    ["judge", "explain", "a:1", "a:2"], ["serve"],
)  # fmt: skip
WRITING = (
    ["fetch"], ["import"], ["resolve"], ["release"], ["build"], ["retract", "a:1", *BY], ["judge", "same", "a:1", "a:2", *BY],
    ["judge", "undo", "1", *BY], ["claim", "add", "a:1", "project", "name", "X", "--document", "D", "--place", "p", *BY],
)  # fmt: skip


@pytest.mark.parametrize("words", [*READING, *WRITING], ids=" ".join)
def test_a_directory_that_is_not_an_atlas(tmp_path: Path, words: list[str]) -> None:
    line = one_line(overt(*words, "-w", tmp_path), 2)
    assert line == f"overt: {tmp_path}: is not an atlas (there is no overt.toml); make one with `overt init {tmp_path}`"
    assert list(tmp_path.iterdir()) == [], "and nothing is left in it"


@pytest.mark.parametrize(
    "words",
    [["figures"], ["figures", "x@y"], ["show", "alpha:zte"], ["diff", "a", "b"], ["verify", "x"], ["serve"]],
    ids=" ".join,
)
def test_no_release_yet(tmp_path: Path, words: list[str]) -> None:
    atlas = Atlas(tmp_path)
    assert "release" in one_line(atlas.overt(*words), 2)


def test_an_empty_atlas_is_intact_and_gives_no_release(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    assert atlas.overt("verify").code == 0
    assert one_line(atlas.overt("release"), 2)
    assert atlas.overt("resolve").code in (0, 2)
    assert not (atlas.root / "releases").exists() or not list((atlas.root / "releases").glob("2*"))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["figures", "nope"], "nope: there is no such figure (there are "),
        (["figures", "projects-by-country@2000-01-01-00000000"], "there is no release '2000-01-01-00000000' (there are "),
        (["figures", "projects-by-country@"], "projects-by-country@: no release follows the @; write NAME@RELEASE, or leave out"),
        (["figures", "@", "--json"], "@: no release follows the @; write NAME@RELEASE, or leave out the @"),
        (["show", "alpha:nope"], "alpha:nope: release "),
        (["show", "ovt-000000000000"], "ovt-000000000000: release "),
        (["show", "alpha:zte", "--release", "nope"], "there is no release 'nope'"),
        (["diff", "nope", "nope"], "there is no release 'nope'"),
        (["verify", "nope"], "there is no release 'nope'"),
        (
            ["verify", "/no/where"],
            "/no/where: is not a directory; name the directory of a static edition, or the id of a release of the atlas",
        ),
        (["judge", "explain", "alpha:zte", "alpha:nope"], "alpha:nope: there is no such record"),
        (["retract", "0" * 32, *BY], f"{'0' * 32}: there is no such claim"),
        (["retract", "alpha:nope", *BY], "alpha:nope: there is no such record"),
    ],
)
def test_missing_releases_and_records_are_refused(made: tuple[Atlas, str], words: list[str], why: str) -> None:
    assert one_line(made[0].overt(*words), 2).startswith(f"overt: {why}")


@pytest.mark.parametrize("words", [["judge", "undo", "99", *BY], ["judge", "same", "alpha:zte", "alpha:zte", *BY]])
def test_entries_refused_by_the_ledger_give_one_line(made: tuple[Atlas, str], words: list[str]) -> None:
    outcome = made[0].overt(*words)
    one_line(outcome, outcome.code)
    assert outcome.code in (1, 2)
    assert made[0].ledger.entries() == []


# --- Broken settings and content ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("title = ", "overt.toml: "),
        ("titel = 'x'\n", "overt.toml: titel: "),
        ("republish = ['all']\n", "overt.toml: republish.0: "),
        ("sources = ['nope']\n", "nope: there is no such source"),
        ("[fetch]\nmax_bytes = 0\n", "overt.toml: fetch.max_bytes: "),
        ("ledger = 'nonsense'\n", "the ledger's address"),
        ("[engine]\nmemory = 'a lot'\n", "overt.toml: engine.memory: "),
    ],
)
def test_broken_settings(made: tuple[Atlas, str], tmp_path: Path, text: str, why: str) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(made[0].root, root)
    (root / "overt.toml").write_text(text, encoding="utf-8")
    shutil.rmtree(root / "resolved")
    outcome = overt("release", "-w", root)
    assert why in one_line(outcome, outcome.code)
    assert outcome.code in (1, 2)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("sources/alpha/source.yml", "title: [", "not YAML"),
        ("sources/alpha/source.yml", "title: x\n", "sources/alpha/source.yml: "),
        ("sources/alpha/importer.py", "def run(ctx:\n", "sources/alpha/importer.py: SyntaxError"),
        ("sources/alpha/importer.py", "x = 1\n", "sources/alpha/importer.py: has no function run(ctx)"),
        (
            "sources/alpha/importer.py",
            "def run(ctx):\n    raise ValueError('oh')\n",
            "sources/alpha/importer.py, line 2: ValueError: oh",
        ),
        ("vocab/statuses.yml", "name: statuses\n", "vocab/statuses.yml: "),
    ],
)
def test_broken_content(made: tuple[Atlas, str], tmp_path: Path, name: str, text: str, why: str) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(made[0].root, root)
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    outcome = overt("build", "-w", root, "--trust")
    assert outcome.code == 1
    [line] = outcome.errors
    assert why in line
    assert [path.name for path in (root / "releases").iterdir() if path.is_dir()] == [made[1]]


def test_damaged_tables_are_made_again(made: tuple[Atlas, str], tmp_path: Path) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(made[0].root, root)
    for path in (root / "resolved").glob("*.parquet"):
        path.write_bytes(b"PAR1 not a table PAR1")
    assert "`overt resolve`, which makes it again" in one_line(overt("judge", "next", "-w", root), 1)
    assert overt("release", "-w", root).out == f"{made[1]}\n"
    assert overt("judge", "next", "-w", root).code == 0


# --- Results and messages -----------------------------------------------------------------------------------------------


def test_init(tmp_path: Path) -> None:
    root = tmp_path / "new atlas"
    outcome = overt("init", root)
    assert (outcome.code, outcome.out) == (0, "")
    assert (root / "overt.toml").is_file()
    assert "is an atlas already" in one_line(overt("init", root), 2)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    assert "is not empty" in one_line(overt("init", tmp_path / "full"), 2)
    assert "is not empty" in one_line(overt("init", tmp_path / "full" / "file"), 2)


def test_an_atlas_has_a_title_of_its_own(tmp_path: Path) -> None:
    """Others cite the title, and shared judgements name it as their origin, so a folder's name isn't good enough."""
    assert "titled “Overt atlas”" in overt("init", tmp_path / "one").err
    assert Workspace.open(tmp_path / "one").settings.title == "Overt atlas"
    text = 'The "Gulf" \\ 海湾'
    assert f"titled “{text}”" in overt("init", tmp_path / "three", "--title", text).err
    assert Workspace.open(tmp_path / "three").settings.title == text
    assert "cannot be a title" in one_line(overt("init", tmp_path / "four", "--title", " "), 2)
    assert "cannot be a title" in one_line(overt("init", tmp_path / "four", "--title", "a\x7fb"), 2)
    assert not (tmp_path / "four").exists()


def test_release_prints_only_its_id(made: tuple[Atlas, str]) -> None:
    assert made[0].overt("release") == Outcome(0, f"{made[1]}\n", "")


def test_the_newest_release_is_the_one_made_last(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("project", "p", name="P"))
    first = atlas.build()
    noted = atlas.ok("release", "--note", "another").out.strip()
    assert atlas.figures()["projects-by-country"]["release"] == noted
    assert atlas.ok("release").out.strip() == first
    assert atlas.figures()["projects-by-country"]["release"] == first


def test_figures_as_json(made: tuple[Atlas, str]) -> None:
    outcome = made[0].overt("figures", "--json")
    assert outcome.err == ""
    figures = orjson.loads(outcome.out)
    assert isinstance(figures, list)
    kinds = {
        "name": str, "value": int | float | None, "unit": str, "release": str, "rows": list, "groups": dict, "variants": list,
        "comparators": list,
    }  # fmt: skip
    for figure in figures:
        assert figure.keys() >= kinds.keys()
        assert all(isinstance(figure[name], kind) for name, kind in kinds.items()), figure
        assert figure["release"] == made[1]
        assert all(variant.keys() >= {"name", "title", "value"} for variant in figure["variants"])
    assert len({figure["name"] for figure in figures}) == len(figures) >= 12
    assert made[0].overt("figures", "--json").out == outcome.out
    several = made[0].read_json("figures", "5g-projects", f"data-centres@{made[1]}")
    assert [figure["name"] for figure in several] == ["5g-projects", "data-centres"]


def test_show_as_json(made: tuple[Atlas, str]) -> None:
    record = made[0].read_json("show", "alpha:zte")
    assert record.keys() == {
        "id", "release", "type", "label", "reuse", "members", "values", "claims", "named_by", "cited_for",
    }  # fmt: skip
    assert (record["id"], record["type"], record["label"], record["members"]) == (
        own_id("alpha:zte"),
        "organization",
        "ZTE",
        ["alpha:zte"],
    )
    [claim] = [claim for claim in record["claims"] if claim["value"] == "中兴通讯"]
    [place] = claim["evidence"]
    assert (place["locator"], place["excerpt"], place["file"], place["retrieved"]) == (
        "row=3;col=value",
        "中兴通讯",
        "alpha.csv",
        "2026-01-01",
    )
    assert record == made[0].read_json("show", own_id("alpha:zte"))


def test_show_for_people(made: tuple[Atlas, str]) -> None:
    outcome = made[0].overt("show", "alpha:c")
    assert outcome.err == ""
    assert "Amount: 1234.5 USD@2021\n  stated, alpha (alpha:c)\n    alpha.csv row=" in outcome.out


def test_import_and_resolve_as_json(made: tuple[Atlas, str]) -> None:
    [report] = made[0].read_json("import")
    assert (report["source"], report["rows_read"], report["imported"], report["out_of_scope"], report["problems"]) == (
        "alpha",
        7,
        7,
        0,
        0,
    )
    assert made[0].read_json("resolve") == {
        "records": 3, "clusters": 3, "edges": 0, "refused": 0, "unchanged": True, "contradictions": [],
    }  # fmt: skip


def test_sources(made: tuple[Atlas, str], tmp_path: Path) -> None:
    listed = {source["slug"]: source for source in made[0].read_json("sources")}
    assert {"alpha", "aiddata_gcdf", "organizations"} <= listed.keys()
    assert listed["alpha"]["snapshot"].startswith("2026-01-01-")
    assert listed["aiddata_gcdf"]["snapshot"] is None
    assert "alpha" not in overt("sources", "-w", tmp_path).out, "without an atlas, the packaged ones"


def test_judgements_as_json(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("organization", "a", name="ZTE") + make_statements("organization", "b", name="ZTE"))
    atlas.build()
    atlas.judge("different", "alpha:a", "alpha:b")
    atlas.ok("resolve")
    listed = atlas.read_json("judge", "list")
    [judged], [refused] = listed["judgements"], listed["refused"]
    assert (judged["left"], judged["right"], judged["verdict"], judged["who"]) == ("alpha:a", "alpha:b", "different", "An editor")
    assert (refused["left"], refused["right"], refused["reason"]) == ("alpha:a", "alpha:b", "name")


def test_a_refused_judgement_is_listed_by_its_records(tmp_path: Path) -> None:
    """The refused join comes from a judgement, so the line names no key, such as a name that both records share."""
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", [row for key in "abc" for row in make_statements("organization", key, name=f"Company {key}")])
    atlas.build()
    atlas.judge("different", "alpha:a", "alpha:c")
    atlas.judge("same", "alpha:a", "alpha:b")
    atlas.judge("same", "alpha:b", "alpha:c")
    atlas.ok("resolve")
    [line] = [line for line in atlas.ok("judge", "list").out.splitlines() if line.startswith("refused: ")]
    assert line == "refused: alpha:b ~ alpha:c (judgement): alpha:c and alpha:a: judged to be different"


def test_the_editor_may_come_from_the_environment(
    made: tuple[Atlas, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(made[0].root, root)
    monkeypatch.setenv("OVERT_WHO", "Ada")
    assert overt("retract", "alpha:zte", "--why", "because", "-w", root).code == 0
    assert overt("release", "-w", root).code == 0


def test_words_in_messages_are_shown_as_they_are(tmp_path: Path) -> None:
    """Neither `[red]` nor `:key:` is interpreted as markup."""
    atlas = Atlas(tmp_path / "[red] :key: x")
    line = one_line(atlas.overt("figures"), 2)
    assert "[red] :key: x" in line
    assert "[red] :key: x" in overt("init", tmp_path / "[red] :key: y" / "z").err.replace("y/z", "x")


# --- As a real process --------------------------------------------------------------------------------------------------


def test_the_process_ends_with_the_code_and_keeps_its_streams_apart(made: tuple[Atlas, str], tmp_path: Path) -> None:
    assert overt_process("release", "-w", made[0].root) == Outcome(0, f"{made[1]}\n", "")
    missing = overt_process("verify", "-w", tmp_path)
    assert one_line(missing, 2)


def test_names_in_all_scripts_in_any_locale(made: tuple[Atlas, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    monkeypatch.setenv("PYTHONUTF8", "0")
    command = [sys.executable, "-c", "from overt.cli import main; main()", "show", "alpha:zte", "--json", "-w", str(made[0].root)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "中兴通讯" in {value["value"] for value in orjson.loads(done.stdout)["values"]}


def test_an_invalid_number_of_threads(made: tuple[Atlas, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERT_THREADS", "many")
    assert one_line(made[0].overt("release"), 2) == "overt: OVERT_THREADS: 'many' is not a number of threads"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_a_disconnecting_reader_is_not_an_error(made: tuple[Atlas, str]) -> None:
    command = (
        f"{shlex.quote(sys.executable)} -c 'from overt.cli import main; main()' figures --json -w '{made[0].root}' | head -c 1"
    )
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[", "")
