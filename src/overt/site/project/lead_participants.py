"""The organisations that take part in a project, for the first sentences of its page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from overt.language.language import N_
from overt.language.organization_article import with_organization_article
from overt.model.values.current_on_day import Phase
from overt.queries.database import Reader
from overt.queries.labels import RecordLabel
from overt.queries.rows.records import Fact, Record
from overt.site.claim.values_from_document import names_rest
from overt.site.country.statements_and_notes_on_projects import Statement
from overt.site.organization.short_organization_names_and_seats import known_names, known_organizations
from overt.site.organization_in_country.naming_documents import naming_documents
from overt.site.sentences.linked_record_and_company_names import label_language, text_link
from overt.site.site import Site

_UNCLEAR = (Phase.POSSIBLY_ENDED, Phase.POSSIBLY_BEGUN)
_VERBS: tuple[tuple[str, str, tuple[Phase, ...]], ...] = (
    ("supplier", N_("supplied by"), ()),
    ("implementer", N_("carried out by"), ()),
    ("customer", N_("for"), ()),
    ("operator", N_("operated by"), (Phase.CURRENT,)),
    ("operator", N_("perhaps operated by"), _UNCLEAR),
    ("operator", N_("formerly operated by"), (Phase.ENDED,)),
    ("owner", N_("owned by"), (Phase.CURRENT,)),
    ("owner", N_("perhaps owned by"), _UNCLEAR),
    ("owner", N_("formerly owned by"), (Phase.ENDED,)),
)
"""Roles in the first sentences, each with its words and the phases in which it applies; no phases means all of them."""


def named_parts(site: Site, roles: list[Record], commitments: list[Record]) -> list[tuple[str, list[Fact]]]:
    """Return the parts of the first sentences: pairs of the words for a role and its organisations, each once."""
    sentence_parts = []
    for name, verb, phases in _VERBS:
        named = [role for role in roles if role.value("role") == name and (not phases or role.phase in phases)]
        facts = [fact for role in named for fact in role.shown("organization")]
        if facts:
            sentence_parts.append((site.gettext(verb), _distinct(facts)))
    money = [fact for commitment in commitments for fact in commitment.shown("financier")]
    money += [fact for role in roles if role.value("role") == "financier" for fact in role.shown("organization")]
    return [*sentence_parts, (site.gettext("financed by"), _distinct(money))] if money else sentence_parts


def counted_roles(site: Site, reader: Reader, project: str, roles: Iterable[Record]) -> list[Record]:
    """Return the roles with the number of separate sources that name each organisation in its role in the project.

    The roles' own numbers are too low if several records give the same role, because each counts only its own sources.
    """

    def counted(role: Record) -> Record:
        named = role.facts.get("organization", [])
        facts = [replace(fact, independent_sources=_sources(fact, role.value("role"))) for fact in named]
        return replace(role, facts={**role.facts, "organization": facts})

    def _sources(fact: Fact, name: str | None) -> int | None:
        named = naming_documents(site, reader, [project], [fact.value], name).get(project) if name else None
        return max(fact.independent_sources or 0, named.sources) if named else fact.independent_sources

    return [counted(role) for role in roles]


def first_sentence(
    site: Site, parts: Sequence[tuple[str, list[Fact]]], *, has_country: bool
) -> tuple[list[Fact], list[Fact], set[str]]:
    """Return the suppliers and customers for the first sentence, and the words of the parts that it covers.

    All are empty without a country, or if there is neither a supplier nor a customer. Current operators are covered if all of
    them are customers. `parts`: from `named_parts`.
    """
    by_words = dict(parts)
    supplied, ordered, operated = (by_words.get(site.gettext(words), []) for words in ("supplied by", "for", "operated by"))
    if not (supplied or ordered) or not has_country:
        return [], [], set()
    covered = {site.gettext("supplied by"), site.gettext("for")}
    if {fact.value for fact in operated} <= {fact.value for fact in ordered}:
        covered.add(site.gettext("operated by"))
    return supplied, ordered, covered


def party_links(site: Site, reader: Reader, organizations: Sequence[Fact]) -> dict[str, Markup]:
    """Return links to organisations with the names by which they are known, by id."""
    known = known_names(site, reader, {fact.value for fact in organizations})
    links = {}
    for fact in organizations:
        row = RecordLabel(fact.value, fact.label, fact.label_lang, fact.label_zh)
        full = site.called(row)
        lang, name = label_language(site, row, full), known.get(fact.value, full)
        link = text_link(site.record_url("organization", fact.value), site.foreign(name, lang))
        links[fact.value] = escape(with_organization_article(site.language, name, lang).removesuffix(name)) + link
    return links


def supplier_details(
    site: Site, reader: Reader, suppliers: Sequence[Fact], countries: Sequence[str], statements: Iterable[Statement]
) -> dict[str, Markup]:
    """Return the words in brackets after suppliers' names: the country where each is based, and a link to its statement.

    The countries are left out if all suppliers are based in the project's country and sources agree on it. `countries`: codes
    of the project's countries. Keys are ids of organisations; a supplier without such words is left out.
    """
    known = known_organizations(site, reader, {fact.value for fact in suppliers})
    seats = {fact.value: known[fact.value].seat for fact in suppliers if fact.value in known}
    named = {*seats.values()} != {*countries} or not site.rival_seats.keys().isdisjoint(seats)
    speakers = {statement.by.id for statement in statements}
    details = {}
    for fact in suppliers:
        seat = seats.get(fact.value)
        words = [escape(site.seat(fact.value, seat))] if seat and named else []
        if fact.value in speakers:
            words.append(text_link("#statements", site.gettext("its statement")))
        if words:
            details[fact.value] = site.markup(" (%(details)s)", details=escape(site.language.comma).join(words))
    return details


def _distinct(facts: Iterable[Fact]) -> list[Fact]:
    """Return the first value for each organisation. Names for the rest of a group, such as “Other cities”, are at the end."""
    distinct: dict[str, Fact] = {}
    for fact in facts:
        distinct.setdefault(fact.value, fact)
    return sorted(distinct.values(), key=lambda fact: names_rest(fact.label))
