"""The names of projects, organisations and agreements (table `aliases`), and how many clusters of a type share each name."""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from overt.resolve.names import NameKeys
from overt.resolve.names.equal_name_keys import alias_key
from overt.resolve.names.folding_and_scripts import script_of
from overt.resolve.sql_queries import fill_query

_TYPES = "('agreement', 'organization', 'project')"
_TEXT = pa.string()
_COLUMNS: list[tuple[str, pa.DataType]] = [
    ("type", _TEXT), ("key", _TEXT), ("things", pa.int32()), ("id", _TEXT), ("name", _TEXT), ("lang", _TEXT), ("script", _TEXT),
    ("property", _TEXT), ("record", _TEXT), ("source", _TEXT), ("claim_id", _TEXT),
]  # fmt: skip
ALIASES = pa.schema(_COLUMNS)
"""One row per claim of a name, sorted by type, key and id.

`id`: published id of the cluster. `key`: the name without case, accents, punctuation and legal form, by which it is looked up.
`things`: number of clusters of the type that share the key; if there are several, the name is ambiguous. `lang`: as the source
states it. `script`: the scripts of the letters, joined by `+`.
"""


def alias_query(connection: duckdb.DuckDBPyConnection, claims: str, forms: NameKeys) -> str:
    """Return SQL for the rows of ALIASES, and register the tables that it reads.

    `claims`: a relation of current claims with the columns claim_id, id (published id of the record's cluster), record, type,
    source, property, value and lang.
    """
    columns = "claim_id, id, record, type, source, property, value AS name, lang"
    condition = f"type IN {_TYPES} AND property IN ('name', 'alias')"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE alias_claim AS SELECT {columns} FROM {claims} WHERE {condition}")
    names = [name for (name,) in connection.execute("SELECT DISTINCT name FROM alias_claim").fetchall()]
    columns_of_keys = (names, [alias_key(name, forms) for name in names], [scripts_of(name) for name in names])
    keys = [pa.array(column, _TEXT) for column in columns_of_keys]
    connection.register("alias_keys", pa.Table.from_arrays(keys, names=["name", "key", "script"]))
    return fill_query("aliases.aliases")


def latest_aliases(connection: duckdb.DuckDBPyConnection, claims: str, ids: Mapping[str, str], forms: NameKeys) -> pa.Table:
    """Return the names of each record in the latest snapshot that has it (columns of ALIASES).

    `claims`: a query from `resolution_inputs.claims_query`. `ids`: record → published id of its cluster; other records are left
    out.
    """
    columns = [pa.array(column, _TEXT) for column in (ids.keys(), ids.values())]
    connection.register("alias_ids", pa.Table.from_arrays(columns, names=["record", "id"]))
    latest = fill_query("aliases.latest_claims", claims=claims, types=_TYPES)
    return connection.execute(alias_query(connection, f"({latest})", forms)).to_arrow_table().cast(ALIASES)


def scripts_of(name: str) -> str | None:
    """Return the scripts of a name's letters, sorted and joined by `+`; None if there are no letters."""
    if name.isascii():
        return "latin" if any(map(str.isalpha, name)) else None
    return "+".join(sorted({script_of(character) for character in name} - {""})) or None
