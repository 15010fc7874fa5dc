"""Views with names instead of ids and codes. For example, `roles_labelled` is `roles` with the names of projects and
organisations.
"""

from collections.abc import Callable, Iterable, Iterator

from overt.export.sqlite.table_keys import declared_keys
from overt.model.schema import Property, Schema

_Expression = Callable[[str], str]
_TERMS_OF_ANSWERS = {
    "kind": "project-kinds",
    "layer": "layers",
    "role": "roles",
    "strength": "answer-strengths",
}
"""Vocabulary of each column that contains terms, in the tables of answers."""
_RECORD_LISTS_OF_ANSWERS = ("through", "financier")
SUFFIX = "_labelled"


def labelled_views(schema: Schema, columns: dict[str, dict[str, str]]) -> Iterator[str]:
    """Yield the statements that create a view of each table of records and of answers.

    `columns`: types of the columns in the release, by table and column.
    """
    kinds = {kind.table: kind for kind in schema.types.values()}
    answers = [name for name in columns if name == "answers" or name.startswith("answer_")]
    for table in sorted([*(name for name in columns if name in kinds), *answers]):
        kind = kinds.get(table)
        named = _label_properties(kind.properties.values()) if kind else _label_answers(schema, table, columns[table])
        yield _view(table, columns[table], named, of_records=kind is not None)


def _view(table: str, columns: dict[str, str], named: dict[str, str], *, of_records: bool) -> str:
    selected = []
    for name, column_type in columns.items():
        if name in named:
            selected.append(f'{named[name]} AS "{name}"')
        elif column_type.endswith("[]"):
            selected.append(f'{_joined(name)} AS "{name}"')
        else:
            selected.append(f't."{name}"')
    if of_records:
        selected.insert(1, "(SELECT r.label FROM records AS r WHERE r.id = t.id) AS label")
    return f'CREATE VIEW "{table}{SUFFIX}" AS SELECT {", ".join(selected)} FROM "{table}" AS t'


def _label_properties(properties: Iterable[Property]) -> dict[str, str]:
    """Return, by column, an SQL expression that replaces ids or codes with labels."""
    named = {}
    for prop in properties:
        if lookup := _lookup(prop):
            named[prop.column] = _joined(prop.column, lookup) if prop.many else _with_fallback(prop.column, lookup)
    return named


def _lookup(prop: Property) -> _Expression | None:
    if prop.type == "term" and prop.vocabulary:
        return _term(prop.vocabulary)
    return _record if prop.type == "record" else _area if prop.type == "area" else None


def _label_answers(schema: Schema, table: str, columns: dict[str, str]) -> dict[str, str]:
    named = {}
    for reference in declared_keys(schema)[table].references:
        if reference.column != "id":
            named[reference.column] = _with_fallback(reference.column, _record if reference.table == "records" else _area)
    for name, column_type in columns.items():
        lookup = _lookup_in_answers(table, name)
        if name not in named and lookup:
            named[name] = _joined(name, lookup) if column_type.endswith("[]") else _with_fallback(name, lookup)
    return named


def _lookup_in_answers(table: str, column: str) -> _Expression | None:
    if column in _RECORD_LISTS_OF_ANSWERS:
        return _record
    if column == "country":
        return _area
    if table == "answer_services":
        return _term("restriction-kinds") if column == "kind" else None
    return _term(_TERMS_OF_ANSWERS[column]) if column in _TERMS_OF_ANSWERS else None


def _record(value: str) -> str:
    return f"SELECT r.label FROM records AS r WHERE r.id = {value}"


def _area(value: str) -> str:
    return f"SELECT a.label FROM areas AS a WHERE a.code = {value}"


def _term(vocabulary: str) -> _Expression:
    return lambda value: f"SELECT v.label FROM terms AS v WHERE v.vocabulary = '{vocabulary}' AND v.id = {value}"


def _with_fallback(column: str, lookup: _Expression) -> str:
    value = f't."{column}"'
    return f"coalesce(({lookup(value)}), {value})"


def _joined(column: str, lookup: _Expression | None = None) -> str:
    """Return an expression for the values of a list, or their names, joined by semicolons."""
    value = f"coalesce(({lookup('j.value')}), j.value)" if lookup else "j.value"
    return f"(SELECT group_concat({value}, '; ') FROM json_each(t.\"{column}\") AS j)"
