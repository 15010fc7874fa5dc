"""The list that a record belongs to."""

from overt.model.record_ids import EDITORIAL_SOURCE


def list_of(record: str) -> str:
    """Return the list that contains a record: its source or, for a record entered by an editor, the record itself.

    Editors enter records one by one, often without knowing each other's, so their records are not a list without duplicates.
    """
    source = record.partition(":")[0]
    return record if source == EDITORIAL_SOURCE else source
