"""The lockfiles agree with pyproject.toml and with one another, for every supported Python and machine."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from overt.model.library_versions import LIBRARIES
from tests.packaging.test_wheel import OFFLINE
from tools.lockfile import FILES, FOLDER, ROOT, entries, requirements_digest

PYTHONS, MACHINES = ("3.11", "3.12", "3.13"), ("x86_64", "aarch64")
ENVIRONMENTS: list[dict[str, str]] = [
    {
        "python_version": python, "python_full_version": f"{python}.1", "platform_machine": machine, "sys_platform": "linux",
        "platform_system": "Linux", "os_name": "posix", "implementation_name": "cpython",
        "platform_python_implementation": "CPython", "extra": "",
    }
    for python, machine in product(PYTHONS, MACHINES)
]  # fmt: skip
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def texts(name: str) -> Iterator[str]:
    """Yield the text of a lockfile and of each lockfile that it includes."""
    yield (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    for part in FILES[name][1]:
        yield from texts(part)


def versions(name: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the version of each library that pip installs from a lockfile. `environment`: the values of its markers."""
    locked: dict[str, str] = {}
    for text in texts(name):
        for requirement in map(Requirement, entries(text)):
            if requirement.marker is None or requirement.marker.evaluate(dict(environment)):
                [specifier] = requirement.specifier
                library = canonicalize_name(requirement.name)
                assert locked.setdefault(library, specifier.version) == specifier.version, f"two versions of {library}"
    return locked


def declared(extra: str | None = None, group: str | None = None) -> list[Requirement]:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    if group:
        return [Requirement(line) for line in data["dependency-groups"][group]]
    lines = data["project"]["optional-dependencies"][extra] if extra else data["project"]["dependencies"]
    return [Requirement(line) for line in lines]


def wants(requirement: Requirement, environment: Mapping[str, str]) -> bool:
    """Return whether a requirement applies in an environment without extras."""
    return requirement.marker is None or requirement.marker.evaluate(dict(environment))


def test_the_lockfiles_are_of_this_pyproject() -> None:
    for name in FILES:
        text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
        assert f"# pyproject.toml: sha256 {requirements_digest()}\n" in text, f"{name}.txt is stale; run `make lock`"


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda e: f"{e['python_version']}-{e['platform_machine']}")
def test_what_pyproject_declares_is_locked(environment: dict[str, str]) -> None:
    needs = {
        "overt": declared(),
        "build": declared(group="build"),
        "wheel": declared(group="wheel"),
        "setuptools": declared(group="pyspark"),
        "lock": declared(group="lock"),
        "test": [*declared(), *declared("test"), *declared("notebook")],
        "spark": [*declared(), *declared("test"), *declared("spark")],
    }
    assert needs.keys() == FILES.keys()
    for name, requirements in needs.items():
        locked = versions(name, environment)
        for requirement in requirements:
            if requirement.name != "overt":
                version = locked[canonicalize_name(requirement.name)]
                assert requirement.specifier.contains(version, prereleases=True), (
                    f"{name}.txt: {requirement} is locked as {version}"
                )
    assert set(LIBRARIES) <= versions("overt", environment).keys(), "a library that decides bytes is not locked"


def test_what_libraries_need_is_locked() -> None:
    """Installs use --no-deps, so pip itself would not notice a missing library."""
    [environment] = [e for e in ENVIRONMENTS if e["python_version"] == "3.11" and e["platform_machine"] == "x86_64"]
    locked = versions("test", environment)
    compared = 0
    for library, version in locked.items():
        try:
            installed = distribution(library)
        except PackageNotFoundError:
            continue
        if installed.version != version:
            continue
        for requirement in map(Requirement, installed.requires or ()):
            if wants(requirement, environment):
                compared += 1
                assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)], prereleases=True), requirement
    assert compared > 100


def test_every_entry_has_hashes_and_nothing_of_a_machine() -> None:
    for path in FOLDER.iterdir():
        assert path.stem in FILES, f"{path.name} is no lockfile of tools/lockfile.py"
        text = path.read_text(encoding="utf-8")
        own = entries(text)
        assert own
        for head, entry in own.items():
            hashes = [line.strip().removesuffix("\\").strip() for line in entry.splitlines()[1:]]
            assert hashes, head
            assert all(HASH.fullmatch(line) for line in hashes), head
        rest = [line for line in text.splitlines() if not line.startswith("    --hash=") and line.rstrip(" \\") not in own]
        includes = [f"-r {part}.txt" for part in FILES[path.stem][1]]
        assert [line for line in rest if not line.startswith("#")] == includes
        assert "://" not in text, "names the address of an index"


def test_installs_of_make_are_locked() -> None:
    """No install by the Makefile chooses versions itself, or fetches a file that no lockfile lists."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = [
        line for line in makefile.splitlines() if re.search(r"(\$\(PIP\)|\.venv-lock\S* -m pip .*) ?(install|wheel)", line)
    ]
    assert len(installs) >= 6
    assert all("$(LOCKED)" in line or "$(OURSELVES)" in line for line in installs), installs


@pytest.mark.slow
@pytest.mark.parametrize(("python", "machine"), list(product(PYTHONS, MACHINES)))
def test_every_library_has_a_locked_wheel(python: str, machine: str, tmp_path: Path) -> None:
    """pip finds a wheel of each library for Linux, and its hash is locked. Nothing is installed."""
    pins, report = tmp_path / "pins.txt", tmp_path / "report.json"
    pins.write_text("".join(f"{head}\n" for name in ("overt", "build") for text in texts(name) for head in entries(text)))
    systems = [f"--platform=manylinux_2_{glibc}_{machine}" for glibc in (28, 27, 26, 24, 17)] + [
        f"--platform=manylinux2014_{machine}"
    ]
    process = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet", "install", "--dry-run",
         "--ignore-installed", "--no-deps", "--only-binary=:all:", f"--python-version={python}", "--implementation=cp", *systems,
         f"--target={tmp_path}", f"--report={report}", f"--requirement={pins}"],
        text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if process.returncode and OFFLINE.search(process.stdout):
        pytest.skip("the package index can't be reached")
    assert process.returncode == 0, process.stdout
    items: list[dict[str, Any]] = json.loads(report.read_text())["install"]
    locked = "".join(text for name in ("overt", "build") for text in texts(name))
    digests = {item["metadata"]["name"]: item["download_info"]["archive_info"]["hashes"]["sha256"] for item in items}
    assert len(digests) > 70
    assert {name for name, digest in digests.items() if digest not in locked} == set()
