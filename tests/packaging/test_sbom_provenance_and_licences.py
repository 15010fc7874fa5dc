"""The documents beside a wheel, and the licences of what it installs."""

import hashlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from overt import __version__
from tools import licences
from tools.lockfile import FOLDER, ROOT, entries
from tools.sbom_and_provenance import INPUTS, UNSIGNED, Commit, current_commit, list_of_parts, provenance

COMMIT = Commit("0" * 40, datetime(2026, 1, 2, tzinfo=UTC), changed=False)


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / f"overt-{__version__}-py3-none-any.whl"
    path.write_bytes(b"a wheel")
    return path


def test_the_list_of_parts_is_the_lockfile(wheel: Path) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator  # takes seconds to import

    text = list_of_parts(wheel, COMMIT)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    document = json.loads(text)
    assert document["metadata"]["component"]["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"a wheel").hexdigest()}]
    parts = {f"{part['name']}=={part['version']}": part for part in document["components"]}
    locked = {head.partition(" ;")[0]: text for head, text in entries((FOLDER / "overt.txt").read_text()).items()}
    assert parts.keys() == locked.keys()
    for name, part in parts.items():
        assert all(f"--hash=sha256:{item['content']}" in locked[name] for item in part["hashes"])
        assert len(part["hashes"]) == locked[name].count("--hash=")
        assert part["licenses"], name
        assert part["purl"] == f"pkg:pypi/{name.replace('==', '@')}"
    graph = {node["ref"].partition("@")[0]: node.get("dependsOn", []) for node in document["dependencies"]}
    assert any(ref.startswith("pkg:pypi/starlette@") for ref in graph["pkg:pypi/fastapi"])
    assert len(graph["pkg:pypi/overt"]) > 40
    assert text == list_of_parts(wheel, COMMIT), "equal inputs give equal documents"


def test_provenance_names_wheel_commit_and_lockfiles(wheel: Path) -> None:
    statement = provenance(wheel, COMMIT)
    assert statement["subject"] == [{"name": wheel.name, "digest": {"sha256": hashlib.sha256(b"a wheel").hexdigest()}}]
    definition = statement["predicate"]["buildDefinition"]
    digests = {item["name"]: item["digest"] for item in definition["resolvedDependencies"]}
    assert digests.pop("source") == {"gitCommit": COMMIT.id}
    assert digests == {name: {"sha256": hashlib.sha256((ROOT / name).read_bytes()).hexdigest()} for name in INPUTS}
    assert definition["internalParameters"] == {"note": UNSIGNED, "checkout": "as committed"}
    changed = provenance(wheel, COMMIT._replace(changed=True))["predicate"]["buildDefinition"]
    assert changed["internalParameters"]["checkout"] == "changed after the commit"


def test_an_unpacked_archive_has_no_commit(wheel: Path) -> None:
    assert current_commit(wheel.parent) is None
    definition = provenance(wheel, None)["predicate"]["buildDefinition"]
    assert definition["internalParameters"]["checkout"] == "not a checkout"
    assert {item["name"] for item in definition["resolvedDependencies"]} == set(INPUTS)


def test_every_licence_is_accepted() -> None:
    assert licences.licence_problems() == []


def test_a_licence_that_is_not_accepted_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        licences, "licence_of", lambda library: {"duckdb": "MIT AND GPL-3.0-only", "numpy": None}.get(library, "MIT")
    )
    assert [line.partition(";")[0] for line in licences.licence_problems()] == [
        "duckdb: GPL-3.0-only is not accepted in tools/licences.py",
        "numpy: its licence is unknown",
    ]


def test_the_page_of_licences_lists_what_the_front_end_contains() -> None:
    package = json.loads((ROOT / "web/package.json").read_text())
    parts = {part.name: part for part in licences.front_end_parts()}
    assert parts.keys() >= package["dependencies"].keys() | {"world-atlas"}
    assert all(parts[name].version == version for name, version in package["dependencies"].items())
    assert {parts[name].licence for name in parts if parts[name].contents == "font"} == {"OFL-1.1"}
    page = licences.licences_page()
    assert f"| ol | {parts['ol'].version} | BSD-2-Clause | code |" in page
    built = ROOT / "src/overt/static/built/licences.md"
    if built.exists():  # The front end may not have been built.
        bundled = dict(re.findall(r"^## (\S+) - (\S+) \(", built.read_text(), re.MULTILINE))
        assert bundled == {part.name: part.version for part in parts.values() if part.contents == "code"}


def test_a_licence_of_the_front_end_that_is_not_accepted_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    part = licences.FrontEndPart("ol", "1.0.0", "GPL-3.0-only", "code")
    monkeypatch.setattr(licences, "front_end_parts", lambda: [part, part._replace(name="rbush", licence=None)])
    assert [line.partition(";")[0] for line in licences.licence_problems()] == [
        "ol: GPL-3.0-only is not accepted in tools/licences.py",
        "rbush: its licence is unknown",
    ]
