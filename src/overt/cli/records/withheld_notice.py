"""The notice that `overt show` prints for a record that a release withholds."""

from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.cli.editor_entries.record_lookup import named_record
from overt.ledger import open_ledger
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.resolve.review.member_lookup import Members


def withheld_notice(atlas: Workspace, folder: Path, name: str) -> str | None:
    """Return a notice with the day and the reason if the release in `folder` withholds the record; otherwise None."""
    path = folder / "tables" / "withheld.parquet"
    if not path.is_file() or not pq.read_metadata(path).num_rows:
        return None
    try:
        members = Members(atlas.resolved)
        member = members.find(named_record(atlas, name))
    except UsageError:
        return None
    rows = pq.read_table(path, filters=pc.field("id") == member.id).to_pylist()
    if not rows:
        return None
    [row] = rows
    disputed = {*members.cluster(row["of"])}
    withholdings = open_ledger(atlas).withholdings()
    entries = [withholding.sequence for withholding in withholdings if not disputed.isdisjoint(withholding.members)]
    undo = f"; `overt judge undo {entries[0]}` and a new release show it again" if entries else ""
    goes_with = f", with {row['of']}" if row["of"] != row["id"] else ""
    return f"{name}: release {folder.name} withholds it{goes_with}, since {row['since']}: {row['reason']}{undo}"
