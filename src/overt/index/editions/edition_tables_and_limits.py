"""An edition of a release: the tables that readers may see, and what they are limited to."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overt.release.release_folders import read_manifest


@dataclass(frozen=True)
class Edition:
    """The tables that readers may see, and what they are limited to."""

    tables: Path
    manifest: dict[str, Any]
    allowed: tuple[str, ...] | None
    """Kinds of reuse to which the edition is limited; None if there is no such limit."""
    left_out: tuple[dict[str, str], ...]
    """The sources that are left out, each with source, title, publisher, licence and reuse."""
    subset: Mapping[str, Any] | None = None
    """Description of the subset, if the edition has only some projects (see `take_subset`)."""
    part_of: Path | None = None
    """Folder with the tables of the larger edition, if this edition is a subset or limited to a date; otherwise None."""
    without: str = ""
    """Part of the edition's id for the withheld records that are left out (`without-` and a hash); empty if there are none."""
    as_of: str = ""
    """The date (EDTF) to which the edition is limited (see `take_as_of`); empty if it is not limited to a date."""

    @property
    def reuse(self) -> str:
        """The allowed reuse as a part of names: `all` if no source is left out, `none` if no reuse is allowed."""
        return "-".join(self.allowed or ()) or "none" if self.left_out else "all"

    def named(self, release: str) -> str:
        """Return the id of this edition: the release's id, the allowed reuse if sources are left out, and its limits."""
        parts = [release]
        if self.left_out:
            parts.append(self.reuse)
        if self.without:
            parts.append(self.without)
        if self.subset:
            parts.append(self.subset["name"])
        if self.as_of:
            parts.append(f"as-of-{self.as_of}")
        return "+".join(parts)


def full_edition(release: Path) -> Edition:
    """Return the edition with everything in a release. Raises OvertError if the release cannot be read."""
    return Edition(release / "tables", read_manifest(release), None, ())
