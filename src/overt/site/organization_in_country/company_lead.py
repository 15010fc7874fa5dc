"""The lead of the page about an organisation in a country: what it supplied there, for whom, who says so, and who disputes it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from overt.language.first_letter_case import lower_first
from overt.language.language import N_, NN_
from overt.language.organization_article import with_organization_article
from overt.model.values.span import NOT_DOCUMENTED
from overt.queries.database import Reader
from overt.queries.labels import RecordLabel
from overt.queries.pair_answers import Answer
from overt.queries.projects import Involved
from overt.site.claim.publishers_known_at_second_hand import second_hand_sentence
from overt.site.country.project_totals_by_kind_and_purpose import PARTS, group_of
from overt.site.country.projects_with_details import DocumentedProject, is_only_scanned, with_details
from overt.site.organization.system_and_country_texts import statuses
from overt.site.organization.weakly_documented_systems import weakly_documented
from overt.site.organization_in_country.naming_documents import documents_beside, naming_words, original_document
from overt.site.organization_in_country.other_suppliers import SYSTEMS
from overt.site.organization_in_country.party_names_and_home_countries import KnownParty
from overt.site.organization_in_country.project_row import ProjectRow
from overt.site.organization_in_country.statement_and_dispute_sentences import stated, statements_address
from overt.site.project.dated_status import agreed_later, dated_status, in_sentence, status_with_date
from overt.site.project.project_documents import only_publishers
from overt.site.sentences.joined_parts import join, join_clauses, join_sentences
from overt.site.sentences.linked_record_and_company_names import record_link, text_link
from overt.site.site import Site

_UNCOUNTED = NN_(
    "%(n)s project on record in %(where)s names %(name)s, but is not counted: %(why)s.",
    "%(n)s projects on record in %(where)s name %(name)s, but are not counted: %(why)s.",
)
_UNCOUNTED_SYSTEMS = NN_(
    "For %(n)s system on record in %(where)s, %(name)s is named, but it is not counted: %(why)s.",
    "For %(n)s systems on record in %(where)s, %(name)s is named, but they are not counted: %(why)s.",
)
_ITS_PART_AGREED = N_("in use from %(in_use)s; %(name)s’s part agreed %(agreed)s")
_PART_AGREED = N_("in use from %(in_use)s; a part agreed %(agreed)s")
_MIXED_GROUPS, _KINDS = ("presence", "agreements", "finance", "other"), 3
"""Groups whose names don't describe their projects, and the maximum number of kinds to name instead."""
_MIXED = NN_("%(n)s project (%(kinds)s)", "%(n)s projects (%(kinds)s)")
_CUSTOMERS, _SUPPLIERS = 2, 4
"""Maximum numbers of customers and of other suppliers that are named."""

_NAMES_SUPPLIER = NN_(
    "%(who)s names %(name)s as supplier of %(what)s in %(where)s: %(project)s.",
    "%(who)s name %(name)s as supplier of %(what)s in %(where)s: %(project)s.",
)
_FOUND_PRODUCTS = NN_(
    "%(who)s found products of %(name)s in %(where)s by scanning networks: %(project)s.",
    "%(who)s found products of %(name)s in %(where)s by scanning networks: %(project)s.",
)
_REPORTED_SCAN = NN_(
    "%(who)s reports that a network scan found products of %(name)s in %(where)s: %(project)s.",
    "%(who)s report that a network scan found products of %(name)s in %(where)s: %(project)s.",
)
"""For a project that only network scans found: `_FOUND_PRODUCTS` names those who scanned. `_REPORTED_SCAN` is used if all
documents are by others, who only report the scan.
"""


def lead(
    site: Site,
    reader: Reader,
    name: str,
    where: str,
    answer: Answer,
    rows: Sequence[ProjectRow],
    parties: Mapping[str, KnownParty],
    indexes: Sequence[Markup],
) -> Markup | None:
    """Return sentences on the documented projects that an organisation supplies in a country, and on those that don't count.

    Return None if the organisation has only other roles in documented projects, or no project at all. `name`, `where`: the
    organisation and the country in words. `rows`: all projects behind the answer. `parties`: the names of the other
    organisations in these projects, by id. `indexes`: the titles of the indexes that name the organisation there.
    """
    documented = [row for row in rows if row.documented]
    supplied = [row for row in documented if row.supplies]
    marked, uncounted = site.foreign(name), _uncounted(site, rows)
    with_role = [row for row in rows if row.roles]  # In the others, it only made a statement.
    if not documented and (why := _uncounted(site, with_role)):
        only_systems = all(group_of(_as_documented(row)._replace(status=None), site.words) in SYSTEMS for row in with_role)
        return site.language.nmarkup(
            *(_UNCOUNTED_SYSTEMS if only_systems else _UNCOUNTED), len(with_role), where=where, name=marked, why=why
        )
    if not supplied:
        return None
    systems = [row for row in supplied if group_of(_as_documented(row), site.words) in SYSTEMS]
    main = systems or supplied
    parts: list[Markup | str] = [
        _only_project(site, reader, marked, where, main[0], parties)
        if len(main) == 1
        else _several(site, marked, where, main, parties)
    ]
    details = with_details(reader, [_as_documented(row) for row in systems])
    parts.append(weakly_documented(site, details, {row.project.id: row.sources for row in systems}, sources=len(main) > 1))
    parts += [*stated(site, reader, answer.organization, main), *_besides(site, documented, main)]
    if indexes:
        parts.append(
            site.language.nmarkup(
                "The index %(names)s also names it as a supplier there.",
                "The indexes %(names)s also name it as a supplier there.",
                len(indexes),
                names=join(site, indexes),
            )
        )
    if uncounted:
        parts.append(_named_uncounted(site, rows) or site.gettext("Below, but not counted: %(why)s.", why=uncounted))
    return join_sentences(site, *parts)


