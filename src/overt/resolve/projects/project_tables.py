"""What the claims say of projects, as tables in which pairs can be looked for and measured."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from overt.model.content import Catalogue
from overt.model.duckdb_connection import sql
from overt.model.values.dates import date_bounds
from overt.model.vocabulary import Vocabulary
from overt.resolve.names import NameForms, fold
from overt.resolve.projects.name_tables import call_rows, is_of, key_rows, own_words, rarity, read_names, told_rows, word_rows
from overt.resolve.projects.project_model import ProjectModel, Words
from overt.resolve.projects.project_name_reader import NameReader

SQL = files("overt") / "resolve" / "projects" / "sql"
STAGES = {"agreed": "agreed", "construction-start": "start", "operational": "finish", "completed": "finish", "ended": "finish"}
"""Which dates of a project may be compared with which."""
Fact = tuple[str, str, str, str | None]
"""Project, what is said of it, the value; and its unit, or the role in which an organisation takes part."""
TEXT, WHOLE, REAL, TRUTH = pa.string(), pa.int64(), pa.float64(), pa.bool_()


def gather(
    connection: duckdb.DuckDBPyConnection,
    claims: str,
    content: Catalogue,
    model: ProjectModel,
    things: Mapping[str, str],
    alone: Iterable[str],
) -> None:
    """Register the tables `project_*` and `kind_link` on the connection. `things`: organisation → what it is one with; others
    are told apart by their names.
    """
    connection.execute(sql(SQL, "standing", {"claims": claims}))
    facts: list[Fact] = connection.execute(sql(SQL, "facts")).fetchall()
    places: list[Any] = connection.execute(sql(SQL, "places")).fetchall()
    of: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for project, what, value, _ in facts:
        of["name" if what == "alias" else what][project].add(value)
    projects = sorted(of["name"].keys() | of["kind"].keys() | of["country"].keys())

    def table(name: str, columns: list[tuple[str, pa.DataType]], rows: Iterable[tuple[Any, ...]]) -> None:
        listed = list(rows)
        arrays = [pa.array([row[at] for row in listed], kind) for at, (_, kind) in enumerate(columns)]
        connection.register("incoming", pa.Table.from_arrays(arrays, names=[column for column, _ in columns]))
        # A table of the engine's own, since it orders its joins by what it knows of each.
        connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM incoming')
        connection.unregister("incoming")

    sources = sorted({project.partition(":")[0] for project in projects})
    umbrella = {project for project, said in of["umbrella"].items() if "true" in said}
    table(
        "project_whole",
        [("project", TEXT), ("number", WHOLE), ("source", TEXT), ("source_number", WHOLE), ("umbrella", TRUTH)],
        (
            (project, at, source, sources.index(source), project in umbrella)
            for at, project in enumerate(projects)
            for source in [project.partition(":")[0]]
        ),
    )
    table("project_alone", [("source", TEXT)], ((source,) for source in sorted(alone)))
    _kinds(table, projects, of["kind"], content.vocabularies["project-kinds"], model)
    table("project_country", [("project", TEXT), ("country", TEXT)], _countries(of["country"], content))
    _words(table, projects, of, places, content, model)
    table(
        "project_participant",
        [("project", TEXT), ("thing", TEXT), ("role", TEXT), ("weight", WHOLE)],
        _participants(connection, facts, things, model.words),
    )
    table(
        "project_date",
        [("project", TEXT), ("stage", TEXT), ("low", WHOLE), ("high", WHOLE)],
        (
            (project, stage, *(bound.toordinal() for bound in date_bounds(date)))
            for event, stage in STAGES.items()
            for project, dates in of[event].items()
            for date in sorted(dates)
        ),
    )
    precise = frozenset(model.precise)
    table(
        "project_place",
        [("project", TEXT), ("name", TEXT), ("longitude", REAL), ("latitude", REAL), ("precise", TRUTH)],
        ((project, fold(name), x, y, how in precise) for project, name, x, y, how in places),
    )
    for measure in ("length", "amount"):
        table(
            f"project_{measure}",
            [("project", TEXT), (measure, REAL), ("unit", TEXT)],
            ((project, float(value), unit) for project, what, value, unit in facts if what == measure and float(value) > 0),
        )


def _countries(countries: Mapping[str, set[str]], content: Catalogue) -> Iterator[tuple[str, str]]:
    """A region says nothing of the country."""
    areas = content.areas.areas
    for project, codes in countries.items():
        yield from ((project, code) for code in sorted(codes) if areas[code].kind != "region")


def _kinds(table: Any, projects: list[str], kinds: Mapping[str, set[str]], vocabulary: Vocabulary, model: ProjectModel) -> None:
    """`project_kind`, `_manner`, which kinds can be one thing (`kind_link`), and the families by which blocks are made."""
    manner = frozenset(model.manner)
    above = {term.id: list(_above(term.id, vocabulary)) for term in vocabulary.terms}
    close: dict[tuple[str, str], str] = {("", ""): "4 unknown"}
    for one, line in above.items():
        close |= {("", one): "4 unknown", (one, ""): "4 unknown", (one, one): "1 same"}
        for broader in line:
            close |= {(one, broader): "2 broader", (broader, one): "2 broader"}
    for one, other in model.related:
        close.setdefault((one, other), "3 related")
        close.setdefault((other, one), "3 related")
    table("kind_link", [("one", TEXT), ("other", TEXT), ("close", TEXT)], ((*pair, how) for pair, how in sorted(close.items())))
    told = {project: (kinds.get(project, set()) - manner) or kinds.get(project, set()) or {""} for project in projects}
    rows = [(project, kind) for project in projects for kind in sorted(told[project])]
    table("project_kind", [("project", TEXT), ("kind", TEXT)], rows)
    table("project_manner", [("kind", TEXT)], ((kind,) for kind in sorted(manner)))
    family = {kind: min([kind, *(other for (one, other), how in close.items() if one == kind and how < "4")]) for kind in above}
    wide = {
        kind: {kind, family[kind], *(one for (one, other), how in close.items() if other == kind and how < "4")} for kind in above
    }
    links = {(project, one) for project, kind in rows if kind for one in wide[kind]}
    table("project_family", [("project", TEXT), ("family", TEXT)], sorted(links))


def _above(kind: str, vocabulary: Vocabulary) -> Iterator[str]:
    term = vocabulary.by_id[kind]
    while term.broader:
        yield term.broader
        term = vocabulary.by_id[term.broader]


def _words(
    table: Any,
    projects: list[str],
    of: Mapping[str, Mapping[str, set[str]]],
    places: Iterable[Any],
    content: Catalogue,
    model: ProjectModel,
) -> None:
    """`project_word`, `_key`, `_call`, `_place_word`, and `project_number`, `_side`, `_act`, `_mention`."""
    areas = content.areas.areas
    reader = NameReader(model.words)
    own = {
        project: own_words(name for code in of["country"].get(project, ()) for name in (areas[code].label, *areas[code].names))
        for project in projects
    }
    where = own_words(area.label for area in areas.values() if area.kind == "country").union(model.words.wide, model.words.sides)
    named = read_names(projects, of["name"], own, where, reader, model.words)
    columns = [("project", TEXT), ("word", TEXT)]
    table("project_word", [*columns, ("weight", WHOLE)], word_rows(named))
    table("project_key", [("project", TEXT), ("key", TEXT), ("weight", WHOLE), ("called", TRUTH)], key_rows(named))
    table(
        "project_call",
        [("project", TEXT), ("call", WHOLE), ("word", TEXT), ("weight", WHOLE), ("whole", WHOLE)],
        call_rows(named),
    )
    for name, what in (("number", "numbers"), ("side", "sides"), ("act", "acts"), ("mention", "mentions")):
        table(f"project_{name}", [("project", TEXT), (name, TEXT)], told_rows(named, what))
    said = {
        (project, word)
        for project, name, *_ in places
        for word in reader.read(name).words
        if not is_of(word, own.get(project, frozenset()))
    }
    table("project_place_word", columns, sorted(said))


def _participants(
    connection: duckdb.DuckDBPyConnection,
    facts: Iterable[Fact],
    things: Mapping[str, str],
    words: Words,
) -> list[tuple[str, str, str, int]]:
    """Who takes part as what, as things; one that takes part in few projects says more."""
    forms = NameForms()
    query = "SELECT record, min(value) FROM project_said WHERE type = 'organization' AND property = 'name' GROUP BY record"
    called = {record: forms.key(name) or name for record, name in connection.execute(query).fetchall()}
    taken = {
        (project, things.get(record) or called.get(record, record), role or "")
        for project, what, record, role in facts
        if what == "participant"
    }
    counts = Counter(thing for _, thing in {(project, thing) for project, thing, _ in taken})
    whole = len({project for project, *_ in taken})
    return [(project, thing, role, rarity(counts[thing], whole, words)) for project, thing, role in sorted(taken)]
