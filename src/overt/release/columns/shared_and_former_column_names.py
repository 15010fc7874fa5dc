"""The vocabulary of column names: one name for each idea in all formats, and the former names."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from overt.model.yaml_reading_and_validation import Content, read_model

_FILE = files("overt") / "release" / "columns" / "shared_column_names.yml"


class Vocabulary(Content):
    """The content of `shared_column_names.yml`."""

    names: dict[str, str]
    """Meanings by name, for columns with texts, numbers or lists."""
    counts: dict[str, str]
    """What a column counts, by its name. Columns with these names are integers; in JSON documents, they can also be lists."""
    homonyms: dict[str, str]
    """Meanings by `table.column`, for columns whose values differ in kind from those of other columns with the same name."""
    former: dict[str, dict[str, str]]
    """Current names, by format or table and by old name."""


@cache
def load_vocabulary() -> Vocabulary:
    """Read `shared_column_names.yml`, once per process."""
    return read_model(Vocabulary, _FILE, "shared_column_names.yml")


def former_names(form: str) -> Mapping[str, str]:
    """Return the current names of a format's or table's renamed columns, by old name; empty if no column was renamed."""
    return load_vocabulary().former.get(form, {})


def rename_former(table: str, columns: Iterable[str]) -> str:
    """Return the SQL after `SELECT *` that gives the columns of an older release's table their present names.

    `columns` are the table's columns. A column keeps its old name if another one already has the present name. The SQL is empty
    if nothing is renamed.
    """
    present = frozenset(columns)
    pairs = [(old, name) for old, name in former_names(table).items() if old in present and name not in present]
    renames = ", ".join(f'"{old}" AS "{name}"' for old, name in pairs)
    return f" RENAME ({renames})" if pairs else ""