def _several(site: Site, name: Markup, where: str, rows: Sequence[ProjectRow], parties: Mapping[str, KnownParty]) -> Markup:
    """Return a sentence on several projects that an organisation supplies, with the number of each kind and the customers.

    Customers are left out unless every project has one, because readers could take them for the customers of all projects.
    They are also left out if some projects are known only from network scans, which don't reveal who supplied a system.
    """
    customers = Counter(party.id for row in rows for party in row.customers)
    values = {"name": name, "what": _groups(site, rows), "where": where}
    if any(is_only_scanned(row.project.known_from) for row in rows):
        return site.markup("Sources name %(name)s as supplier or maker of %(what)s in %(where)s.", **values)
    if not all(row.customers for row in rows):
        return site.markup("Sources name %(name)s as supplier of %(what)s in %(where)s.", **values)
    named = [party for party, _ in customers.most_common()]
    return site.markup(
        "Sources name %(name)s as supplier of %(what)s in %(where)s, for %(customers)s.",
        **values, customers=_names(site, named, parties),
    )  # fmt: skip


def _besides(site: Site, documented: Sequence[ProjectRow], main: Sequence[ProjectRow]) -> list[str]:
    """Return a sentence on the documented projects other than `main`, by the organisation's roles; empty if there are none."""
    by_roles: dict[str, list[ProjectRow]] = {}
    for row in documented:
        if row not in main:
            by_roles.setdefault(site.language.join([lower_first(site.language, role) for role in row.roles]), []).append(row)
    named = [site.gettext("%(roles)s of %(what)s", roles=roles, what=_by_group(site, rows)) for roles, rows in by_roles.items()]
    return [site.gettext("It is also named as %(parts)s.", parts=site.language.join(named))] if named else []


def _uncounted(site: Site, rows: Sequence[ProjectRow]) -> str:
    """Return the numbers of uncounted projects by status, such as `1 announced and 2 denied`; empty if there are none."""
    counts = Counter(row.project.status for row in rows if row.project.status in NOT_DOCUMENTED)
    return join_clauses(site, statuses(site, {status: counts[status] for status in NOT_DOCUMENTED if counts[status]}))


def _named_uncounted(site: Site, rows: Sequence[ProjectRow]) -> Markup | None:
    """Return a sentence with the name and status of the only project that isn't counted; None unless there is exactly one."""
    dropped = [row for row in rows if row.project.status in NOT_DOCUMENTED]
    if len(dropped) != 1:
        return None
    [row] = dropped
    project = row.project
    label = RecordLabel(project.id, project.label, project.label_lang, project.label_zh)
    status = lower_first(site.language, site.words.term("statuses", project.status or ""))
    return site.markup("Not counted: %(name)s (%(why)s).", name=record_link(site, "project", label), why=status)


def _only_project(
    site: Site, reader: Reader, name: Markup, where: str, row: ProjectRow, parties: Mapping[str, KnownParty]
) -> Markup:
    """Return sentences on the only project: its name, who reports it, its customers, dates, financiers and other suppliers."""
    project = row.project
    label = RecordLabel(project.id, project.label, project.label_lang, project.label_zh)
    second_hand = (
        second_hand_sentence(site, row.named_by.publishers, documents_beside(reader, project.id, row.named_by))
        if row.named_by
        else Markup()
    )
    named_by, messages = row.named_by, _NAMES_SUPPLIER
    if is_only_scanned(project.known_from):
        original = original_document(named_by.documents if named_by else ())
        messages = _FOUND_PRODUCTS if original else _REPORTED_SCAN
        named_by = named_by._replace(documents=[original], sources=1) if named_by and original else named_by
    sentences = [
        site.language.nmarkup(
            *messages,
            named_by.sources if named_by else 1,
            who=naming_words(site, named_by, apart=not second_hand),
            name=name,
            what=_groups(site, [row]),
            where=where,
            project=record_link(site, "project", label),
        ),
        second_hand,
    ]
    if row.customers:
        names = _names(site, [party.id for party in row.customers], parties)
        sentences.append(
            site.language.nmarkup(
                "Customer or operator: %(names)s.", "Customers and operators: %(names)s.", len(row.customers), names=names
            )
        )
    else:
        sentences.append(site.markup("No source here names a customer."))
    sentences.append(_steps(site, reader, name, row))
    if row.financiers:
        sentences.append(_financed(site, reader, row, parties))
    if row.beside:
        names = join(
            site, [_other_supplier(site, row, party, parties) for party in row.beside[:_SUPPLIERS]], len(row.beside[_SUPPLIERS:])
        )
        sentences.append(
            site.language.nmarkup("Other supplier: %(names)s.", "Other suppliers: %(names)s.", len(row.beside), names=names)
        )
    return join_sentences(site, *sentences)


