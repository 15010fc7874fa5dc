"""Write tools/recompute/requirements.txt: every library that Overt needs, in the version installed here, with its hash.

    python -m tools.lockfile

A stranger installs these to compute a release again (docs/verification.md). pip chooses the wheels, for the Python and the system
that this runs on: the hashes are for CPython 3.11 on Linux x86-64, as in tools/recompute/Containerfile.
"""

import json
import subprocess
import sys
import tempfile
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKFILE = Path(__file__).parent / "recompute" / "requirements.txt"
_HEADER = "# Written by `python -m tools.lockfile` for CPython 3.11 on Linux x86-64. See docs/verification.md.\n"


def installed_versions(package: str) -> dict[str, str]:
    """Return the version of each library that a package needs here, directly or not, by canonical name."""
    versions: dict[str, str] = {}
    todo = [(package, frozenset[str]())]
    done: set[tuple[str, frozenset[str]]] = set()
    while todo:
        name, extras = todo.pop()
        if (name, extras) in done:
            continue
        done.add((name, extras))
        details = distribution(name)
        if name != package:
            versions[name] = details.version
        for requirement in map(Requirement, details.requires or ()):
            environments: list[dict[str, Any]] = [{"extra": extra} for extra in extras or {""}]
            if requirement.marker is None or any(map(requirement.marker.evaluate, environments)):
                todo.append((canonicalize_name(requirement.name), frozenset(requirement.extras)))
    return dict(sorted(versions.items()))


def wheel_hashes(versions: dict[str, str]) -> dict[str, str]:
    """Return the SHA-256 of the wheel that pip would install for each library here, by canonical name."""
    with tempfile.TemporaryDirectory() as folder:
        requirements, report = Path(folder) / "requirements.txt", Path(folder) / "report.json"
        requirements.write_text("".join(f"{name}=={version}\n" for name, version in versions.items()), encoding="utf-8")
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
        options = ["--dry-run", "--ignore-installed", "--no-deps", "--only-binary", ":all:", "--report", str(report)]
        subprocess.run([*pip, "install", *options, "--requirement", str(requirements)], check=True)  # noqa: S603 (our own words)
        items = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {
        canonicalize_name(item["metadata"]["name"]): item["download_info"]["archive_info"]["hashes"]["sha256"] for item in items
    }


def main() -> None:
    """Write the lockfile."""
    versions = installed_versions("overt")
    hashes = wheel_hashes(versions)
    lines = [f"{name}=={version} --hash=sha256:{hashes[name]}\n" for name, version in versions.items()]
    LOCKFILE.write_text(_HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
