"""Upgrades an atlas of an older format: the ledger's tables, the history of releases, and the format number in overt.toml."""

import re

from overt.archive import Archive
from overt.ledger import Ledger
from overt.model import format_versions
from overt.model.errors import format_count
from overt.model.files.atomic_writes import atomic_write
from overt.model.workspace import SETTINGS, Workspace
from overt.release.history.history_file import HISTORY, record_older_releases

_FORMAT_LINE = re.compile(r"(?m)^[ \t]*format[ \t]*=[^\n]*$")
_SECTION = re.compile(r"(?m)^[ \t]*\[")


def upgrade_atlas(atlas: Workspace, archive: Archive, ledger: Ledger) -> list[str]:
    """Perform the missing steps of an upgrade, and return descriptions of them.

    An interrupted upgrade can be repeated. The caller must hold the lock.
    """
    steps = []
    if ledger.upgrade():
        steps.append(f"the ledger has format {format_versions.LEDGER} now; its entries are as they were")
    if added := record_older_releases(atlas, archive, ledger):
        steps.append(f"{format_count(added, 'release')} added to releases/{HISTORY}, in the order in which they were made")
    if atlas.format < format_versions.WORKSPACE:  # This is the last step; until then the atlas has the older format.
        path = atlas.root / SETTINGS
        atomic_write(path, with_format(path.read_text(encoding="utf-8"), format_versions.WORKSPACE).encode())
        steps.append(f"{SETTINGS} has format = {format_versions.WORKSPACE} now")
    return steps


def with_format(text: str, number: int) -> str:
    """Return the text of overt.toml with this format number, which replaces the old one or, without one, is added at the top."""
    line = f"format = {number}"
    section = _SECTION.search(text)
    head, rest = (text[: section.start()], text[section.start() :]) if section else (text, "")
    if _FORMAT_LINE.search(head):
        return _FORMAT_LINE.sub(line, head, count=1) + rest
    return f"# The format of this directory. `overt upgrade` converts an older one.\n{line}\n\n{head}{rest}"
