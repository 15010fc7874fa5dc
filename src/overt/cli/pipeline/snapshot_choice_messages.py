"""Messages about sources whose snapshot an editor chose, and sources that an editor removed."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from overt.cli.messages_and_progress import messages
from overt.model.errors import format_count

# Completing a command's options imports its module, so modules that only the command needs are imported where they are used.
if TYPE_CHECKING:
    from overt.archive import Archive
    from overt.importing.snapshot_and_source_selection import Choices


def print_choices(archive: "Archive", choices: "Choices", sources: Collection[str] | None = None) -> None:
    """Print a line for each of these sources that an editor removed, or whose chosen snapshot is not its newest.

    `sources`: None for all.
    """
    for line in choice_lines(archive, choices, sources):
        messages.print(line)


def choice_lines(archive: "Archive", choices: "Choices", sources: Collection[str] | None = None) -> Iterator[str]:
    """Yield the lines that `print_choices` prints."""
    from overt.importing.snapshot_and_source_selection import newest_last

    ordered = newest_last(archive.snapshots(), {})
    for source, choice in choices.items():
        if sources is not None and source not in sources:
            continue
        if choice.snapshot is None:
            yield (
                f"{source}: left out, because entry {choice.sequence} removed it;"
                f" `overt judge undo {choice.sequence}` brings it back"
            )
            continue
        ids = [snapshot.id for snapshot in ordered if snapshot.source == source]
        newer = ids[ids.index(choice.snapshot) + 1 :] if choice.snapshot in ids else []
        if newer:
            does = "doesn't" if len(newer) == 1 else "don't"
            yield (
                f"{source}: {choice.snapshot} stays in use, as entry {choice.sequence} chose it;"
                f" {format_count(len(newer), 'newer snapshot')} {does} count;"
                f" `overt source use {source} {newer[-1]}` takes the newest"
            )
