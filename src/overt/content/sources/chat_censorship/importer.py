"""Keywords that chat clients censored. Rows are counted by list, theme and topic, and the keywords themselves are not read."""

from collections import Counter

from overt.importing import Cell, Context, Row

OTHER = "other"
"""Key for all topics of a theme that don't have their own number."""
Counted = Counter[tuple[str, str, str]]
"""Number of keywords by list, theme and topic."""


def run(ctx: Context) -> None:
    """Count the rows first, because each row is evidence for the final count that it is part of."""
    topics = ctx.spec.lookups["topics"]
    counts: Counted = Counter()
    for lists, theme, topic in ctx.ahead("keywords", "lists", "theme", "category"):
        counts.update((name.strip(), theme, topic if topic in topics else OTHER) for name in lists.split(";"))
    described: set[str] = set()
    for row in ctx.rows("keywords"):
        with row:
            row.ignore("word_id")
            for name in row["lists"].text.split(";"):
                count(ctx, row, row["lists"].part(name), counts, described)


def count(ctx: Context, row: Row, list_name: Cell, counts: Counted, described: set[str]) -> None:
    """Add a row as evidence for the number that it is part of. The first row of each number also describes it."""
    theme, topic = row["theme"], row["category"]
    named = topic.text in ctx.spec.lookups["topics"]
    key = topic.text if named else OTHER
    at = [list_name, theme, topic] if named else [list_name, theme]
    figure = ctx.record("reported_figure", list=list_name, theme=theme, topic=key)
    number = str(counts[list_name.text, theme.text, key])
    figure.add("value", number, at=at, unit="keywords", basis="computed", rule="keywords-counted@1")
    if figure.id in described:
        return
    row.when_imported(lambda: described.add(figure.id))
    client = ctx.record("organization", name=ctx.lookup("clients", list_name))
    client.add("name", ctx.lookup("clients", list_name))
    client.add("country", "CN", at=list_name)
    figure.add("measure", "censored-chat-keywords", at=list_name)
    figure.add("organization", client, at=list_name)
    figure.add("as-of", "2015-05", at=list_name)
    figure.add("reported-by", "Citizen Lab", at=list_name)
    figure.add("scope", scope(ctx, list_name, theme, topic if named else None), at=at, lang="en")


def scope(ctx: Context, list_name: Cell, theme: Cell, topic: Cell | None) -> str:
    """Return a description of what a number counts. source.yml has the same words in Chinese."""
    named = ctx.lookup("topics", topic).text if topic is not None else "other topics"
    return f"list {list_name}: {ctx.lookup('themes', theme)}, {named}"
