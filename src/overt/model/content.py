"""Content: schema, vocabularies, sources and figures, packaged and an editor's own laid over them."""

import csv
import hashlib
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

from overt.model.areas import AreaFile, Areas, load_areas
from overt.model.errors import ContentError, ValueProblem, quote_text
from overt.model.schema import Property, Schema, load_schema
from overt.model.source import SourceSpec
from overt.model.values.dates import canonical_date, canonical_year
from overt.model.values.geometry import canonical_geometry
from overt.model.values.money import canonical_money_unit, canonical_number
from overt.model.values.text import canonical_boolean, canonical_identifier, canonical_text, canonical_url
from overt.model.vocabulary import Vocabulary
from overt.model.yaml import packaged_content, parse, read_mapping


class Catalogue:
    """All content of one atlas, loaded when first asked for.

    `workspace` may hold `sources/`, `figures/` and `vocab/` of its own; a folder or file of the same name there takes the
    place of the packaged one. Every attribute raises ContentError, in one line, when a file is broken.
    """

    def __init__(self, workspace: Path | None = None) -> None:
        self._roots: list[Traversable] = [packaged_content()]
        if workspace is not None:
            self._roots.append(workspace)

    def _entries(self, folder: str) -> dict[str, Traversable]:
        """Entries of a content folder by name, the workspace's over the packaged ones, without `_template` and hidden ones."""
        found: dict[str, Traversable] = {}
        for root in self._roots:
            place = root / folder
            if place.is_dir():
                found |= {entry.name: entry for entry in place.iterdir() if entry.name[0] not in "._"}
        return dict(sorted(found.items()))

    def is_own(self, folder: str, name: str) -> bool:
        """Whether an entry of a content folder is the workspace's own, which its editors can change."""
        return any((root / folder / name).is_dir() or (root / folder / name).is_file() for root in self._roots[1:])

    @cached_property
    def vocabularies(self) -> dict[str, Vocabulary]:
        """Vocabularies by name (`areas` is apart)."""
        loaded = {}
        for name, path in self._entries("vocab").items():
            if name.endswith(".yml") and name != "areas.yml":
                vocabulary = parse(Vocabulary, read_mapping(path), f"vocab/{name}")
                ids = [term.id for term in vocabulary.terms]
                if twice := {term for term in ids if ids.count(term) > 1}:
                    raise ContentError(f"vocab/{name}: {min(twice)!r} stands twice")
                if lost := [term.id for term in vocabulary.terms if term.broader and term.broader not in ids]:
                    raise ContentError(f"vocab/{name}: {lost[0]!r} names a broader term that is not there")
                loaded[vocabulary.name] = vocabulary
        return loaded

    @cached_property
    def areas(self) -> Areas:
        """Countries and areas."""
        entries = self._entries("vocab")
        lines = csv.DictReader(entries["area_bounds.csv"].read_text(encoding="utf-8").splitlines())
        parts = csv.DictReader(entries["area_regions.csv"].read_text(encoding="utf-8").splitlines())
        bounds = {
            line["code"]: (float(line["west"]), float(line["south"]), float(line["east"]), float(line["north"])) for line in lines
        }
        regions = {line["code"]: line["region"] for line in parts}
        return load_areas(parse(AreaFile, read_mapping(entries["areas.yml"]), "vocab/areas.yml"), bounds, regions)

    @cached_property
    def schema(self) -> Schema:
        """Record types; only the package defines them."""
        return load_schema(packaged_content() / "schema", self.vocabularies)

    @cached_property
    def source_folders(self) -> dict[str, Traversable]:
        """The folder of each source."""
        return {name: entry for name, entry in self._entries("sources").items() if (entry / "source.yml").is_file()}

    @cached_property
    def sources(self) -> dict[str, SourceSpec]:
        """What each source says of itself, by slug."""
        return {
            slug: parse(SourceSpec, {"slug": slug, **read_mapping(folder / "source.yml")}, f"sources/{slug}/source.yml")
            for slug, folder in self.source_folders.items()
        }

    @cached_property
    def figure_folders(self) -> dict[str, Traversable]:
        """The folder of each figure."""
        return {name: entry for name, entry in self._entries("figures").items() if (entry / "figure.yml").is_file()}

    @cached_property
    def figure_queries(self) -> dict[str, Traversable]:
        """Queries that figures share, by name: `figures/<name>.sql`."""
        return {name.removesuffix(".sql"): entry for name, entry in self._entries("figures").items() if name.endswith(".sql")}

    def digest(self, *folders: str) -> str:
        """SHA-256, in hex, over the names and bytes of all files in these content folders: equal content, equal digest."""
        digest = hashlib.sha256()
        for folder in folders:
            top, _, rest = folder.partition("/")
            for name, entry in self._entries(top).items():
                if rest in ("", name):
                    _digest(digest, f"{top}/{name}", entry)
        return digest.hexdigest()

    def canonical(self, held: Property, text: str, unit: str | None = None) -> tuple[str, str | None]:
        """The canonical form of a value of property `held`, and its unit. Raises ValueProblem.

        `area` wants a code or any known name; `term` a term's id; `money` a unit such as `USD@2021`.
        """
        if unit is not None and held.type not in ("money", "number"):
            raise ValueProblem(f"{held.name} has no unit, so {unit!r} says nothing")
        match held.type:
            case "date":
                return canonical_date(text), None
            case "year":
                return canonical_year(text), None
            case "area":
                return (text if text in self.areas.areas else self.areas.find(text)), None
            case "term":
                return self.vocabularies[held.vocabulary or ""].canonical(text), None
            case "money":
                if unit is None:
                    raise ValueProblem(f"{held.name} is money: it needs a unit, as in USD or USD@2021")
                return canonical_number(text), canonical_money_unit(unit)
            case "number":
                if held.unit is not None and unit not in (None, held.unit):
                    raise ValueProblem(f"{held.name} is measured in {held.unit}, not in {unit}")
                return canonical_number(text), unit or held.unit
            case "geometry":
                return canonical_geometry(text), None
            case "url":
                return canonical_url(text), None
            case "identifier":
                return canonical_identifier(text), None
            case "boolean":
                return canonical_boolean(text), None
            case "record":
                source, colon, key = text.partition(":")
                if not (source and colon and key):
                    raise ValueProblem(f"{quote_text(text)} is not a record's id (source:key)")
                return text, None
            case _:
                return canonical_text(text), None


def _digest(digest: "hashlib._Hash", name: str, entry: Traversable) -> None:
    if entry.is_dir():
        for child in sorted(entry.iterdir(), key=lambda child: child.name):
            if child.name != "__pycache__" and not child.name.startswith("."):
                _digest(digest, f"{name}/{child.name}", child)
    else:
        data = entry.read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
