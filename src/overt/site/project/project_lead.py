"""The first sentences of a project's page: who supplied it to whom and where, who has other roles, and who promised money."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from overt.language.first_letter_case import lower_first
from overt.language.language import N_, NN_
from overt.queries.rows.records import Fact, Record
from overt.site.country.projects_with_details import is_only_scanned
from overt.site.project.money_promises import Promise, Sum, flow_kinds, is_named
from overt.site.sentences.evidence_marks import evidence_mark
from overt.site.sentences.joined_parts import join, join_sentences
from overt.site.sentences.linked_record_and_company_names import text_link
from overt.site.site import Site

_PARTIES, _COUNTRIES, _PROMISES = 3, 6, 3
"""Maximum numbers of organisations, countries and promises to name."""
_BESIDES = ("finance", "agreements")
"""If a project also has kinds of other layers, kinds of these layers, such as donations and training, are left out."""
_SUPPLIER_AND_CUSTOMERS = NN_(
    "%(who)s names %(suppliers)s as supplier in %(where)s, for %(customers)s.",
    "%(who)s name %(suppliers)s as supplier in %(where)s, for %(customers)s.",
)
_SUPPLIERS_AND_CUSTOMERS = NN_(
    "%(who)s names %(suppliers)s as suppliers in %(where)s, for %(customers)s.",
    "%(who)s name %(suppliers)s as suppliers in %(where)s, for %(customers)s.",
)
_SUPPLIER = NN_("%(who)s names %(suppliers)s as supplier in %(where)s.", "%(who)s name %(suppliers)s as supplier in %(where)s.")
_SCANNED = N_("A network scan recognised products of %(suppliers)s in %(where)s; no source here says who ran them.")
"""For a system that is known only from scans, and whose customer isn't known."""
_SUPPLIERS = NN_(
    "%(who)s names %(suppliers)s as suppliers in %(where)s.", "%(who)s name %(suppliers)s as suppliers in %(where)s."
)

_DOCUMENTED_FOR_CUSTOMERS = {
    True: NN_(
        "%(who)s documents this system in %(countries)s, for %(customers)s.",
        "%(who)s document this system in %(countries)s, for %(customers)s.",
    ),
    False: NN_(
        "%(who)s documents this project in %(countries)s, for %(customers)s.",
        "%(who)s document this project in %(countries)s, for %(customers)s.",
    ),
}
_DOCUMENTED_IN = {
    True: NN_("%(who)s documents this system in %(countries)s.", "%(who)s document this system in %(countries)s."),
    False: NN_("%(who)s documents this project in %(countries)s.", "%(who)s document this project in %(countries)s."),
}
_DOCUMENTED = {
    True: NN_("%(who)s documents this system.", "%(who)s document this system."),
    False: NN_("%(who)s documents this project.", "%(who)s document this project."),
}
"""The first sentence on a project without a supplier. The keys say whether it is a surveillance or censorship system."""


