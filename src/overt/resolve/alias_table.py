"""Who is called what, as the imported data have it: every claim of a name, and whether the name means one thing."""

from collections.abc import Mapping
from importlib.resources import files

import duckdb
import pyarrow as pa

from overt.model.duckdb_connection import sql
from overt.resolve.names import NameForms, fold
from overt.resolve.names.folding import script_of

_SQL = files("overt") / "resolve" / "sql"
_TYPES = "('agreement', 'organization', 'project')"
_TEXT = pa.string()
_COLUMNS: list[tuple[str, pa.DataType]] = [
    ("type", _TEXT), ("key", _TEXT), ("things", pa.int32()), ("id", _TEXT), ("name", _TEXT), ("lang", _TEXT), ("script", _TEXT),
    ("property", _TEXT), ("record", _TEXT), ("source", _TEXT), ("claim_id", _TEXT),
]  # fmt: skip
ALIASES = pa.schema(_COLUMNS)
"""One row a claim that a thing (`id`) is called so, sorted by type, key and thing. `key`: what is looked up, the name without
case, accents, punctuation and legal form; `things`: how many things of the type go by that key, so that a name with more than one
is ambiguous; `lang`: as the source tells it; `script`: of the letters of the name, several joined by `+`."""


def alias_query(connection: duckdb.DuckDBPyConnection, claims: str, forms: NameForms) -> str:
    """SQL for the rows of ALIASES. `claims`: a relation of the claims that stand, with the columns claim_id, id (the published id
    of the record's thing), record, type, source, property, value and lang.
    """
    columns = "claim_id, id, record, type, source, property, value AS name, lang"
    wanted = f"type IN {_TYPES} AND property IN ('name', 'alias')"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE alias_said AS SELECT {columns} FROM {claims} WHERE {wanted}")
    names = [name for (name,) in connection.execute("SELECT DISTINCT name FROM alias_said").fetchall()]
    keys = [
        pa.array(column, _TEXT) for column in (names, [key_of(name, forms) for name in names], [script(name) for name in names])
    ]
    connection.register("alias_keys", pa.Table.from_arrays(keys, names=["name", "key", "script"]))
    return sql(_SQL, "aliases")


def latest_aliases(connection: duckdb.DuckDBPyConnection, claims: str, ids: Mapping[str, str], forms: NameForms) -> pa.Table:
    """The names by which records are joined, those that the last snapshot which holds a record gives it (columns of ALIASES).

    `claims`: as `overt.resolve.resolver` makes them, those that stand; `ids`: record → published id of its thing.
    """
    columns = [pa.array(held, _TEXT) for held in (ids.keys(), ids.values())]
    connection.register("alias_ids", pa.Table.from_arrays(columns, names=["record", "id"]))
    latest = sql(_SQL, "named", {"claims": claims, "types": _TYPES})
    return connection.execute(alias_query(connection, f"({latest})", forms)).to_arrow_table().cast(ALIASES)


def key_of(name: str, forms: NameForms) -> str:
    """What a name is looked up by. One that is too short for the machine to join by has a key too."""
    return forms.key(name) or fold(name) or name


def script(name: str) -> str | None:
    """The scripts of a name's letters; nothing where it has none."""
    if name.isascii():
        return "latin" if any(map(str.isalpha, name)) else None
    return "+".join(sorted({script_of(sign) for sign in name} - {""})) or None
