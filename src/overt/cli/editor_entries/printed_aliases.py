"""The output of `overt judge aliases`."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from overt.cli.atlas_access import reading
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.cli.text_truncation_and_sizes import plain
from overt.resolve.review.alias_lookup import AliasRow, ambiguous_aliases, find_aliases


def print_aliases(workspace: Path, name: str, *, json: bool) -> None:
    """Print the records that a name or an id identifies, with all their names. Without a name, print the names that several
    records of one type share.
    """
    atlas, _, _ = reading(workspace)
    rows = find_aliases(atlas.resolved, name) if name else ambiguous_aliases(atlas.resolved)
    if json:
        print_json(rows)
        return
    for line in _by_record(rows) if name else _by_name(rows):
        print(line)
    if not rows:
        messages.print(f"no record has the name {plain(name)!r}" if name else "every name belongs to one record")


def _by_record(rows: list[AliasRow]) -> Iterator[str]:
    for (kind, identity), group in groupby(sorted(rows, key=_thing), key=_thing):
        yield f"{identity}  {kind}"
        yield from _names(group)


def _by_name(rows: list[AliasRow]) -> Iterator[str]:
    for (kind, key), group in groupby(rows, key=lambda row: (row["type"], row["key"])):
        same_key = list(group)
        yield f"“{plain(key)}”  {same_key[0]['things']} records of type {kind}"
        for (_, identity), names in groupby(same_key, key=_thing):
            yield from (line.replace("  ", f"  {identity}  ", 1) for line in _names(names, with_count=False))


def _names(rows: Iterable[AliasRow], *, with_count: bool = True) -> Iterator[str]:
    """Yield a line for each name of a record: its script, language and properties, and the sources that use it.

    `with_count`: also say how many records have the name, if there are several.
    """

    def spelling(row: AliasRow) -> tuple[str, str, str]:
        return row["name"], row["lang"] or "", row["script"] or ""

    for (name, lang, script), group in groupby(sorted(rows, key=spelling), key=spelling):
        claims = list(group)
        sources = sorted({row["source"] for row in claims})
        how = ", ".join(filter(None, (script, lang, *sorted({row["property"] for row in claims}))))
        several = f"; {claims[0]['things']} records have this name" if with_count and claims[0]["things"] > 1 else ""
        yield f"  {plain(name)}  ({how}): {', '.join(sources)}{several}"


def _thing(row: AliasRow) -> tuple[str, str]:
    return row["type"], row["id"]
