"""What the claims say of projects, as tables in which pairs can be looked for and measured."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from math import log2
from typing import Any

import duckdb
import pyarrow as pa

from overt.model.content import Catalogue
from overt.model.engine import sql
from overt.model.values.dates import date_bounds
from overt.model.vocabulary import Vocabulary
from overt.resolve.names import NameForms, fold
from overt.resolve.projects.model import ProjectModel
from overt.resolve.projects.words import NameReader

SQL = files("overt") / "resolve" / "projects" / "sql"
STAGES = {"agreed": "agreed", "construction-start": "start", "operational": "finish", "completed": "finish", "ended": "finish"}
"""Which dates of a project may be compared with which."""
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
    facts: list[tuple[str, str, str, str | None]] = connection.execute(sql(SQL, "facts")).fetchall()
    places: list[Any] = connection.execute(sql(SQL, "places")).fetchall()
    of: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for project, what, value, _ in facts:
        of[what][project].add(value)
    projects = sorted(of["name"].keys() | of["kind"].keys() | of["country"].keys())
    reader = NameReader(model.words)

    def table(name: str, columns: list[tuple[str, pa.DataType]], rows: Iterable[tuple[Any, ...]]) -> None:
        listed = list(rows)
        arrays = [pa.array([row[at] for row in listed], kind) for at, (_, kind) in enumerate(columns)]
        connection.register("incoming", pa.Table.from_arrays(arrays, names=[column for column, _ in columns]))
        # A table of the engine's own, since it orders its joins by what it knows of each.
        connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM incoming')
        connection.unregister("incoming")

    umbrella = {project for project, said in of["umbrella"].items() if "true" in said}
    table(
        "project_whole",
        [("project", TEXT), ("source", TEXT), ("umbrella", TRUTH)],
        ((project, project.partition(":")[0], project in umbrella) for project in projects),
    )
    table("project_alone", [("source", TEXT)], ((source,) for source in sorted(alone)))
    _kinds(table, projects, of["kind"], content.vocabularies["project-kinds"], model)
    table("project_country", [("project", TEXT), ("country", TEXT)], _countries(of["country"], content))
    _words(table, projects, of["name"], of["country"], places, reader, content, model)
    table(
        "project_participant",
        [("project", TEXT), ("thing", TEXT), ("weight", WHOLE)],
        _participants(connection, of, content, things),
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
    """`project_kind`, which of them can be one thing (`kind_link`), and the families by which blocks are made."""
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
    names: Mapping[str, set[str]],
    countries: Mapping[str, set[str]],
    places: Iterable[Any],
    reader: NameReader,
    content: Catalogue,
    model: ProjectModel,
) -> None:
    """`project_word`, `project_place_word`, and `project_number`, `_act`, `_mention`; a word weighs by how few names have it."""
    areas = content.areas.areas
    read = {project: [reader.read(name) for name in sorted(names.get(project, ()))] for project in projects}
    words = {project: frozenset().union(*(one.words for one in held)) for project, held in read.items()}
    written = frozenset().union(*words.values())
    words = {project: words[project].union(*(one.initials & written for one in held)) for project, held in read.items()}
    counts = Counter(word for held in words.values() for word in held)
    most = round(1000 * model.words.country_bits)

    def weigh(project: str) -> Iterator[tuple[str, str, int]]:
        own = {word for code in countries.get(project, ()) for word in fold(areas[code].label).split()}
        for word in sorted(words[project]):
            bits = rarity(counts[word], len(projects))
            yield project, word, min(bits, most) if word in own else bits

    columns = [("project", TEXT), ("word", TEXT)]
    table("project_word", [*columns, ("weight", WHOLE)], (row for project in projects for row in weigh(project)))
    said_of = [(project, one) for project in projects for one in read[project]]
    for name, told in (
        ("number", {(project, number) for project, one in said_of for number in one.numbers}),
        ("act", {(project, act) for project, one in said_of for act in one.acts}),
        ("mention", {(project, f"{project.partition(':')[0]}:{key}") for project, one in said_of for key in one.mentions}),
    ):
        table(f"project_{name}", [("project", TEXT), (name, TEXT)], sorted(told))
    labels = {
        project: {word for code in codes for word in fold(areas[code].label).split()} for project, codes in countries.items()
    }
    said = {(project, word) for project, name, *_ in places for word in reader.read(name).words - labels.get(project, set())}
    table("project_place_word", columns, sorted(said))


def _participants(
    connection: duckdb.DuckDBPyConnection, of: Mapping[str, Mapping[str, set[str]]], content: Catalogue, things: Mapping[str, str]
) -> list[tuple[str, str, int]]:
    """Who takes part, as things; one that takes part in few projects says more."""
    forms = NameForms()
    query = "SELECT record, min(value) FROM project_said WHERE type = 'organization' AND property = 'name' GROUP BY record"
    called = {record: forms.key(name) or name for record, name in connection.execute(query).fetchall()}
    taken = {
        (project, things.get(record) or called.get(record, record))
        for project, held in of["participant"].items()
        for record in held
    }
    counts = Counter(thing for _, thing in taken)
    whole = len(of["participant"])
    return [(project, thing, rarity(counts[thing], whole)) for project, thing in sorted(taken)]


def rarity(count: int, whole: int) -> int:
    """How much it says that two of `whole` share what `count` have, in thousandths of a bit (inverse document frequency)."""
    return round(1000 * max(0.0, log2((whole + 1) / (count + 1))))
