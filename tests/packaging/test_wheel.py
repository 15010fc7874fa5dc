"""The wheel: when it can be built, its contents, and `overt demo` from it in a new environment."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.shipped_edition import ShippedEdition

pytestmark = pytest.mark.ci  # installs a whole environment
ROOT = Path(__file__).parents[2]
BUILT = "src/overt/static/built"
OFFLINE = re.compile("Failed to establish a new connection|Name or service not known|name resolution|timed out|ProxyError")

LOCKED_BUILD = ("--no-deps", "--no-index", "--no-build-isolation")
"""Options for builds like those of `make wheel`: with the installed tools of requirements/build.txt, without network access."""


def run(command: list[str | Path], home: Path, cwd: Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Run a command with an empty home directory, and without Python's environment variables."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "COV"))}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**environment, "HOME": str(home)}, text=True, check=False, timeout=timeout,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def pip(python: Path | str, *arguments: str | Path, cwd: Path) -> None:
    """Run pip; skip the test if the package index can't be reached."""
    process = subprocess.run(
        [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet", *map(str, arguments)],
        cwd=cwd, text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if process.returncode and OFFLINE.search(process.stdout):
        pytest.skip("the package index can't be reached")
    assert process.returncode == 0, process.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", *LOCKED_BUILD, "--wheel-dir", folder, ROOT, cwd=folder)
    (path,) = folder.glob("overt-*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.slow(after=1)
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda root: shutil.rmtree(root / BUILT), "the front end is not built, and a wheel without it has no map"),
        (
            lambda root: (root / "web" / "src" / "more.ts").write_text("export {};\n"),
            "was built from other sources than those of",
        ),
    ],
    ids=["missing", "stale"],
)
def test_no_wheel_without_an_up_to_date_front_end(
    wheel: Path, tmp_path: Path, change: Callable[[Path], object], why: str
) -> None:
    """If pip builds a wheel in a fresh clone, it prints our one-line message."""
    root = tmp_path / "clone"
    ignored = shutil.ignore_patterns("node_modules", "__pycache__", "content")
    for name in ("src/overt/static", "web", "tools"):
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE", "src/overt/version.py"):
        shutil.copy(ROOT / name, root / name)
    change(root)
    process = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-input", *LOCKED_BUILD, "--wheel-dir", tmp_path / "dist", root],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    output = process.stdout + process.stderr
    assert process.returncode != 0
    [line] = {line.strip() for line in output.splitlines() if "overt: " in line}
    assert why in line
    assert "run `make wheel`" in line
    assert "Traceback" not in output
    assert not list(tmp_path.glob("dist/*"))


def test_the_wheel_has_every_file_of_the_package(names: set[str]) -> None:
    process = subprocess.run(["git", "ls-files", "src/overt"], cwd=ROOT, capture_output=True, text=True, check=False)
    if process.returncode:
        pytest.skip("not a checkout")
    tracked = {name.removeprefix("src/") for name in process.stdout.splitlines() if (ROOT / name).is_file()}
    assert not tracked - names


def test_the_wheel_has_the_front_end_and_no_other_file_of_the_checkout(names: set[str]) -> None:
    built = [name for name in names if name.startswith("overt/static/built/")]
    assert any(name.endswith(".js") for name in built), "the front end is not in the wheel; `make setup` builds it"
    assert not [name for name in names if "__pycache__" in name or "node_modules" in name or name.startswith("tests/")]
    assert {name.split("/")[0].split("-")[0] for name in names} == {"overt"}


def installed(wheel: Path, place: Path, *, dependencies: bool) -> Path:
    """Install the wheel into a new environment, and return its scripts folder.

    Without `dependencies`, those of the current environment are used.
    """
    venv.create(place / "venv", with_pip=False)
    scripts = place / "venv" / "bin"
    pip(sys.executable, "--python", scripts / "python", "install", *([] if dependencies else ["--no-deps"]), wheel, cwd=place)
    if not dependencies:  # a .pth file only adds folders, so it doesn't expose the editable install
        [packages] = (place / "venv" / "lib").glob("python*/site-packages")
        (packages / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    return scripts


def runs_demo(scripts: Path, place: Path, *words: str | Path) -> None:
    """Check that `overt demo` runs in a new home, outside the checkout, and leaves no files."""
    home = place / "home"
    home.mkdir(parents=True)
    before = {path.name for path in place.iterdir()}
    imported = run([scripts / "python", "-c", "import overt; print(overt.__file__)"], home, place)
    assert str(place) in imported.stdout
    demo = run([scripts / "overt", "demo", "--check", *words], home, place)
    assert demo.returncode == 0, demo.stdout
    assert "all pages answer" in demo.stdout
    assert {path.name for path in place.iterdir()} == before
    assert list(home.iterdir()) == []


def test_overt_runs_from_the_wheel(wheel: Path, shipped_edition: ShippedEdition, tmp_path: Path) -> None:
    """With the installed libraries and an atlas that is already built, Overt finds its content, and all kinds of pages work."""
    place = tmp_path / "some where"
    place.mkdir()
    scripts = installed(wheel, place, dependencies=False)
    shutil.copytree(shipped_edition.root, place / "atlas")
    runs_demo(scripts, place, "--directory", place / "atlas")


@pytest.mark.slow
def test_overt_demo_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """The declared dependencies are enough for a demo in an empty environment."""
    place = tmp_path / "some where"
    place.mkdir()
    runs_demo(installed(wheel, place, dependencies=True), place)
