"""Tables of project facts, for finding and comparing candidate pairs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.record_ids import list_of
from overt.model.values.dates import date_bounds
from overt.model.vocabulary import Vocabulary
from overt.resolve.names import fold
from overt.resolve.names.country_words import is_country_word
from overt.resolve.projects.coined_project_names import mentions, own_names
from overt.resolve.projects.lender_keys import AMOUNTS, lender_names, lender_rows
from overt.resolve.projects.money_number_and_place_tables import (
    project_levels,
    resold_projects,
    write_money,
    write_place_sounds,
    write_stated_numbers,
)
from overt.resolve.projects.participants import names_by_cluster, participant_rows, party_rows, read_participants
from overt.resolve.projects.places.present_and_usual_town_names import with_present_names
from overt.resolve.projects.project_model import ProjectModel
from overt.resolve.projects.project_name_reader import ProjectNameReader
from overt.resolve.projects.project_name_tables import (
    attribute_rows,
    key_rows,
    label_words,
    read_project_names,
    variant_rows,
    word_rows,
)
from overt.resolve.projects.project_texts import MAX_DESCRIPTION
from overt.resolve.projects.title_subjects import project_subjects
from overt.resolve.sql_queries import fill_query

STAGES = {
    "agreed": "agreed", "construction-start": "start", "started": "start",
    "operational": "finish", "completed": "finish", "ended": "finish",
}  # fmt: skip
"""Date property → stage. Dates of the same stage are compared. A finish is also compared with agreements and starts."""
Fact = tuple[str, str, str, str | None]
"""Project, property, value, and the value's unit (for a participant, its role)."""
_TEXT, _INTEGER, _REAL, _BOOLEAN = pa.string(), pa.int64(), pa.float64(), pa.bool_()
_PROJECT = ("project", _TEXT)


