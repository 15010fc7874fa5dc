"""Write the documents beside a wheel: its list of parts (CycloneDX) and its provenance (in-toto, SLSA).

    python -m tools.sbom_and_provenance dist/overt-0.1.0-py3-none-any.whl

`make wheel` runs this. Equal inputs give equal documents, because the only time in them is that of the commit. Neither
document is signed.
"""

import json
import subprocess
import sys
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, NamedTuple

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from overt import __version__
from overt.model.files.file_digests import sha256_file
from tools.licences import licence_of
from tools.lockfile import FOLDER, ROOT, entries

PARTS_SUFFIX, PROVENANCE_SUFFIX = ".cdx.json", ".provenance.json"
STATEMENT, PREDICATE = "https://in-toto.io/Statement/v1", "https://slsa.dev/provenance/v1"
UNSIGNED = "Nobody signed this statement. It says what was built from what; whoever can change the wheel can change it too."
INPUTS = ("requirements/overt.txt", "requirements/build.txt", "pyproject.toml", "web/package-lock.json")
"""Files whose digests the provenance contains: what was installed, and what built the wheel and its front end."""


class Commit(NamedTuple):
    """The commit from which a wheel is built."""

    id: str
    time: datetime
    changed: bool
    """Whether the checkout differs from the commit."""


def current_commit(root: Path = ROOT) -> Commit | None:
    """Return the commit of a checkout, or None if there is no checkout (as in an unpacked archive) or no git."""
    try:
        line = _git(root, "log", "-1", "--format=%H %ct")
        changed = bool(_git(root, "status", "--porcelain", "--untracked-files=no"))
    except (OSError, subprocess.CalledProcessError):
        return None
    identity, seconds = line.split()
    return Commit(identity, datetime.fromtimestamp(int(seconds), UTC), changed)


def list_of_parts(wheel: Path, commit: Commit | None) -> str:
    """Return a CycloneDX document: the wheel, and each library that requirements/overt.txt locks, with hashes and licence.

    Its time is that of the commit or, without a commit, the beginning of 1970.
    """
    digest = sha256_file(wheel)
    overt = _component("overt", __version__, ComponentType.APPLICATION, [digest], "Apache-2.0")
    locked = entries((FOLDER / "overt.txt").read_text(encoding="utf-8"))
    parts: dict[str, Component] = {}
    for head, entry in locked.items():
        requirement = Requirement(head)
        parts[canonicalize_name(requirement.name)] = _library(requirement, entry)
    bom = Bom(
        components=parts.values(),
        serial_number=uuid.uuid5(uuid.NAMESPACE_OID, digest),
        metadata=BomMetaData(component=overt, timestamp=commit.time if commit else datetime.fromtimestamp(0, UTC)),
    )
    for name, part in {"overt": overt, **parts}.items():
        bom.register_dependency(part, [parts[need] for need in _needs(name) if need in parts])
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2) + "\n"


def provenance(wheel: Path, commit: Commit | None) -> dict[str, Any]:
    """Return an in-toto statement with SLSA provenance: the digests of the wheel and of `INPUTS`, and the commit, if known."""
    source = [{"name": "source", "digest": {"gitCommit": commit.id}}] if commit else []
    inputs = [{"name": name, "digest": {"sha256": sha256_file(ROOT / name)}} for name in INPUTS]
    return {
        "_type": STATEMENT,
        "subject": [{"name": wheel.name, "digest": {"sha256": sha256_file(wheel)}}],
        "predicateType": PREDICATE,
        "predicate": {
            "buildDefinition": {
                "buildType": "urn:overt:make-wheel",
                "externalParameters": {"target": "wheel"},
                "internalParameters": {
                    "note": UNSIGNED,
                    "checkout": _state(commit),
                },
                "resolvedDependencies": [*source, *inputs],
            },
            "runDetails": {"builder": {"id": "urn:overt:unsigned-build"}},
        },
    }


def _state(commit: Commit | None) -> str:
    if commit is None:
        return "not a checkout"
    return "changed after the commit" if commit.changed else "as committed"


def _library(requirement: Requirement, entry: str) -> Component:
    hashes = [part.removeprefix("--hash=sha256:") for part in entry.split() if part.startswith("--hash=sha256:")]
    [version] = requirement.specifier
    part = _component(requirement.name, version.version, ComponentType.LIBRARY, hashes, licence_of(requirement.name))
    if requirement.marker is not None:
        part.properties.add(Property(name="overt:marker", value=str(requirement.marker)))
    return part


def _component(name: str, version: str, kind: ComponentType, hashes: Iterable[str], licence: str | None) -> Component:
    address = PackageURL("pypi", name=name, version=version)
    return Component(
        name=name,
        version=version,
        type=kind,
        purl=address,
        bom_ref=str(address),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=text) for text in hashes],
        licenses=[LicenseFactory().make_from_string(licence)] if licence else [],
    )


def _needs(library: str) -> list[str]:
    """Return the dependencies that a library declares for this system, without extras; empty if it isn't installed."""
    try:
        lines = distribution(library).requires or ()
    except PackageNotFoundError:
        return []
    requirements = [Requirement(line) for line in lines]
    applying = [item for item in requirements if item.marker is None or item.marker.evaluate({"extra": ""})]
    return sorted({canonicalize_name(item.name) for item in applying})


def _git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603, S607


def main(wheel: Path) -> None:
    """Write both documents beside the wheel."""
    commit = current_commit()
    texts = {
        PARTS_SUFFIX: list_of_parts(wheel, commit),
        PROVENANCE_SUFFIX: json.dumps(provenance(wheel, commit), indent=2) + "\n",
    }
    for suffix, text in texts.items():
        path = wheel.with_name(wheel.name + suffix)
        path.write_text(text, encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
