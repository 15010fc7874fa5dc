"""The projects in the table about an organisation in a country, with its roles, the sources that name it, and statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from overt.language.first_letter_case import lower_first
from overt.model.values.span import NOT_DOCUMENTED
from overt.queries import pair_answers, projects
from overt.queries.database import Reader
from overt.queries.labels import RecordLabel
from overt.queries.pair_answers import AnswerProject, Part
from overt.queries.projects import Involved
from overt.site.country.money_texts import contract_words
from overt.site.country.projects_with_details import contract_values
from overt.site.country.statements_and_notes_on_projects import Statement, own_words, register_notes, statements
from overt.site.organization_in_country.naming_documents import NamedBy, documents_besides, naming_documents
from overt.site.project.company_and_government_statements import statement_lines
from overt.site.sentences.linked_record_and_company_names import short_name
from overt.site.site import Site

_CUSTOMERS = ("customer", "operator", "owner", "recipient")
_SUPPLIERS = ("supplier", "implementer")
_WITH_NOTES = 2
"""If an answer has at most this many projects, all have our register's note. Otherwise, only uncounted projects have it."""


class ProjectRow(NamedTuple):
    """A project in the table."""

    project: AnswerProject
    roles: list[str]
    """What the organisation did, in words; empty if it only made a statement about the project."""
    through: list[RecordLabel]
    """Companies of its group through which the organisation took part; empty if it took part itself."""
    beside: list[Involved]
    """Other suppliers and implementers, if the organisation is one of them."""
    customers: list[Involved]
    """Other organisations that are customers, operators, owners or recipients of the project."""
    financiers: list[Involved]
    """Other organisations that finance the project."""
    known_from: list[str]
    """Kinds of documents that are evidence for the project, in words."""
    documented: bool
    """Whether the answer counts the project."""
    supplies: bool = False
    """Whether the organisation itself, rather than only a company of its group, supplies or carries out the project."""
    named_by: NamedBy | None = None
    """The sources that name the organisation in the project; None if it only made a statement about the project."""
    contract: str = ""
    """The contract values that sources give, in words; empty if there are none."""
    statements: Sequence[Statement] = ()
    """What companies and governments say about the project, oldest first."""
    statement_lines: Sequence[tuple[Markup, Markup]] = ()
    """The statements in words, those that dispute something first. Each is a pair: who made it and when, and what it says."""
    besides: int = 0
    """Number of documents on the project that are evidence only for other facts; 0 if no document names the organisation."""
    note: Markup = Markup()
    """Our register's note on the project; empty without one, and for counted projects if there are more than `_WITH_NOTES`."""
    why_uncounted: str = ""
    """A sentence on why the answer doesn't count the project.

    Empty if the project is counted, or if the organisation only made a statement about it.
    """

    @property
    def sources(self) -> int:
        """Number of separate sources that name the organisation in the project."""
        return self.named_by.sources if self.named_by else 0


def project_rows(site: Site, reader: Reader, organization: str, country: str) -> list[ProjectRow]:
    """Return the projects behind an answer, as rows of the table and its CSV file.

    Documented surveillance and censorship systems come first, then other documented projects, then those that aren't counted.
    The last group includes projects about which the organisation made a statement without having a role on record.
    """
    parts: dict[str, list[Part]] = defaultdict(list)
    for part in pair_answers.parts(reader, organization, country):
        parts[part.id].append(part)
    order = list(site.words.terms["roles"])
    counted, stated = (query(reader, organization, country) for query in (pair_answers.projects, pair_answers.stated_projects))
    involved: dict[str, list[Involved]] = defaultdict(list)
    for row in projects.involved(reader, [project.id for project in counted]):
        involved[row.project].append(row)
    ids = [project.id for project in (*counted, *stated)]
    group = {organization, *(part.through for of_project in parts.values() for part in of_project)}
    named, values, by_project = naming_documents(site, reader, ids, group), contract_values(reader, ids), statements(reader, ids)
    besides = documents_besides(reader, ids, named)
    notes = register_notes(
        reader, [project.id for project in (*counted, *stated) if len(ids) <= _WITH_NOTES or project.status in NOT_DOCUMENTED]
    )
    rows = []
    for project in (*counted, *stated):
        own, around = parts[project.id], involved[project.id]
        roles = sorted({part.role for part in own}, key=order.index)
        members = {organization, *(part.through for part in own)}
        through = {part.through: RecordLabel(part.through, part.label, part.label_lang, part.label_zh) for part in own}
        has_own_part = through.pop(organization, None) is not None
        beside = [row for row in around if row.role in _SUPPLIERS and row.id not in members] if set(roles) & {*_SUPPLIERS} else []
        rows.append(
            ProjectRow(
                project,
                [site.words.term("roles", role) for role in roles],
                [] if has_own_part else list(through.values()),
                _once(beside),
                _once(row for row in around if row.role in _CUSTOMERS and row.id not in members),
                _once(row for row in around if row.role == "financier" and row.id not in members),
                [site.words.term("known-from", word) for word in project.known_from],
                bool(own) and project.status not in NOT_DOCUMENTED,
                any(part.role in _SUPPLIERS and part.through == organization for part in own),
                named.get(project.id) if own else None,
                contract_words(site, values.get(project.id, ())),
                by_project.get(project.id, ()),
                statement_lines(site, reader, by_project.get(project.id, ())),
                len(besides.get(project.id, ())) if own and project.id in named else 0,
                own_words(site, notes[project.id]) if project.id in notes else Markup(),
                uncounted_sentence(site, project.status, by_project.get(project.id, ())) if own else "",
            )
        )
    return sorted(rows, key=lambda row: (not row.documented, not _is_system(site, row.project)))


def _is_system(site: Site, project: AnswerProject) -> bool:
    return any(site.words.layer(kind) in ("surveillance", "censorship") for kind in project.kinds)


def uncounted_sentence(site: Site, status: str | None, stated: Sequence[Statement]) -> str:
    """Return a sentence on why a project isn't counted; empty if it is. For a denied project, it names those who deny it."""
    if status not in NOT_DOCUMENTED:
        return ""
    names = list({row.by.id: short_name(site.called(row.by)) for row in stated if row.kind == "denial"}.values())
    if status == "denied" and names:
        return site.ngettext(
            "Not counted, because %(names)s denies it.",
            "Not counted, because %(names)s deny it.",
            len(names),
            names=site.language.join(names),
        )
    label = lower_first(site.language, site.words.term("statuses", status))
    return site.gettext("Not counted, because its status is: %(status)s.", status=label)


def _once(rows: Iterable[Involved]) -> list[Involved]:
    return list({row.id: row for row in rows}.values())
