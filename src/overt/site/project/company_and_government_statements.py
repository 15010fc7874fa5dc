"""What companies and governments say about a project, worded in the same way on all pages: who said what, and when."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from overt.language.language import N_
from overt.queries.database import Reader
from overt.site.country.statements_and_notes_on_projects import Statement, own_words
from overt.site.organization.short_organization_names_and_seats import known_names
from overt.site.sentences.joined_parts import join, join_sentences
from overt.site.sentences.linked_record_and_company_names import company_in_sentence, text_link
from overt.site.site import Site

RESPONSES = {
    "dispute": (N_("Disputed by %(name)s"), N_("Dispute")),
    "denial-of-use": (N_("Use denied by %(name)s"), N_("Denies its use")),
    "rejection": (N_("Accusation rejected by %(name)s"), N_("Rejects an accusation")),
    "reply": (N_("Answer by %(name)s"), N_("Reply")),
    "no-answer": (N_("Neither confirmed nor denied by %(name)s"), N_("Neither confirms nor denies")),
    "confirmation": (N_("Confirmed by %(name)s"), N_("Confirmation")),
}
"""For each `response`: words with the name of the speaker, and words without it, for the speaker's own page."""
REJECTED = N_("The accusation itself isn’t on record here.")
"""Follows a statement that rejects an accusation, because records have only the rejection."""
_PARTS = {
    "supply": N_("the supply or purchase"),
    "use": N_("the use"),
    "function": N_("what the system does"),
}
"""What a statement disputes, by a term of the vocabulary `statement-parts`."""
_SOMETHING = N_("a part of this")


def statement_lines(site: Site, reader: Reader, statements: Sequence[Statement]) -> list[tuple[Markup, Markup]]:
    """Return a pair for each statement: who made it (a link) and when, and its words. Disputing statements come first."""
    names = known_names(site, reader, {statement.by.id for statement in statements})
    ordered = sorted(statements, key=lambda statement: not statement.disputes)
    return [(_who(site, statement, names.get(statement.by.id, "")), _words(site, statement)) for statement in ordered]


def dispute_sentence(site: Site, reader: Reader, statements: Iterable[Statement], address: str = "#statements") -> Markup:
    """Return a sentence on who disputed what about a project, and when; empty if nobody did.

    Only the newest dispute of each organisation counts. `address`: the address of the list of statements.
    """
    disputing = {statement.by.id: statement for statement in statements if statement.disputes}
    names = known_names(site, reader, disputing)
    clauses = [
        _clause(site, statement, names.get(identity, ""), address, begins=at == 0)
        for at, (identity, statement) in enumerate(disputing.items())
    ]
    return site.markup("%(clauses)s.", clauses=join(site, clauses)) if clauses else Markup()


def _clause(site: Site, statement: Statement, name: str, address: str, *, begins: bool) -> Markup:
    what = text_link(address, site.gettext(_PARTS.get(statement.part or "", _SOMETHING)))
    speaker = company_in_sentence(site, statement.by, name, begins=begins)
    if statement.date:
        date = site.formats.date(statement.date)
        return site.markup("%(name)s disputed %(what)s (%(date)s)", name=speaker, what=what, date=date)
    return site.markup("%(name)s disputed %(what)s", name=speaker, what=what)


def _who(site: Site, statement: Statement, name: str) -> Markup:
    message, _ = RESPONSES[statement.response]
    words = site.markup(message, name=company_in_sentence(site, statement.by, name))
    link = text_link(site.record_url("statement", statement.id), words)
    return site.markup("%(what)s (%(when)s)", what=link, when=site.formats.date(statement.date)) if statement.date else link


def _words(site: Site, statement: Statement) -> Markup:
    words = own_words(site, statement.note) if statement.note else site.markup("Overt doesn’t have its words.")
    return join_sentences(site, words, site.gettext(REJECTED) if statement.response == "rejection" else "")
