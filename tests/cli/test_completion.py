"""Shell completion for bash, zsh and fish: its scripts, its installation, and what it offers without loading slow libraries."""

import subprocess
import sys
from pathlib import Path

import pytest

from overt.cli.command_registry import COMMANDS
from tests.cli.test_slow_imports_at_startup import HEAVY
from tests.support.command_built_atlas import Atlas, make_statements

CODE = "import sys; from overt.cli import main; main()"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with its own source and one release."""
    atlas = Atlas(tmp_path_factory.mktemp("completion"))
    atlas.fetch("alpha", make_statements("project", "p", name="P"))
    atlas.build()
    return atlas


def overt_for(shell: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "", "_OVERT_COMPLETE": shell, **variables}
    return subprocess.run([sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, timeout=60, check=False)


def completed(line: str) -> list[str]:
    """Return what bash offers at the end of a line."""
    words = line.split(" ")
    done = overt_for("complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout.split()


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", "complete -o default -F _overt_completion overt"),
        ("zsh", "compdef _overt_completion overt"),
        ("fish", "complete --command overt --no-files"),
    ],
)
def test_the_script_of_each_shell(shell: str, line: str) -> None:
    done = overt_for(f"source_{shell}")
    assert done.returncode == 0
    assert "_OVERT_COMPLETE=complete_" + shell in done.stdout
    assert line in done.stdout


def test_bash_can_read_the_script() -> None:
    script = overt_for("source_bash").stdout
    done = subprocess.run(["bash", "-c", f"{script}\ncomplete -p overt"], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("-F _overt_completion overt\n")


def test_installing_writes_into_the_home_directory(tmp_path: Path) -> None:
    (tmp_path / ".bashrc").write_text("# mine\n")
    command = ["bash", "-c", f"'{sys.executable}' -c '{CODE}' --install-completion; true"]
    done = subprocess.run(
        command, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True
    )
    assert "bash completion installed" in done.stdout, done
    assert "_overt_completion" in (tmp_path / ".bash_completions" / "overt.sh").read_text()
    assert (tmp_path / ".bashrc").read_text().startswith("# mine\n")


def test_commands() -> None:
    assert completed("overt ") == list(COMMANDS)
    assert completed("overt se") == ["search", "serve"]
    assert "different" in completed("overt judge ")


def test_options() -> None:
    assert {"--json", "--workspace", "--quiet", "--help"} <= set(completed("overt figures --"))
    assert {"--json", "--workspace", "--quiet", "--install-completion", "--show-completion"} <= set(completed("overt --"))


def test_sources(made: Atlas) -> None:
    assert completed("overt fetch gfw") == ["gfw_report_daily", "gfw_report_mechanisms"]
    assert "alpha" not in completed("overt import ")
    assert completed(f"overt import -w {made.root} al") == ["alpha"]
    assert completed(f"overt -w {made.root} import al") == ["alpha"]


def test_figures(made: Atlas) -> None:
    [release] = [path.name for path in (made.root / "releases").iterdir() if path.is_dir()]
    assert completed("overt figures telecom") == ["telecom-ict-projects"]
    assert completed(f"overt -w {made.root} figures telecom-ict-projects@") == [f"telecom-ict-projects@{release}"]
    assert completed(f"overt -w {made.root} show x --release ") == [release]


def test_record_types() -> None:
    assert completed("overt claim add x:y org") == ["organization"]


def test_zsh_and_fish_receive_the_summaries() -> None:
    zsh = overt_for("complete_zsh", _TYPER_COMPLETE_ARGS="overt figu").stdout
    assert zsh.strip() == f"""_arguments '*: :(("figures":"{COMMANDS["figures"].summary}"))'"""
    fish = overt_for("complete_fish", _TYPER_COMPLETE_ARGS="overt figu", _TYPER_COMPLETE_FISH_ACTION="get-args").stdout
    assert fish.strip() == f"figures\t{COMMANDS['figures'].summary}"


def test_fish_learns_whether_there_are_completions() -> None:
    for line, code in (("overt fig", 0), ("overt figures nope", 1)):
        done = overt_for("complete_fish", _TYPER_COMPLETE_ARGS=line, _TYPER_COMPLETE_FISH_ACTION="is-args")
        assert (done.returncode, done.stderr) == (code, "")


@pytest.mark.parametrize(
    "line", ["overt ", "overt build --", "overt figures ", "overt fetch ", "overt claim add x:y ", "overt judge "]
)
def test_completing_needs_no_engine(line: str) -> None:
    code = f"""
import sys, atexit
atexit.register(lambda: print("imported:", *sys.modules, file=sys.stderr))
{CODE.partition("; ")[2]}
"""
    environment = {"PATH": "", "_OVERT_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout
    assert HEAVY & set(done.stderr.split()) == set()
