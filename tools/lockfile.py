"""Write requirements/: the exact version and hashes of every library that Overt, its tests and its build need.

    make lock                                # after a change in pyproject.toml
    make lock ARGS=--upgrade                 # the newest versions that pyproject.toml allows
    make lock ARGS="--upgrade-package orjson"

uv resolves for all versions of Python from 3.11 on and for all operating systems at once, and writes files that pip reads.
Locked versions stay the same unless an argument asks for newer ones. The wheel of Overt itself declares the ranges of
pyproject.toml.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "requirements"
EVERYTHING = ("--extra=test", "--extra=spark", "--group=build", "--group=wheel", "--group=lock", "--group=pyspark")
FILES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "overt": (("pyproject.toml",), ()),
    "build": (("--group=build",), ()),
    "wheel": (("--group=wheel",), ()),
    "test": (("pyproject.toml", "--extra=test", "--group=build", "--group=wheel"), ("overt", "build", "wheel")),
    "setuptools": (("--group=pyspark",), ()),
    "lock": (("--group=lock",), ()),
    "spark": (("pyproject.toml", *EVERYTHING), ("test", "setuptools", "lock")),
}
"""What uv resolves for each file in requirements/, and the other files there that it includes, by the file's name."""
_OPTIONS = (
    "--universal", "--python-version=3.11", "--fork-strategy=fewest", "--generate-hashes", "--no-config", "--no-annotate",
    "--no-header", "--quiet",
)  # fmt: skip
"""Options of uv: choose the same version of each library for every Python if possible, and ignore this machine's settings."""
_HEADER = """\
# Written by `make lock`: versions and hashes for Python 3.11 and later on every system, in the form that pip reads.
# pyproject.toml: sha256 {digest}
"""


def resolve(target: Path, selection: tuple[str, ...], arguments: tuple[str, ...] = ()) -> None:
    """Let uv write the versions and hashes for a selection of pyproject.toml's requirements to `target`.

    Versions that the file already has are preferred, unless `arguments` for uv say otherwise.
    """
    command = [sys.executable, "-m", "uv", "pip", "compile", *_OPTIONS, *selection, *arguments, "--output-file", str(target)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 (our own words)


def requirements_digest() -> str:
    """Return the SHA-256 of pyproject.toml's requirements. The lockfiles contain it, so that a stale one is noticed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [project["project"]["dependencies"], project["project"]["optional-dependencies"], project["dependency-groups"]]
    return hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()


def entries(text: str) -> dict[str, str]:
    """Return a lockfile's entries with their hashes, by the line with library, version and marker."""
    texts: dict[str, str] = {}
    head = ""
    for line in text.splitlines(keepends=True):
        if "==" in line and not line.startswith((" ", "#")):
            head = line.removesuffix("\\\n").strip()
        if head and line.strip() and not line.startswith(("#", "-")):
            texts[head] = texts.get(head, "") + line
    return texts


def included(name: str) -> set[str]:
    """Return the keys, as in `entries`, of the entries that a lockfile includes from other files, directly or not."""
    return {
        head
        for part in FILES[name][1]
        for head in (*entries((FOLDER / f"{part}.txt").read_text(encoding="utf-8")), *included(part))
    }


def main(arguments: tuple[str, ...]) -> None:
    """Write every lockfile. They all agree, because each takes its versions from a resolution of everything."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        everything, own = Path(folder) / "everything.txt", Path(folder) / "own.txt"
        locked = {head for path in FOLDER.glob("*.txt") for head in entries(path.read_text(encoding="utf-8"))}
        everything.write_text("".join(f"{head}\n" for head in sorted(locked)), encoding="utf-8")
        resolve(everything, ("pyproject.toml", *EVERYTHING), arguments)
        for name, (selection, parts) in FILES.items():
            own.unlink(missing_ok=True)
            resolve(own, selection, ("--constraint", str(everything)))
            inherited = included(name)
            lines = [text for head, text in entries(own.read_text(encoding="utf-8")).items() if head not in inherited]
            text = _HEADER.format(digest=requirements_digest()) + "".join(f"-r {part}.txt\n" for part in parts) + "".join(lines)
            (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")
            print(f"requirements/{name}.txt")


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
