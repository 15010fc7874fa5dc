"""Content: schema, vocabularies, sources, figures, findings, and the grammar of questions.

A workspace's own files override all but the schema.
"""

import csv
from collections.abc import Mapping
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from overt.model.content_files import ContentFiles, packaged_content
from overt.model.errors import ContentError, ContentErrors, ValueProblem, quote_text
from overt.model.files.content_file_reading import has_file, read_content, read_content_text
from overt.model.files.python_files import read_python_files
from overt.model.geography.area_checks import check_area_files
from overt.model.geography.countries_and_territories import AreaFile, Areas, combine_files, load_areas
from overt.model.geography.regions import RegionFile, Regions, load_regions
from overt.model.geography.town_choices import TownChoice, TownChoices, check_town_choices
from overt.model.questions.combined_grammar import combine_grammars
from overt.model.questions.question_vocabulary import QuestionGrammar
from overt.model.schema import Property, Schema, load_schema
from overt.model.source import SourceSpec
from overt.model.values.amounts import canonical_amount, canonical_money_unit, canonical_number
from overt.model.values.canonical_texts_urls_and_identifiers import (
    canonical_boolean,
    canonical_identifier,
    canonical_text,
    canonical_url,
)
from overt.model.values.dates import canonical_date, canonical_year
from overt.model.values.geometry import canonical_geometry
from overt.model.vocabulary import Vocabulary, check_terms
from overt.model.yaml_reading_and_validation import load_mapping, parse, read_model


def _is_part_of(kind: str, name: str) -> bool:
    """Return whether a file's name is `KIND.yml` or `KIND-….yml`, such as `areas.yml` for the kind `areas`."""
    return name == f"{kind}.yml" or (name.startswith(f"{kind}-") and name.endswith(".yml"))


class _File(NamedTuple):
    name: str
    path: str
    text: bytes


# Every command and every step creates its own catalogue, so results are cached in the process by the bytes of the files.
@lru_cache(maxsize=256)
def _source(slug: str, files: tuple[_File, ...]) -> SourceSpec:
    """Return the specification in `source.yml`, the first of `files`. The second, if there is one, is `words_zh.yml`."""
    data, *words = (load_mapping(file.text, file.path) for file in files)
    if words:
        data["words_zh"] = {**words[0], **data.get("words_zh", {})}
    return parse(SourceSpec, {"slug": slug, **data}, f"sources/{slug}/source.yml")


