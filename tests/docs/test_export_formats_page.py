"""docs/export-formats.md describes every format, and every descriptive file in the folder of `all`."""

import re

from overt.export.format_registry import FORMATS
from tests.docs.test_links import ROOT
from tests.support.small_atlas_exports import ExportedFile

PAGE = (ROOT / "docs" / "export-formats.md").read_text(encoding="utf-8")


def test_every_format_is_described() -> None:
    rows = re.findall(r"^\| `([a-z0-9]+)` \| (a file|a folder|a database)", PAGE, re.MULTILINE)
    assert [name for name, _ in rows] == list(FORMATS)
    assert {name: kind == "a folder" for name, kind in rows} == {name: form.is_folder for name, form in FORMATS.items()}


def test_every_descriptive_file_is_described(exports: dict[str, ExportedFile]) -> None:
    table = PAGE.partition("## The folder of `all`")[2].partition("## ")[0]
    documented = set(
        re.findall(r"`([\w.-]+/?)`", "\n".join(line.split("|")[1] for line in table.splitlines() if line.startswith("|")))
    )
    formats = {*FORMATS, *(f"overt{form.ending}" for form in FORMATS.values() if form.ending)}
    written = {
        f"{path.name}/" if path.is_dir() else path.name for path in exports["all"].path.iterdir() if path.name not in formats
    }
    assert documented == written
