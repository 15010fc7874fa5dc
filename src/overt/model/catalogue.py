"""Content: schema, vocabularies, sources, figures and findings. A workspace's own files override the packaged ones."""

import csv
from functools import cached_property
from importlib.resources.abc import Traversable

from overt.model.areas import AreaFile, Areas, combine_files, load_areas
from overt.model.content_files import ContentFiles, packaged_content
from overt.model.errors import ContentError, ContentErrors, ValueProblem, quote_text
from overt.model.geography.regions import RegionFile, Regions, load_regions
from overt.model.geography.town_choices import TownChoice, TownChoices
from overt.model.schema import Property, Schema, load_schema
from overt.model.source import SourceSpec
from overt.model.values.dates import canonical_date, canonical_year
from overt.model.values.geometry import canonical_geometry
from overt.model.values.money import canonical_money_unit, canonical_number
from overt.model.values.text import canonical_boolean, canonical_identifier, canonical_text, canonical_url
from overt.model.vocabulary import Vocabulary
from overt.model.yaml import parse, read_mapping


def _is_part_of(kind: str, name: str) -> bool:
    """Return whether a file of `vocab/` is `areas.yml` or `areas-….yml` (`kind`: areas), or the same for another kind."""
    return name == f"{kind}.yml" or (name.startswith(f"{kind}-") and name.endswith(".yml"))


class Catalogue(ContentFiles):
    """All content of an atlas, loaded on first use. Every attribute raises ContentError, in one line, if a file is invalid."""

    @cached_property
    def exchange_rates(self) -> list[tuple[str, int, str, int]]:
        """US dollars for a unit of each currency, on average over each year: currency, year, rate and number of days.

        From the European Central Bank's euro reference rates, by `tools/exchange_rates.py`.
        """
        path = self.entries("vocab")["exchange_rates.csv"]
        rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        return [(row["currency"], int(row["year"]), row["usd"], int(row["days"])) for row in rows]

    @cached_property
    def vocabularies(self) -> dict[str, Vocabulary]:
        """Vocabularies by name. Areas and choices of towns are not among them; see `areas`, `town_choices`."""
        vocabularies = {}
        for name, path in self.entries("vocab").items():
            if name.endswith(".yml") and not any(_is_part_of(kind, name) for kind in ("areas", "regions", "towns")):
                vocabulary = parse(Vocabulary, read_mapping(path), f"vocab/{name}")
                ids = [term.id for term in vocabulary.terms]
                if duplicates := {term for term in ids if ids.count(term) > 1}:
                    raise ContentError(f"vocab/{name}: the term {min(duplicates)!r} is defined twice; remove one")
                for term in vocabulary.terms:
                    if term.broader and term.broader not in ids:
                        raise ContentError(f"vocab/{name}: the broader term {term.broader!r} of {term.id!r} is not defined")
                vocabularies[vocabulary.name] = vocabulary
        return vocabularies

    @cached_property
    def areas(self) -> Areas:
        """Countries and areas."""
        entries = self.entries("vocab")
        bound_rows = csv.DictReader(entries["area_bounds.csv"].read_text(encoding="utf-8").splitlines())
        continent_rows = csv.DictReader(entries["area_continents.csv"].read_text(encoding="utf-8").splitlines())
        bounds = {
            row["code"]: (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"])) for row in bound_rows
        }
        continents = {row["code"]: row["continent"] for row in continent_rows}
        files = [
            parse(AreaFile, read_mapping(path), f"vocab/{name}") for name, path in entries.items() if _is_part_of("areas", name)
        ]
        return load_areas(combine_files(files), bounds, continents)

    @cached_property
    def regions(self) -> Regions:
        """Regions and groupings of countries."""
        entries = self.entries("vocab")
        names = sorted((name for name in entries if _is_part_of("regions", name)), key=lambda name: (name != "regions.yml", name))
        files = [(f"vocab/{name}", parse(RegionFile, read_mapping(entries[name]), f"vocab/{name}")) for name in names]
        return load_regions(files, self.areas)

    @cached_property
    def town_choices(self) -> list[TownChoice]:
        """Editors' choices of towns."""
        return parse(TownChoices, read_mapping(self.entries("vocab")["towns.yml"]), "vocab/towns.yml").towns

    @cached_property
    def schema(self) -> Schema:
        """Record types. Only the package defines them."""
        return load_schema(packaged_content() / "schema", self.vocabularies)

    @cached_property
    def source_folders(self) -> dict[str, Traversable]:
        """Folders of sources, by slug."""
        return {name: entry for name, entry in self.entries("sources").items() if (entry / "source.yml").is_file()}

    @cached_property
    def sources(self) -> dict[str, SourceSpec]:
        """Specifications of sources, by slug: `source.yml`, with the Chinese words of `words_zh.yml` if there are many."""
        sources, errors = {}, []
        for slug, folder in self.source_folders.items():
            try:
                data = {"slug": slug, **read_mapping(folder / "source.yml")}
                if (words := folder / "words_zh.yml").is_file():
                    data["words_zh"] = {**read_mapping(words), **data.get("words_zh", {})}
                sources[slug] = parse(SourceSpec, data, f"sources/{slug}/source.yml")
            except ContentError as error:
                errors.append(error)
        if errors:
            raise ContentErrors(errors)
        return sources

    @cached_property
    def figure_folders(self) -> dict[str, Traversable]:
        """Folders of figures, by name."""
        return {name: entry for name, entry in self.entries("figures").items() if (entry / "figure.yml").is_file()}

    @cached_property
    def finding_folders(self) -> dict[str, Traversable]:
        """Folders of findings, by name."""
        return {name: entry for name, entry in self.entries("findings").items() if (entry / "finding.yml").is_file()}

    @cached_property
    def figure_queries(self) -> dict[str, Traversable]:
        """Shared queries of figures, by name: `figures/<name>.sql`."""
        return {name.removesuffix(".sql"): entry for name, entry in self.entries("figures").items() if name.endswith(".sql")}

    def canonical(self, property_: Property, text: str, unit: str | None = None) -> tuple[str, str | None]:
        """Return the canonical form of a property's value, and its unit. Raises ValueProblem.

        An `area` may be a code or any known name, a `term` must be a term's id, `money` needs a unit such as `USD@2021`.
        """
        if unit is not None and property_.type not in ("money", "number"):
            raise ValueProblem(f"{property_.name} has no unit; leave out {unit!r}")
        match property_.type:
            case "date":
                return canonical_date(text), None
            case "year":
                return canonical_year(text), None
            case "area":
                return (text if text in self.areas.areas else self.areas.find(text)), None
            case "term":
                return self.vocabularies[property_.vocabulary or ""].canonical(text), None
            case "money":
                if unit is None:
                    raise ValueProblem(f"{property_.name} is money: it needs a unit, as in USD or USD@2021")
                return canonical_number(text), canonical_money_unit(unit)
            case "number":
                if property_.unit is not None and unit not in (None, property_.unit):
                    raise ValueProblem(f"{property_.name} is measured in {property_.unit}, not in {unit}")
                return canonical_number(text), unit or property_.unit
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
