"""`-w`, `--json` and `-q` work before and after a command's name. Commands refuse options that have no effect on them."""

import shutil
from pathlib import Path

import orjson
import pytest

from overt.cli.command_registry import COMMANDS, load
from overt.model.errors import OvertError
from tests.support.command_built_atlas import BY, Atlas, make_statements
from tests.support.command_runs import Outcome, overt


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    atlas = Atlas(tmp_path_factory.mktemp("options"), index=True)
    atlas.fetch("alpha", make_statements("organization", "zte", name="ZTE") + make_statements("organization", "o", name="Other"))
    atlas.build()
    return atlas


@pytest.mark.parametrize(
    "words",
    [
        ["figures"], ["show", "alpha:zte"], ["search", "zte"], ["sources"], ["judge", "list"], ["judge", "aliases", "zte"],
        ["verify"],
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.slow(after=1)
def test_options_before_a_command_are_those_after_it(made: Atlas, words: list[str]) -> None:
    after = overt(*words, "--workspace", made.root, "--json")
    assert after.code == 0
    orjson.loads(after.out)
    assert overt("-w", made.root, "--json", *words) == after
    assert overt("--json", *words, "-w", made.root) == after
    assert overt(*words, "-w", made.root) == overt("--workspace", made.root, *words)


def test_options_of_a_group_count_for_its_commands(made: Atlas) -> None:
    after = overt("judge", "list", "-w", made.root, "--json")
    assert overt("judge", "-w", made.root, "--json", "list") == after
    assert overt("-w", made.root, "judge", "--json", "list") == after


def test_the_option_after_the_command_wins(made: Atlas, tmp_path: Path) -> None:
    assert overt("-w", tmp_path, "figures", "-w", made.root).code == 0
    assert overt("-w", made.root, "figures", "-w", tmp_path).code == 2


@pytest.mark.parametrize("words", [["serve"], ["demo"], ["judge", "export"]], ids=" ".join)
def test_a_command_without_json_says_so(words: list[str]) -> None:
    error = f"overt: overt {' '.join(words)}: has no JSON to print; leave out --json\n"
    assert overt(*words, "--json") == Outcome(2, "", error)
    assert overt("--json", *words) == Outcome(2, "", error)


@pytest.mark.parametrize("words", [["estimate", "table.csv"], ["measure", "-"], ["key", "release", "x"]], ids=" ".join)
def test_a_command_without_an_atlas_says_so(words: list[str]) -> None:
    name = " ".join(words[:-1])
    error = f"overt: overt {name}: works without an atlas; leave out --workspace\n"
    assert overt("-w", "somewhere", *words) == Outcome(2, "", error)
    assert overt(*words, "-w", "somewhere") == Outcome(2, "", error)


def test_demo_takes_the_directory_before_its_name_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    roots: list[Path] = []

    def create(root: Path) -> None:
        roots.append(root)
        raise OvertError("the test ends here")

    monkeypatch.setattr("overt.cli.commands.demo.Workspace.create", create)
    for words in (("-w", tmp_path / "a", "demo"), ("demo", "-w", tmp_path / "a")):
        assert overt(*words) == Outcome(1, "", "overt: the test ends here\n")
    assert roots == [tmp_path / "a"] * 2


def test_every_command_can_be_quiet() -> None:
    for name in COMMANDS:
        command = load(name)
        for leaf in getattr(command, "commands", {name: command}).values():
            assert {"--quiet", "-q"} <= {option for parameter in leaf.params for option in parameter.opts}, leaf.name


def test_init_takes_the_directory_either_way(tmp_path: Path) -> None:
    assert overt("-w", tmp_path / "a", "init").code == 0
    assert overt("init", "-w", tmp_path / "b").code == 0
    assert overt("init", tmp_path / "c", "-w", tmp_path / "d").code == 2
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b"}


def test_quiet_leaves_results_and_errors(made: Atlas, tmp_path: Path) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(made.root, root)
    loud = overt("build", "-w", root)
    assert "resolve: " in loud.err
    assert overt("-q", "build", "-w", root) == Outcome(0, loud.out, "")
    assert overt("build", "--quiet", "-w", root) == Outcome(0, loud.out, "")
    assert overt("judge", "different", "alpha:zte", "alpha:o", *BY, "-q", "-w", root) == Outcome(0, "", "")
    (root / "releases" / loud.out.split()[-1] / "tables" / "records.parquet").write_bytes(b"")
    outcome = overt("-q", "verify", "-w", root)
    assert outcome.code == 1
    assert outcome.errors, "what is wrong is said"
    assert overt("-q", "show", "nope", "-w", root).errors


def test_a_quiet_command_does_not_silence_the_next(made: Atlas) -> None:
    assert overt("search", "nothing at all", "-q", "-w", made.root).err == ""
    assert overt("search", "nothing at all", "-w", made.root).err != ""
