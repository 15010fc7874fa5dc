"""`overt judge aliases`."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Annotated

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json, reading
from overt.cli.judging.question_table import plain
from overt.cli.messages import messages
from overt.resolve.review.alias_lookup import Row, ambiguous, called

NameArgument = Annotated[
    str,
    typer.Argument(
        help="A name in any spelling, a source's record id, or a published id.",
        metavar="NAME",
        show_default="the names that mean several things",
    ),
]


def aliases(name: NameArgument = "", json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """Show who goes by a name, and what else each is called, in which script and language, by which sources."""
    atlas, _, _ = reading(workspace)
    rows = called(atlas.resolved, name) if name else ambiguous(atlas.resolved)
    if json:
        print_json(rows)
        return
    for line in _by_thing(rows) if name else _by_name(rows):
        print(line)
    if not rows:
        messages.print(f"nothing goes by {plain(name)!r}" if name else "every name means one thing")


def _by_thing(rows: list[Row]) -> Iterator[str]:
    for (kind, identity), held in groupby(sorted(rows, key=_thing), key=_thing):
        yield f"{identity}  {kind}"
        yield from _names(held)


def _by_name(rows: list[Row]) -> Iterator[str]:
    for (kind, key), held in groupby(rows, key=lambda row: (row["type"], row["key"])):
        same = list(held)
        yield f"“{plain(key)}”  means {same[0]['things']} of type {kind}"
        for (_, identity), names in groupby(same, key=_thing):
            yield from (line.replace("  ", f"  {identity}  ", 1) for line in _names(names, told=False))


def _names(rows: Iterable[Row], *, told: bool = True) -> Iterator[str]:
    """A line for each name of one thing: where it is written how, and who says so."""

    def written(row: Row) -> tuple[str, str, str]:
        return row["name"], row["lang"] or "", row["script"] or ""

    for (name, lang, script), held in groupby(sorted(rows, key=written), key=written):
        claims = list(held)
        sources = sorted({row["source"] for row in claims})
        how = ", ".join(filter(None, (script, lang, *sorted({row["property"] for row in claims}))))
        several = f"; means {claims[0]['things']} things" if told and claims[0]["things"] > 1 else ""
        yield f"  {plain(name)}  ({how}): {', '.join(sources)}{several}"


def _thing(row: Row) -> tuple[str, str]:
    return row["type"], row["id"]
