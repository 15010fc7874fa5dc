"""Ids of records that a source renamed. An old id leads to the new record even in an atlas that never had the old record."""

import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.record_ids import canonical_id


def renamed_records(content: Catalogue) -> pa.Table:
    """Return a table of renamed records: `old_id`, the published id that the old record had, and `record`, the new source record.

    For a record that was renamed more than once, each of its old ids leads to the newest record.
    """
    new = {old: to for spec in content.sources.values() for old, to in spec.renamed.items()}
    rows = []
    for old in sorted(new):
        record, seen = old, {old}
        while (record := new.get(record, record)) not in seen:
            seen.add(record)
        rows.append({"old_id": canonical_id(old), "record": record})
    return pa.Table.from_pylist(rows, schema=pa.schema([("old_id", pa.string()), ("record", pa.string())]))