@lru_cache(maxsize=8)
def _areas(files: tuple[_File, ...], bounds: bytes, continents: bytes) -> Areas:
    bound_rows = csv.DictReader(bounds.decode().splitlines())
    boxes = {
        row["code"]: (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"])) for row in bound_rows
    }
    continent_rows = csv.DictReader(continents.decode().splitlines())
    names = [f"vocab/{file.name}" for file in files]
    parts = [parse(AreaFile, load_mapping(file.text, file.path), name) for file, name in zip(files, names, strict=True)]
    check_area_files(zip(names, parts, strict=True))
    return load_areas(combine_files(parts), boxes, {row["code"]: row["continent"] for row in continent_rows})


@lru_cache(maxsize=8)
def _regions(files: tuple[_File, ...], *area_files: Any) -> Regions:
    names = [f"vocab/{file.name}" for file in files]
    parts = [parse(RegionFile, load_mapping(file.text, file.path), name) for file, name in zip(files, names, strict=True)]
    return load_regions(zip(names, parts, strict=True), _areas(*area_files))


class Catalogue(ContentFiles):
    """The content of an atlas, loaded on first use. Attributes raise ContentError for an invalid YAML file."""

    @cached_property
    def exchange_rates(self) -> list[tuple[str, int, str, int]]:
        """The average price of each currency in US dollars, by year: currency, year, price and the number of days averaged.

        From the European Central Bank's euro reference rates, by `tools/exchange_rates.py`.
        """
        path = self.entries("vocab")["exchange_rates.csv"]
        rows = csv.DictReader(read_content_text(path).splitlines())
        return [(row["currency"], int(row["year"]), row["usd"], int(row["days"])) for row in rows]

    @cached_property
    def vocabularies(self) -> dict[str, Vocabulary]:
        """Vocabularies by name, except `areas`, `regions` and `town_choices`, which have attributes of their own."""
        vocabularies = {}
        for name, path in self.entries("vocab").items():
            if name.endswith(".yml") and not any(_is_part_of(kind, name) for kind in ("areas", "regions", "towns")):
                vocabulary = read_model(Vocabulary, path, f"vocab/{name}")
                check_terms(vocabulary, f"vocab/{name}")
                vocabularies[vocabulary.name] = vocabulary
        return vocabularies

    def list_of_terms(self, vocabulary: str) -> str:
        """Return where editors can read a vocabulary's terms: in the atlas's own file if it has one, else in Overt's docs."""
        file = f"{vocabulary}.yml"
        return f"vocab/{file}" if self.is_own("vocab", file) else f"docs/data-dictionary.md#{vocabulary}"

    @cached_property
    def areas(self) -> Areas:
        """Countries, and areas that ISO 3166 lacks."""
        return _areas(*self._area_files)

    @cached_property
    def regions(self) -> Regions:
        """Regions and groupings of countries, from `vocab/regions.yml` and all `vocab/regions-….yml`."""
        return _regions(self._vocabulary_files("regions"), *self._area_files)

    @property
    def _area_files(self) -> tuple[tuple["_File", ...], bytes, bytes]:
        entries = self.entries("vocab")
        bounds, continents = (read_content(entries[name]) for name in ("area_bounds.csv", "area_continents.csv"))
        return self._vocabulary_files("areas"), bounds, continents

    def _vocabulary_files(self, kind: str) -> tuple["_File", ...]:
        """Read `vocab/KIND.yml`, then all `vocab/KIND-….yml` by name, because later files may replace values of earlier ones."""
        entries = self.entries("vocab")
        names = sorted((name for name in entries if _is_part_of(kind, name)), key=lambda name: (name != f"{kind}.yml", name))
        return tuple(_File(name, str(entries[name]), read_content(entries[name])) for name in names)

    @cached_property
    def town_choices(self) -> list[tuple[str, TownChoice]]:
        """The towns that editors chose for names in sources, each with its file, such as `vocab/towns.yml`.

        They are in all `vocab/towns.yml` and `vocab/towns-….yml`. Choices of the atlas come before packaged ones. Raises
        ContentError for an unknown country or source, and if two choices of the atlas contradict each other.
        """
        files = {name: path for name, path in self.entries("vocab").items() if _is_part_of("towns", name)}
        names = sorted(files, key=lambda name: (not self.is_own("vocab", name), name != "towns.yml", name))
        choices = [
            (f"vocab/{name}", choice) for name in names for choice in read_model(TownChoices, files[name], f"vocab/{name}").towns
        ]
        own = [(file, choice) for file, choice in choices if self.is_own("vocab", file.removeprefix("vocab/"))]
        check_town_choices(own, self.areas.areas, self.source_folders)
        return choices

    @cached_property
    def schema(self) -> Schema:
        """Record types. All come from the package; an atlas can neither add nor replace any."""
        return load_schema(packaged_content() / "schema", self.vocabularies)

    @cached_property
    def source_folders(self) -> dict[str, Traversable]:
        """Folders of sources, by slug: all folders in `sources/` with a `source.yml`."""
        return {name: entry for name, entry in self.entries("sources").items() if has_file(entry, "source.yml")}

    @cached_property
    def sources(self) -> dict[str, SourceSpec]:
        """Specifications of sources, by slug: `source.yml` and, if the source has one, `words_zh.yml` with Chinese words."""
        sources, errors = {}, []
        for slug, folder in self.source_folders.items():
            try:
                paths = [folder / name for name in ("source.yml", "words_zh.yml") if has_file(folder, name)]
                sources[slug] = _source(slug, tuple(_File(path.name, str(path), read_content(path)) for path in paths))
            except ContentError as error:
                errors.append(error)
        if errors:
            raise ContentErrors(errors)
        return sources

    @cached_property
    def chinese_phrases(self) -> dict[str, str]:
        """Chinese translations of phrases in sources: the names of all governments, and `words_zh` of each source."""
        governments = {
            f"Government of {article}{area.label}": f"{area.label_zh}政府"
            for area in self.areas.areas.values()
            for article in ("", "the ")
        }
        words = {english: chinese for spec in self.sources.values() for english, chinese in spec.words_zh.items()}
        return governments | words

    def source_code(self, slug: str) -> Mapping[str, bytes]:
        """Return the Python files in a source's folder, by path below it; empty for an unknown source.

        They are read once, so the code that a user agreed to run is the code that runs, whatever happens to the files meanwhile.
        """
        if slug not in self._source_code:
            folder = self.source_folders.get(slug)
            self._source_code[slug] = {} if folder is None else read_python_files(folder)
        return self._source_code[slug]

    @cached_property
    def _source_code(self) -> dict[str, dict[str, bytes]]:
        return {}

    @cached_property
    def figure_folders(self) -> dict[str, Traversable]:
        """Folders of figures, by name: all folders in `figures/` with a `figure.yml`."""
        return {name: entry for name, entry in self.entries("figures").items() if has_file(entry, "figure.yml")}

    @cached_property
    def finding_folders(self) -> dict[str, Traversable]:
        """Folders of findings, by name: all folders in `findings/` with a `finding.yml`."""
        return {name: entry for name, entry in self.entries("findings").items() if has_file(entry, "finding.yml")}

    @cached_property
    def figure_queries(self) -> dict[str, Traversable]:
        """Shared queries of figures, by name: `figures/<name>.sql`."""
        return {name.removesuffix(".sql"): entry for name, entry in self.entries("figures").items() if name.endswith(".sql")}

    @cached_property
    def question_grammar(self) -> QuestionGrammar:
        """The vocabulary of questions: `questions/grammar.yml` and every `questions/grammar-….yml`, including an atlas's own."""
        entries = self.entries("questions")
        # Files of the atlas come last, because a later string replaces an earlier one.
        names = sorted(
            (name for name in entries if _is_part_of("grammar", name)), key=lambda name: (self.is_own("questions", name), name)
        )
        grammars = [(f"questions/{name}", read_model(QuestionGrammar, entries[name], f"questions/{name}")) for name in names]
        services = {term.id for name in ("platforms", "services") for term in self.vocabularies[name].terms}
        known = {
            "kinds": set(self.vocabularies["project-kinds"].by_id),
            "near_kinds": set(self.vocabularies["project-kinds"].by_id),
            "restrictions": set(self.vocabularies["restriction-kinds"].by_id),
            "seats": set(self.areas.areas),
            "adjectives": set(self.areas.areas),
            "capitals": set(self.areas.areas),
            "regions": set(self.regions.regions),
            "official_lists": set(self.vocabularies["lists"].by_id),
            "debated_members": set(self.regions.regions),
            "services": services,
            "wider_subjects": set(self.vocabularies["provision-topics"].by_id),
            "statuses": set(self.vocabularies["statuses"].by_id),
            "law_statuses": set(self.vocabularies["statuses"].by_id),
            "project_statuses": set(self.vocabularies["statuses"].by_id),
            "agreement_kinds": set(self.vocabularies["agreement-kinds"].by_id),
            "flow_types": set(self.vocabularies["flow-types"].by_id),
            "province_countries": set(self.areas.areas),
        }
        return combine_grammars(grammars, known)

    def canonical(self, property_: Property, text: str, unit: str | None = None) -> tuple[str, str | None]:
        """Return the canonical form of a property's value, and its unit. Raises ValueProblem for an invalid value or unit.

        An `area` may be a code or any known name, and a `term` must be a term's id. `money` needs a unit such as `USD@2021`. A
        `number` without a unit gets the property's own, if there is one.
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
                return canonical_amount(text), canonical_money_unit(unit)
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
