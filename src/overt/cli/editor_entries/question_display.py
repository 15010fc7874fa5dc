"""A question on a terminal: two records side by side, each value with its sources and excerpts."""

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from overt.cli.text_truncation_and_sizes import plain
from overt.model.errors import format_count
from overt.model.schema import Schema
from overt.resolve.review.evidence import EvidenceReader, EvidenceSide
from overt.resolve.review.property_comparison import PropertyValue, compare_sides
from overt.resolve.review.question_ranking import RankedQuestion
from overt.resolve.review.question_text import describe_parts, describe_proposal, question_reason

MAX_VALUES = 6
"""Maximum number of values of a property, of records and of links that are shown; the remaining ones are counted."""
_MAX_WORDS = 120
_SIGNS = {"equal": "=", "differ": "≠", "one side": ""}


def show(console: Console, schema: Schema, evidence: EvidenceReader, ranked: RankedQuestion, heading: str) -> None:
    """Print a question with the evidence for and against merging the two records."""
    console.print(render_question(schema, evidence, ranked, heading))


def render_question(schema: Schema, evidence: EvidenceReader, ranked: RankedQuestion, heading: str) -> RenderableType:
    """Return a question with the evidence for and against merging the two records, ready to print."""
    question = ranked.question
    kind = schema.types[question.left.type]
    left, right = evidence.sides(question.left, question.right)
    table = Table(expand=True, show_lines=True)
    table.add_column(kind.label, ratio=2, style="dim", overflow="fold")
    table.add_column("", width=1)
    for side in (left, right):
        table.add_column(Text(plain(side.label), style="bold"), ratio=5, overflow="fold")
    table.add_row("Records", "", _records(left), _records(right))
    for row in compare_sides(kind, left, right):
        cells = (_values(evidence, values) for values in (row.left, row.right))
        table.add_row(row.label, _SIGNS[row.agreement], *cells)
    if left.links or right.links:
        table.add_row("Named by", "", _links(left), _links(right))
    parts = (Text(f"  {plain(name)}: {plain(text)}") for name, text in describe_parts(question.parts))
    proposal = [Text(plain(describe_proposal(question, left.label, right.label), 1000))] if question.proposal else []
    return Group(
        Text(heading, style="bold"), Text(plain(question_reason(question), 1000)), _weight(ranked), *parts, *proposal, table
    )


def _weight(ranked: RankedQuestion) -> Text:
    rows, figures, links = ranked.impact
    bits = f"uncertainty {ranked.question.uncertainty:.2f} of 1"
    reach = f"{format_count(rows, 'row')} of {format_count(figures, 'published figure')}"
    return Text(f"{bits}; {reach}; {format_count(links, 'record')} naming one of the two", style="dim")


def _records(side: EvidenceSide) -> Text:
    records = [plain(record) for record in side.records[:MAX_VALUES]]
    more = [f"and {len(side.records) - len(records)} more"] if len(side.records) > len(records) else []
    return Text("\n".join([*records, *more]), style="dim")


def _links(side: EvidenceSide) -> Text:
    lines = [f"{link.type}: {plain(', '.join(link.words) or link.record, _MAX_WORDS)}" for link in side.links[:MAX_VALUES]]
    more = [f"and {side.link_count - len(lines)} more"] if side.link_count > len(lines) else []
    return Text("\n".join([*lines, *more]), style="dim")


def _values(evidence: EvidenceReader, values: Sequence[PropertyValue]) -> Text:
    if not values:
        return Text("unknown", style="dim")
    parts = []
    for value in values[:MAX_VALUES]:
        style = "strike" if value.retracted else "bold" if value.shared else ""
        parts.append(Text(plain(value.value) + (f" {value.unit}" if value.unit else ""), style=style))
        parts += [Text(f"  {line}", style="dim") for line in dict.fromkeys(_places(evidence, value))]
    if len(values) > MAX_VALUES:
        parts.append(Text(f"and {len(values) - MAX_VALUES} more", style="dim"))
    return Text("\n").join(parts)


def _places(evidence: EvidenceReader, value: PropertyValue) -> list[str]:
    lines = []
    for claim in value.claims[:3]:
        rule = f" by {claim.rule}" if claim.rule else ""
        basis = "" if claim.basis == "stated" else f", {claim.basis}{rule}"
        taken = ", taken back" if claim.retracted else ""
        for place in claim.places[:1]:
            excerpt = f": “{plain(place.excerpt, _MAX_WORDS)}”" if place.excerpt and place.excerpt != value.value else ""
            where = plain(f"{place.file.rpartition('/')[2]} {place.locator}", 80)
            lines.append(f"{plain(evidence.title_of(claim.source), 60)}{basis}{taken}, {where}{excerpt}")
    return lines
