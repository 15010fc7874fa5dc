"""Views with the former names of columns, so that old queries only need another table name."""

from collections.abc import Collection, Iterator, Mapping

from overt.release.columns.shared_and_former_column_names import former_names

SUFFIX = "_former_names"


def former_name_views(columns: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Yield a statement for the view of each table with renamed columns. `columns`: columns of each table, in order."""
    for table, names in columns.items():
        former = {name: old for old, name in former_names(table).items()}
        if former:
            selected = ", ".join(f'"{name}" AS "{former[name]}"' if name in former else f'"{name}"' for name in names)
            yield f'CREATE VIEW "{table}{SUFFIX}" AS SELECT {selected} FROM "{table}"'