def supply_sentence(
    site: Site,
    record: Record,
    suppliers: Sequence[Fact],
    customers: Sequence[Fact],
    links: Mapping[str, Markup],
    details: Mapping[str, Markup],
    second_hand: Markup | str = "",
    *,
    scanned: bool = False,
) -> Markup:
    """Return sentences on how many sources name which suppliers of a project, in which countries, and for which customers.

    The number of sources comes first if it is the same for all parties. If it isn't, the names are followed by their numbers.
    Without suppliers, the sentences name only countries and customers. `links`: from `party_links`. `details`: from
    `supplier_details`. `second_hand`: a sentence on sources that pass on a report that isn't on record. If there is one, the
    sources aren't called separate. `scanned`: whether only scans found the project, and only suppliers are named.
    """
    where = _countries(site, record)
    if not suppliers:
        return _without_supplier(site, record, where, customers, links)
    counts = {fact.independent_sources or fact.sources for fact in (*suppliers, *customers)}
    shared = counts.pop() if len(counts) == 1 else 0
    who = site.markup("Sources")
    if shared:
        evidence = _evidence(site, suppliers[0]) if len(suppliers) == 1 and not customers else "#roles"
        plain = site.ngettext("%(n)s source", "%(n)s sources", shared)
        independent = site.ngettext("%(n)s separate source", "%(n)s separate sources", shared)
        who = text_link(evidence, plain if second_hand else independent)
    if scanned and where and not customers:
        products = parties(site, suppliers, links, details)
        return join_sentences(site, site.markup(_SCANNED, suppliers=products, where=where), second_hand)
    names = parties(site, suppliers, links, details, marked=not shared)
    if customers:
        messages = _SUPPLIER_AND_CUSTOMERS if len(suppliers) == 1 else _SUPPLIERS_AND_CUSTOMERS
    else:
        messages = _SUPPLIER if len(suppliers) == 1 else _SUPPLIERS
    named = site.language.nmarkup(
        *messages,
        shared or 2,
        who=who,
        suppliers=names,
        where=where,
        customers=parties(site, customers, links, marked=not shared),
    )
    return join_sentences(site, named, second_hand)


def only_scanned(record: Record) -> bool:
    """Return whether a project is known only from network scans, which don't reveal who bought or ran it."""
    return is_only_scanned([fact.value for fact in record.shown("known-from")])


def _without_supplier(
    site: Site, record: Record, where: Markup, customers: Sequence[Fact], links: Mapping[str, Markup]
) -> Markup:
    """Return sentences on a project without a supplier: the number of sources, its countries and its customers.

    For a system, they also say that no source here names a supplier.
    """
    is_system = any(site.words.layer(fact.value) in ("surveillance", "censorship") for fact in record.shown("kind"))
    count = record.independent_sources or record.sources
    plain = site.ngettext("%(n)s source", "%(n)s sources", count)
    independent = site.ngettext("%(n)s separate source", "%(n)s separate sources", count)
    who = text_link("#known", independent if record.independent_sources else plain)
    in_place = _DOCUMENTED_FOR_CUSTOMERS if customers else _DOCUMENTED_IN
    messages = in_place if where else _DOCUMENTED
    named = parties(site, customers, links)
    first = site.language.nmarkup(*messages[is_system], count, who=who, countries=where, customers=named)
    return join_sentences(site, first, site.gettext("No source here names a supplier.") if is_system else "")


def parties(
    site: Site,
    facts: Sequence[Fact],
    links: Mapping[str, Markup],
    details: Mapping[str, Markup] | None = None,
    *,
    marked: bool = True,
) -> Markup:
    """Return the linked names of the first `_PARTIES` organisations, and how many more there are.

    `details`: text after a name, by organisation. `marked`: whether to mark each name with the number of separate sources for
    its role. If all organisations have the same number, one mark follows the list.
    """
    counts = [fact.independent_sources or fact.sources for fact in facts]
    shared = len(facts) > 1 and len(set(counts)) == 1
    named = []
    for fact, count in zip(facts[:_PARTIES], counts, strict=False):
        mark = evidence_mark(site, _evidence(site, fact), count) if marked and not shared else ""
        named.append(links[fact.value] + (details or {}).get(fact.value, "") + mark)
    names = join(site, named, len(facts) - len(named))
    return names + evidence_mark(site, "#roles", counts[0]) if marked and shared else names


def _evidence(site: Site, fact: Fact) -> str:
    if fact.claims == 1:
        return site.url(f"/claim/{fact.claim_id}")
    return f"{site.record_url('role', fact.id)}#claims-{fact.property}"


def kind_names(site: Site, record: Record) -> str:
    """Return a project's kinds in words, without donations or training if it has other kinds; empty if there are none."""
    terms = site.words.terms["project-kinds"]
    kinds = [fact.value for fact in record.shown("kind")]
    main = [kind for kind in kinds if not ((term := terms.get(kind)) and term.layer in _BESIDES)]
    names = [site.words.term("project-kinds", kind) for kind in main or kinds]
    return site.language.join([*names[:1], *(lower_first(site.language, name) for name in names[1:])])


