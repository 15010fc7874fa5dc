"""Which list a record is a row of."""

from overt.model.record_ids import EDITORIAL_SOURCE


def list_of(record: str) -> str:
    """Return the list that a record is a row of: its source, or for a record that an editor entered, the record itself.

    Editors enter records one by one, often without knowing of one another's, so theirs are no list without duplicates.
    """
    source = record.partition(":")[0]
    return record if source == EDITORIAL_SOURCE else source