def _steps(site: Site, reader: Reader, name: Markup, row: ProjectRow) -> Markup:
    """Return a sentence on a project's first date and its dated status; empty without either. `name`: the organisation's."""
    [system] = with_details(reader, [_as_documented(row)])
    parts, last_step = list[Markup | str](), dated_status(site, system.status, system.steps)
    if agreed_later(system.steps):
        agreed, in_use = (site.formats.date(system.steps[step]) for step in ("agreed", "operational"))
        message = _PART_AGREED if row.beside else _ITS_PART_AGREED
        parts.append(site.markup(message, in_use=in_use, name=name, agreed=agreed))
    elif system.date and system.dated and not system.found_by_scan and not (last_step and last_step.step == system.dated):
        what = lower_first(site.language, site.schema.types["project"].properties[system.dated].label)
        parts.append(site.gettext("%(what)s %(date)s", what=what, date=site.formats.date(system.date)))
    status = status_with_date(site, system.status, system.steps, system.status_as_of, found_by_scan=system.found_by_scan)
    is_first_use = agreed_later(system.steps) and system.status_as_of == system.in_use
    if last_step and not agreed_later(system.steps):
        parts.append(in_sentence(site, last_step))
    elif status and not status.step and (system.status != system.dated or system.found_by_scan) and not is_first_use:
        parts.append(in_sentence(site, status))
    words = escape(site.language.comma).join(parts)
    return site.markup("%(steps)s.", steps=words[:1].upper() + words[1:]) if words else words


def _financed(site: Site, reader: Reader, row: ProjectRow, parties: Mapping[str, KnownParty]) -> Markup:
    """Return a sentence on who financed a project.

    If there is a single financier, named by only one document, the sentence also gives the document's publisher.
    """
    names = _names(site, [party.id for party in row.financiers], parties)
    publishers = only_publishers(site, reader, row.project.id, [party.id for party in row.financiers])
    if len(row.financiers) == 1 and publishers:
        [by] = publishers.values()
        return site.markup("Financed by %(names)s, according to %(publisher)s.", names=names, publisher=site.foreign(by))
    return site.markup("Financed by %(names)s.", names=names)


def _other_supplier(site: Site, row: ProjectRow, supplier: Involved, parties: Mapping[str, KnownParty]) -> Markup:
    """Return another supplier with its country, if known, and a link to its statement on the project, if it made one."""
    party = parties[supplier.id]
    details = [escape(site.seat(supplier.id, party.seat))] if party.seat else []
    if any(statement.by.id == supplier.id for statement in row.statements):
        details.append(text_link(statements_address(site, row), site.gettext("its statement")))
    name = site.foreign(party.name, party.lang)
    if not details:
        return name
    return site.markup("%(name)s (%(details)s)", name=name, details=escape(site.language.comma).join(details))


def _groups(site: Site, rows: Sequence[ProjectRow]) -> str:
    """Return the number of projects in each group of PARTS: `2 surveillance systems and 1 network or data centre`."""
    counts = Counter(group_of(_as_documented(row), site.words) for row in rows)
    return site.language.join([site.ngettext(*PARTS[group], counts[group]) for group in PARTS if counts[group]])


def _by_group(site: Site, rows: Sequence[ProjectRow]) -> str:
    """Return the same as `_groups`, but with kinds for projects of a mixed group: `1 project (investment, manufacturing)`."""
    mixed = [row for row in rows if group_of(_as_documented(row), site.words) in _MIXED_GROUPS]
    parts = [_groups(site, clear)] if (clear := [row for row in rows if row not in mixed]) else []
    if mixed:
        kinds = Counter(kind for row in mixed for kind in row.project.kinds)
        names = [lower_first(site.language, site.words.term("project-kinds", kind)) for kind, _ in kinds.most_common(_KINDS)]
        message = _MIXED if names else PARTS["other"]
        parts.append(site.ngettext(*message, len(mixed), kinds=site.language.comma.join(names)))
    return site.language.join(parts)


def _as_documented(row: ProjectRow) -> DocumentedProject:
    project = row.project
    return DocumentedProject(
        project.id, project.label, project.label_lang, project.label_zh, project.kinds, project.status, project.date,
        project.independent_sources,
    )  # fmt: skip


def _names(site: Site, parties: Sequence[str], known: Mapping[str, KnownParty]) -> Markup:
    named = [known[party] for party in parties[:_CUSTOMERS]]
    words = [site.foreign(with_organization_article(site.language, row.name, row.lang), row.lang) for row in named]
    return join(site, words, len(parties) - len(words))