def _countries(site: Site, record: Record) -> Markup:
    codes = [fact.value for fact in record.shown("country")]
    links = [text_link(site.url(f"/country/{code}"), site.words.area(code)) for code in codes[:_COUNTRIES]]
    return join(site, links, len(codes) - len(links)) if links else Markup()


def money_sentence(site: Site, promises: Sequence[Promise], links: Mapping[str, Markup], total: Sum | None) -> Markup:
    """Return a sentence on the promised money, with the kind and year of each promise; empty without a promise.

    If there are more than `_PROMISES`, or if none has an amount, it gives only their number, years and sum. `links`: from
    `party_links`, for the financiers.
    """
    if not promises:
        return Markup()
    valued = [promise for promise in promises if promise.amounts]
    if not valued or len(promises) > _PROMISES:
        dates = [promise.agreed.value for promise in promises if promise.agreed]
        years = sorted(date[:4] for date in dates if date[:4].isdigit())
        count = site.ngettext("%(n)s commitment", "%(n)s commitments", len(promises))
        words = text_link("#money", count)
        if years:
            words = site.markup("%(commitments)s, %(years)s", commitments=words, years=site.formats.period(years[0], years[-1]))
        if total:
            amount = _amount(site, total.amount, total.unit)
            words = site.markup("%(commitments)s, together %(amount)s", commitments=words, amount=amount)
        return site.markup("Money promised: %(promises)s.", promises=words)
    return site.markup("Money promised: %(promises)s.", promises=join(site, [_promise(site, row, links) for row in promises], 0))


def _promise(site: Site, promise: Promise, links: Mapping[str, Markup]) -> Markup:
    kinds = [lower_first(site.language, site.words.term("flow-types", fact.value)) for fact in promise.kinds(flow_kinds(site))]
    year = promise.agreed.value[:4] if promise.agreed else ""
    details = site.language.comma.join([*kinds, *([site.formats.date(year)] if year.isdigit() else [])])
    first = next(iter(promise.amounts), None)
    amount = _amount(site, first.value, first.unit) if first else site.markup("an unknown amount")
    names = [links[fact.value] for fact in promise.financiers[:_PARTIES] if is_named(fact)]
    words = amount
    if names:
        financiers = join(site, names, len(promise.financiers) - len(names))
        words = site.markup("%(amount)s by %(financiers)s", amount=amount, financiers=financiers)
    return site.markup("%(words)s (%(details)s)", words=words, details=details) if details else words


def _amount(site: Site, value: object, unit: str | None) -> Markup:
    amount = text_link("#money", site.formats.money_short(value, unit))
    prices = site.formats.prices(unit)
    return site.markup("%(amount)s %(prices)s", amount=amount, prices=prices) if prices else amount


def part_sentences(
    site: Site, parts: Sequence[tuple[str, list[Fact]]], links: Mapping[str, Markup], publishers: Mapping[str, str]
) -> list[Markup]:
    """Return a sentence for each other role that organisations have in the project. `parts`: from `named_parts`.

    `publishers`: from `only_publishers`. If only one organisation has the role, and only one document names it, the sentence
    names the publisher, because another source may say something else.
    """
    sentences = []
    for verb, facts in parts:
        values = {"verb": verb[:1].upper() + verb[1:], "names": parties(site, facts, links)}
        by = publishers.get(facts[0].value) if len(facts) == 1 else None
        sentences.append(
            site.markup("%(verb)s %(names)s, according to %(publisher)s.", **values, publisher=site.foreign(by))
            if by
            else site.markup("%(verb)s %(names)s.", **values)
        )
    return sentences


def lead(site: Site, *sentences: Markup | str) -> Markup:
    """Join the sentences of the lead, without empty ones."""
    return join_sentences(site, *(sentence for sentence in sentences if sentence))
