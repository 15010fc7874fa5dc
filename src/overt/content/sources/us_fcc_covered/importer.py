"""FCC Covered List. Each row is an entry: a sentence that names one or two companies, or only a class of goods."""

import datetime
import re
from typing import Any

from overt.importing import Cell, Context, RecordDraft, Row

LIST = "us-fcc-covered"
COMPANY_RULE = "fcc-company@1"
DAY = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}")
SUBSIDIARY_RULE = "fcc-subsidiary@1"


def run(ctx: Context) -> None:
    rules = ctx.words("rules.yml")
    for row in ctx.rows("entries"):
        with row:
            entry(ctx, row, rules)


def entry(ctx: Context, row: Row, rules: dict[str, Any]) -> None:
    sentence = row["covered_equipment_or_services"]
    included = row["date_of_inclusion_on_covered_list"]
    for date in DAY.findall(included.text):
        ctx.as_of(day(row, included.part(date)))
    match = first(rules["company"], sentence.text)
    if match is None:
        if first(rules["class_of_goods"], sentence.text):
            row.out_of_scope("class-of-goods")
        row.problem("the sentence fits no pattern of rules.yml", sentence)
    start = day(row, included)
    company = listed(ctx, sentence, match["name"], COMPANY_RULE, start)
    if match["subsidiary"]:
        subsidiary = listed(ctx, sentence, match["subsidiary"], SUBSIDIARY_RULE, start)
        relation = ctx.record("relation", organization=match["subsidiary"], other=match["name"])
        relation.code("from", subsidiary, at=sentence, rule=SUBSIDIARY_RULE)
        relation.code("to", company, at=sentence, rule=SUBSIDIARY_RULE)
        relation.code("kind", "parent", at=sentence, rule=SUBSIDIARY_RULE)


def first(patterns: list[str], text: str) -> "re.Match[str] | None":
    """Return the match of the first pattern that matches anywhere in the text; None if none does."""
    return next((match for match in (re.search(pattern, text) for pattern in patterns) if match), None)


def listed(ctx: Context, sentence: Cell, name: str, rule: str, start: Cell) -> RecordDraft:
    """Add a company and its listing, and return the company. The sentence is the listing's note: it limits what is covered."""
    company = ctx.record("organization", name=name)
    company.code("name", name, at=sentence, rule=rule, lang="en")
    listing = ctx.record("listing", organization=name)
    listing.code("organization", company, at=sentence, rule=rule)
    listing.add("list", LIST, at=sentence)
    listing.add("start", start)
    listing.add("note", sentence, lang="en")
    return company


def day(row: Row, cell: Cell) -> Cell:
    """Return `March 12, 2021` as an ISO date. Raises Problem for any other text, including a date with notes on updates."""
    try:
        return cell.read_as(datetime.datetime.strptime(cell.text, "%B %d, %Y").date().isoformat())
    except ValueError:
        row.problem(f"{cell.text!r} is not a date such as March 12, 2021", cell)
