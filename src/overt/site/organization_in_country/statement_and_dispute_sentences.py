"""Sentences on what an organisation says about its projects in a country, and on who disputes something about them."""

from collections.abc import Sequence

from markupsafe import Markup

from overt.queries.database import Reader
from overt.site.country.statements_and_notes_on_projects import Statement, own_words
from overt.site.organization_in_country.project_row import ProjectRow
from overt.site.project.company_and_government_statements import dispute_sentence
from overt.site.sentences.linked_record_and_company_names import text_link
from overt.site.site import Site

_DISPUTED = 2
"""Maximum number of disputed projects that are named."""


def stated(site: Site, reader: Reader, organization: str, rows: Sequence[ProjectRow]) -> list[Markup | str]:
    """Return sentences on who disputes something about these projects; an empty list if there is nothing to say.

    If more than `_DISPUTED` projects are disputed, a sentence gives only their number. If there is only one project, the newest
    of the organisation's statements that dispute nothing follows, even if nobody disputes anything.
    """
    if len(rows) > 1:
        disputed = [row for row in rows if any(statement.disputes for statement in row.statements)]
        if len(disputed) <= _DISPUTED:
            return [dispute_sentence(site, reader, row.statements, statements_address(site, row)) for row in disputed]
        return [site.gettext("Statements on record dispute %(n)s of them.", n=len(disputed))]
    [row] = rows
    address = statements_address(site, row)
    sentences: list[Markup | str] = [dispute_sentence(site, reader, row.statements, address)]
    if own := [statement for statement in row.statements if statement.by.id == organization and not statement.disputes]:
        sentences.append(_own_statement(site, max(own, key=lambda statement: statement.date or ""), address))
    return [sentence for sentence in sentences if sentence]


def _own_statement(site: Site, statement: Statement, address: str) -> Markup:
    """Return what an organisation says about a project, with the date, if known, and a link to the statements at `address`."""
    if not statement.note:
        return site.markup("It has %(answered)s.", answered=text_link(address, site.gettext("made a statement")))
    words, link = own_words(site, statement.note), text_link(address, site.gettext("Its statement"))
    if not statement.date:
        return site.markup("%(link)s: %(words)s", link=link, words=words)
    date = site.formats.date(statement.date)
    return site.markup("%(link)s (%(date)s): %(words)s", link=link, date=date, words=words)


def statements_address(site: Site, row: ProjectRow) -> str:
    """Return the address of the statements on a project."""
    return f"{site.record_url('project', row.project.id)}#statements"
