"""A question as the terminal shows it: two things side by side, each value with who says it and the words that say so."""

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from overt.model.errors import format_count
from overt.model.schema import Schema
from overt.resolve.review.evidence import EvidenceReader, EvidenceSide
from overt.resolve.review.question_ranking import RankedQuestion
from overt.resolve.review.question_text import describe_parts, describe_proposal, question_reason
from overt.resolve.review.side_by_side import PropertyValue, compare_sides

MOST_VALUES = 6
"""Values of one property that are shown; the rest is counted."""
_MOST_WORDS = 120
_SIGNS = {"equal": "=", "differ": "≠", "one side": ""}


def plain(text: str, most: int = 300) -> str:
    """Somebody's text on one line, without signs that would steer the terminal or turn the direction of writing."""
    line = "".join(sign if sign.isprintable() else " " for sign in text)
    return line if len(line) <= most else f"{line[: most - 1]}…"


def show(console: Console, schema: Schema, evidence: EvidenceReader, ranked: RankedQuestion, heading: str) -> None:
    """Print a question with all that speaks for and against."""
    console.print(question(schema, evidence, ranked, heading))


def question(schema: Schema, evidence: EvidenceReader, ranked: RankedQuestion, heading: str) -> RenderableType:
    """A question with all that speaks for and against."""
    asked = ranked.question
    kind = schema.types[asked.left.type]
    left, right = evidence.sides(asked.left, asked.right)
    table = Table(expand=True, show_lines=True)
    table.add_column(kind.label, ratio=2, style="dim", overflow="fold")
    table.add_column("", width=1)
    for side in (left, right):
        table.add_column(Text(plain(side.label), style="bold"), ratio=5, overflow="fold")
    table.add_row("Records", "", _records(left), _records(right))
    for row in compare_sides(kind, left, right):
        cells = (_values(evidence, held) for held in (row.left, row.right))
        table.add_row(row.label, _SIGNS[row.agreement], *cells)
    if left.links or right.links:
        table.add_row("Named by", "", _links(left), _links(right))
    parts = (Text(f"  {plain(name)}: {plain(said)}") for name, said in describe_parts(asked.parts))
    proposal = [Text(plain(describe_proposal(asked, left.label, right.label), 1000))] if asked.proposal else []
    return Group(
        Text(heading, style="bold"), Text(plain(question_reason(asked), 1000)), _weight(ranked), *parts, *proposal, table
    )


def _weight(ranked: RankedQuestion) -> Text:
    rows, figures, links = ranked.impact
    bits = f"uncertainty {ranked.question.uncertainty:.2f} of 1"
    hangs = f"{format_count(rows, 'row')} of {format_count(figures, 'published figure')}, either is named by"
    return Text(f"{bits}; {hangs} {format_count(links, 'record')}", style="dim")


def _records(side: EvidenceSide) -> Text:
    shown = [plain(record) for record in side.records[:MOST_VALUES]]
    more = [f"and {len(side.records) - len(shown)} more"] if len(side.records) > len(shown) else []
    return Text("\n".join([*shown, *more]), style="dim")


def _links(side: EvidenceSide) -> Text:
    lines = [f"{link.type}: {plain(', '.join(link.words) or link.record, _MOST_WORDS)}" for link in side.links[:MOST_VALUES]]
    more = [f"and {side.link_count - len(lines)} more"] if side.link_count > len(lines) else []
    return Text("\n".join([*lines, *more]), style="dim")


def _values(evidence: EvidenceReader, values: Sequence[PropertyValue]) -> Text:
    if not values:
        return Text("not known", style="dim")
    parts = []
    for held in values[:MOST_VALUES]:
        style = "strike" if held.retracted else "bold" if held.shared else ""
        parts.append(Text(plain(held.value) + (f" {held.unit}" if held.unit else ""), style=style))
        parts += [Text(f"  {line}", style="dim") for line in dict.fromkeys(_places(evidence, held))]
    if len(values) > MOST_VALUES:
        parts.append(Text(f"and {len(values) - MOST_VALUES} more", style="dim"))
    return Text("\n").join(parts)


def _places(evidence: EvidenceReader, held: PropertyValue) -> list[str]:
    lines = []
    for one in held.claims[:3]:
        rule = f" by {one.rule}" if one.rule else ""
        basis = "" if one.basis == "stated" else f", {one.basis}{rule}"
        taken = ", taken back" if one.retracted else ""
        for place in one.places[:1]:
            excerpt = f": “{plain(place.excerpt, _MOST_WORDS)}”" if place.excerpt and place.excerpt != held.value else ""
            where = plain(f"{place.file.rpartition('/')[2]} {place.locator}", 80)
            lines.append(f"{plain(evidence.title_of(one.source), 60)}{basis}{taken}, {where}{excerpt}")
    return lines