class _TableWriter:
    """Creates temporary tables in the connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def write(self, name: str, columns: Sequence[tuple[str, pa.DataType]], rows: Iterable[tuple[Any, ...]]) -> None:
        values = list(zip(*rows, strict=True)) or [()] * len(columns)
        arrays = [pa.array(value, kind) for value, (_, kind) in zip(values, columns, strict=True)]
        table = pa.Table.from_arrays(arrays, names=[column for column, _ in columns])
        self._connection.register("incoming", table)
        # The rows are copied, because DuckDB orders joins by statistics, which it has only for its own tables.
        self._connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM incoming')
        self._connection.unregister("incoming")


def make_project_tables(
    connection: duckdb.DuckDBPyConnection,
    claims: str,
    content: Catalogue,
    model: ProjectModel,
    clusters: Mapping[str, str],
    one_to_one: Iterable[str],
) -> None:
    """Make the temporary tables `project_*` and `kind_link`.

    `claims`: SQL for a relation of claims. `clusters`: organisation → its cluster. Organisations without a cluster are identified
    by their names. `one_to_one`: sources without duplicates.
    """
    connection.execute(fill_query("project_claims.project_claims", claims=claims))
    facts: list[Fact] = connection.execute(fill_query("project_claims.facts")).fetchall()
    places: list[Any] = connection.execute(fill_query("project_claims.places")).fetchall()
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for project, property_, value, _ in facts:
        if property_ != "description" or len(value) <= MAX_DESCRIPTION:
            values["name" if property_ == "alias" else property_][project].add(value)
    places = with_present_names(places, values["country"])
    projects = sorted(values["name"].keys() | values["kind"].keys() | values["country"].keys())
    writer = _TableWriter(connection)
    _write_records(writer, projects, values["umbrella"])
    links = [(project, other) for project in projects for other in sorted(values["linked"][project])]
    writer.write("project_link", [_PROJECT, ("link", _TEXT)], links)
    writer.write("project_one_to_one", [("source", _TEXT)], ((source,) for source in sorted(one_to_one)))
    _write_kinds(writer, projects, values["kind"], content.vocabularies["project-kinds"], model)
    writer.write("project_country", [_PROJECT, ("country", _TEXT)], _countries(values["country"], content))
    own_countries = _own_countries(projects, values["country"], content)
    _write_names(writer, projects, values, own_countries, places, content, model)
    # Participants in a cable can come from anywhere, so the countries that a source names don't help to identify them.
    boundless = {project for project in projects if values["kind"][project] & set(model.boundless)}
    of_one_country = {project: codes for project, codes in values["country"].items() if project not in boundless}
    names = names_by_cluster(connection, clusters)
    participants = read_participants(connection, facts, names, clusters, of_one_country, own_countries)
    writer.write(
        "project_participant",
        [_PROJECT, ("cluster", _TEXT), ("role", _TEXT), ("weight", _INTEGER), ("further", _BOOLEAN)],
        participant_rows(participants, model.words),
    )
    writer.write(
        "project_party_name",
        [_PROJECT, ("role", _TEXT), ("name", _TEXT), ("words", pa.list_(_TEXT))],
        sorted({(of.project, of.role, name, tuple(fold(name).split())) for of in participants for name in of.names}),
    )
    writer.write("project_lender", [_PROJECT, ("lender", _TEXT)], lender_rows(facts, names, clusters))
    writer.write(
        "project_party",
        [_PROJECT, ("role", _TEXT), ("key", _TEXT), ("script", _TEXT)],
        party_rows(participants, of_one_country, lender_names(facts, names, clusters)),
    )
    writer.write(
        "project_date",
        [_PROJECT, ("stage", _TEXT), ("low", _INTEGER), ("high", _INTEGER)],
        (
            (project, stage, *(bound.toordinal() for bound in date_bounds(date)))
            for event, stage in STAGES.items()
            for project, dates in values[event].items()
            for date in sorted(dates)
        ),
    )
    precise = frozenset(model.precise)
    writer.write(
        "project_place",
        [_PROJECT, ("name", _TEXT), ("longitude", _REAL), ("latitude", _REAL), ("precise", _BOOLEAN), ("radius", _REAL)],
        ((project, fold(name), x, y, precision in precise, radius) for project, name, x, y, precision, radius in places),
    )
    measured = [(*fact[:2], float(fact[2]), fact[3]) for fact in facts if fact[1] in ("length", *AMOUNTS) and float(fact[2]) > 0]
    writer.write(
        "project_length",
        [_PROJECT, ("length", _REAL), ("unit", _TEXT)],
        ((project, number, unit) for project, property_, number, unit in measured if property_ == "length"),
    )
    write_money(writer.write, values, measured, content.exchange_rates)
    write_stated_numbers(writer.write, values, model.words)
    write_place_sounds(writer.write, places, values["country"])
    parties = {word for participant in participants for name in participant.names for word in fold(name).split()}
    unspecific = label_words(area.label for area in content.areas.areas.values()).union(
        model.words.plain, model.words.quiet, parties
    )
    mentioned = mentions(values["name"], values["description"], unspecific)
    writer.write("project_mention", [_PROJECT, ("word", _TEXT), ("in_text", _BOOLEAN)], mentioned)
    writer.write("project_own_name", [_PROJECT, ("word", _TEXT)], own_names(values["name"], unspecific, boundless))
    writer.write("project_resold", [_PROJECT], resold_projects(values, model.resellers))
    subjects = project_subjects(values["name"], values["country"], model.settings)
    writer.write("project_subject", [_PROJECT, ("group", _TEXT), ("subject", _TEXT)], subjects)
    writer.write("project_level", [_PROJECT, ("level", _TEXT)], project_levels(participants, places, values["country"]))


def _write_records(writer: _TableWriter, projects: list[str], umbrella: Mapping[str, set[str]]) -> None:
    sources = sorted({list_of(project) for project in projects})
    umbrellas = {project for project, values in umbrella.items() if "true" in values}
    writer.write(
        "project_record",
        [_PROJECT, ("number", _INTEGER), ("source", _TEXT), ("source_number", _INTEGER), ("umbrella", _BOOLEAN)],
        (
            (project, number, list_of(project), sources.index(list_of(project)), project in umbrellas)
            for number, project in enumerate(projects)
        ),
    )


def _countries(countries: Mapping[str, set[str]], content: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the countries of each project. Regions are left out because they don't identify a country."""
    areas = content.areas.areas
    for project, codes in countries.items():
        yield from ((project, code) for code in sorted(codes) if areas[code].kind != "region")


def _own_countries(projects: Iterable[str], countries: Mapping[str, set[str]], content: Catalogue) -> dict[str, frozenset[str]]:
    """Return the words of the names of each project's countries."""
    areas = content.areas.areas
    return {
        project: label_words(name for code in countries.get(project, ()) for name in (areas[code].label, *areas[code].names))
        for project in projects
    }


