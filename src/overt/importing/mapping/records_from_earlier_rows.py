"""The records that a mapping has made, so that cells can refer to a record by its key."""

from overt.importing.input_row import Row
from overt.model.errors import quote_text


def missing_record(type_: str, key: str) -> str:
    """Return the message about a cell that refers to a record which no earlier row has made."""
    return f"no row before this describes {type_} {quote_text(key)}, or that row is a problem"


class ExistingRecords:
    """Ids of the imported records of `types`, the types to which cells refer by a record's key."""

    def __init__(self, types: set[str]) -> None:
        self._ids: dict[str, set[str]] = {type_: set() for type_ in types}

    def add(self, row: Row, type_: str, record: str) -> None:
        """Add a record once its row is imported, if cells refer to records of its type."""
        if (ids := self._ids.get(type_)) is not None:
            row.when_imported(lambda: ids.add(record))

    def __contains__(self, record_of_type: tuple[str, str]) -> bool:
        type_, record = record_of_type
        return record in self._ids.get(type_, ())
