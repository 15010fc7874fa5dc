"""Chinese laws as Markdown. A file is a version of a law; a row is its heading or one article."""

import re
from collections.abc import Iterator

from overt.importing import Cell, Context, RecordDraft, Row
from overt.importing.readers.text_file_blocks_as_rows import cell_lines

from .heading_and_topic_rules import Readings, Topics
from .law_versions import DATE, Law, iso_date, read_laws

_INFO_END = "<!-- INFO END -->"


def run(ctx: Context) -> None:
    """Read every file once to find versions and duplicates, then read each row."""
    readings, topics = Readings(ctx.words("readings.yml")), Topics(ctx.words("topics.yml"))
    laws = iter(read_laws(ctx.ahead("laws", "label", "text", with_file=True), ctx.spec.as_of or ""))
    law: Law | None = None
    for row in ctx.rows("laws"):
        if law is None or row.file != law.file:
            law = next(laws)
            is_head = True
        with row:
            row["heading"]
            if law.twin_of is not None:
                row.out_of_scope("same-law-twice")
            if is_head:
                head(ctx, row, law, readings)
            elif not row["label"]:
                row.out_of_scope("annex")
            else:
                article(ctx, row, law, topics, readings)
        is_head = False


def agreement_of(ctx: Context, law: Law) -> RecordDraft:
    """Return the record of a version of a law."""
    return ctx.record("agreement", title=law.title, date=law.date)


def head(ctx: Context, row: Row, law: Law, readings: Readings) -> None:
    """Add a version's titles, kind, areas, issuers, dates and status, and which version superseded it."""
    title, *lines = law_lines(row["text"])
    if not row["label"].text and not title.raw.startswith("# "):
        row.problem("the first line is not a title (# …)", title)
    record = agreement_of(ctx, law)
    record.add("name", title.read_as(law.title), lang="zh")
    if english := readings.title_en(law.title):
        record.code("name", english, at=title, rule="law-title-en@1", lang="en")
    kind = readings.kind(law)
    if kind is None:
        row.problem("no rule of readings.yml says what kind of law it is", title)
    record.code("kind", kind, at=[title, *lines], rule="law-kind@1")
    for area in ("CN", *readings.areas(law.title)):
        record.code("party-country", area, at=title, rule="law-country@1")
    issuers(ctx, record, [title, *lines], readings)
    dates(ctx, record, law, title, lines)
    versions(ctx, record, law, title)


def law_lines(text: Cell) -> Iterator[Cell]:
    """Yield the title and the lines below it, up to the end of the information on the law."""
    for line in cell_lines(text):
        if line.text == _INFO_END:
            return
        yield line


def issuers(ctx: Context, record: RecordDraft, lines: list[Cell], readings: Readings) -> None:
    """Add the bodies that made the law, each from the first line that names it."""
    for issuer in readings.issuers:
        if line := next((line for line in lines if issuer.pattern.search(line.text)), None):
            body = ctx.record("organization", name=issuer.name)
            body.code("name", issuer.name, at=line, rule="law-issuer@1", lang="zh")
            body.code("name", issuer.english, at=line, rule="law-issuer@1", lang="en")
            body.code("kind", "state-body", at=line, rule="law-issuer@1")
            body.code("country", "CN", at=line, rule="law-issuer@1")
            record.code("party", body, at=line, rule="law-issuer@1")


def dates(ctx: Context, record: RecordDraft, law: Law, title: Cell, lines: list[Cell]) -> None:
    """Add the dates that the lines below the title state. If none of them is the version's own date, take the version's date
    from the file's name.
    """
    by_date = {iso_date(*match.groups()): line for line in reversed(lines) if (match := DATE.search(line.text))}
    if law.date in by_date:
        record.add("date", by_date[law.date].read_as(law.date))
    else:
        record.code("date", law.date, at=title, rule="law-version-date@1")
    if law.adopted:
        record.add("adopted", by_date[law.adopted].read_as(law.adopted))
    for day in law.amended:
        record.add("amended", by_date[day].read_as(day))
    if law.in_force_in_head:
        record.add("in-force", by_date[law.in_force_in_head].read_as(law.in_force_in_head))


def versions(ctx: Context, record: RecordDraft, law: Law, title: Cell) -> None:
    """Add the status and, for an earlier version, what replaced it and when."""
    if law.newer is not None:
        newer = agreement_of(ctx, law.newer)
        record.add("status", "superseded", at=title, basis="computed", rule="law-versions@1")
        record.add("superseded-by", newer, at=title, basis="computed", rule="law-versions@1")
        record.add("repealed", law.newer.effective, at=title, basis="computed", rule="law-versions@1")
    elif law.is_in_force:
        record.add("status", "in-force", at=title, basis="computed", rule="law-versions@1")


def article(ctx: Context, row: Row, law: Law, topics: Topics, readings: Readings) -> None:
    """Add a provision for an article that concerns a topic, and the effective date from the article that states it."""
    text, label = row["text"], row["label"]
    matches = topics.find(text.text)
    effect = law.effect_article == label.text and not law.in_force_in_head
    if not matches and not effect:
        row.out_of_scope("no-topic")
    if effect and law.in_force:
        line = next(line for line in cell_lines(text) if re.search("施行", line.text))
        record = agreement_of(ctx, law)
        if law.has_written_day:
            record.add("in-force", line.read_as(law.in_force))
        else:
            record.code("in-force", law.in_force, at=line, rule="law-in-force@1")
    if matches:
        provision = ctx.record("provision", agreement=agreement_of(ctx, law), article=label)
        provision.add("agreement", agreement_of(ctx, law), at=label)
        provision.add("article", label, lang="zh")
        for topic, rule in matches:
            provision.code("topic", topic, at=text, rule=rule)
        if note := readings.note(law, label.text):
            provision.code("note", note, at=text, rule="law-note@1", lang="en")