def _write_kinds(
    writer: _TableWriter, projects: list[str], kinds: Mapping[str, set[str]], vocabulary: Vocabulary, model: ProjectModel
) -> None:
    """Write the compatible kinds (`kind_link`), the projects' kinds, and the families of kinds for blocking.

    Also write `project_manner`, and the projects of `boundless` kinds and of `networks`.
    """
    manner = frozenset(model.manner)
    broader_kinds = {term.id: list(_broader_kinds(term.id, vocabulary)) for term in vocabulary.terms}
    closeness: dict[tuple[str, str], str] = {("", ""): "4 unknown"}
    for kind, broader in broader_kinds.items():
        closeness |= {("", kind): "4 unknown", (kind, ""): "4 unknown", (kind, kind): "1 same"}
        for above in broader:
            closeness |= {(kind, above): "2 broader", (above, kind): "2 broader"}
    for left, right in model.related:
        closeness.setdefault((left, right), "3 related")
        closeness.setdefault((right, left), "3 related")
    writer.write(
        "kind_link",
        [("left_kind", _TEXT), ("right_kind", _TEXT), ("closeness", _TEXT)],
        ((*pair, close) for pair, close in sorted(closeness.items())),
    )
    kinds_of = {project: (kinds.get(project, set()) - manner) or kinds.get(project, set()) or {""} for project in projects}
    rows = [(project, kind) for project in projects for kind in sorted(kinds_of[project])]
    writer.write("project_kind", [_PROJECT, ("kind", _TEXT)], rows)
    boundless = sorted({project for project, kind in rows if kind in model.boundless})
    writer.write("project_boundless", [_PROJECT], ((project,) for project in boundless))
    networks = sorted({project for project, kind in rows if kind in model.networks})
    writer.write("project_network", [_PROJECT], ((project,) for project in networks))
    writer.write("project_manner", [("kind", _TEXT)], ((kind,) for kind in sorted(manner)))
    compatible: dict[str, list[str]] = {kind: [] for kind in broader_kinds}
    for (left, right), close in closeness.items():
        if left in compatible and close < "4":
            compatible[left].append(right)
    family = {kind: min([kind, *compatible[kind]]) for kind in broader_kinds}
    families = {kind: {kind, family[kind], *compatible[kind]} for kind in broader_kinds}
    family_rows = {(project, related) for project, kind in rows if kind for related in families[kind]}
    writer.write("project_family", [_PROJECT, ("family", _TEXT)], sorted(family_rows))


def _broader_kinds(kind: str, vocabulary: Vocabulary) -> Iterator[str]:
    term = vocabulary.by_id[kind]
    while term.broader:
        yield term.broader
        term = vocabulary.by_id[term.broader]


def _write_names(
    writer: _TableWriter,
    projects: list[str],
    values: Mapping[str, Mapping[str, set[str]]],
    own_countries: Mapping[str, frozenset[str]],
    places: Iterable[Any],
    content: Catalogue,
    model: ProjectModel,
) -> None:
    """Write the tables of names (words, keys, variants, numbers, ordinals, sides and acts), and of words in names of places.

    `values`: property → project → values.
    """
    areas = content.areas.areas
    reader = ProjectNameReader(model.words)
    location_words = label_words(area.label for area in areas.values() if area.kind == "country").union(
        model.words.wide, model.words.sides
    )
    names = read_project_names(projects, values["name"], own_countries, location_words, reader, model.words)
    word_columns = [_PROJECT, ("word", _TEXT)]
    writer.write("project_word", [*word_columns, ("weight", _INTEGER)], word_rows(names))
    writer.write("project_key", [_PROJECT, ("key", _TEXT), ("weight", _INTEGER), ("is_name", _BOOLEAN)], key_rows(names))
    writer.write(
        "project_variant",
        [_PROJECT, ("variant", _INTEGER), ("word", _TEXT), ("weight", _INTEGER), ("total", _INTEGER)],
        variant_rows(names),
    )
    for column, attribute in (("ordinal", "ordinals"), ("side", "sides"), ("act", "acts")):
        writer.write(f"project_{column}", [_PROJECT, (column, _TEXT)], attribute_rows(names, attribute))
    numbers = attribute_rows(names, "numbers")
    phases = {project: set().union(*map(reader.phases, texts)) for project, texts in values["description"].items()}
    described = [(project, phase) for project, of in sorted(phases.items()) for phase in sorted(of)]
    writer.write("project_text_number", [_PROJECT, ("number", _TEXT)], described)
    # If no name of a project has a number and its descriptions mention a single phase, that phase counts as its number.
    numbered = {project for project, _ in numbers}
    only = [(project, phase) for project, phase in described if project not in numbered and len(phases[project]) == 1]
    writer.write("project_described_number", [_PROJECT], [(project,) for project, _ in only])
    numbers += only
    writer.write("project_number", [_PROJECT, ("number", _TEXT)], sorted(numbers))
    bound = [(project, *pair) for project, pair in attribute_rows(names, "bound")]
    writer.write("project_bound", [*word_columns, ("number", _TEXT)], bound)
    place_words = {
        (project, word)
        for project, name, *_ in places
        for word in reader.read(name).words
        if not is_country_word(word, own_countries.get(project, frozenset()))
    }
    writer.write("project_place_word", word_columns, sorted(place_words))
