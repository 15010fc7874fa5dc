"""Texts with what is recorded about single projects: kinds, countries, status, dates, parties and money."""

from collections import defaultdict
from collections.abc import Sequence

from overt.language.language import N_
from overt.queries import projects
from overt.queries.database import json_array
from overt.site.search.projects.project_dates import recorded_dates
from overt.site.search.projects.project_scope import ProjectScope

_ROLES = (
    ("supplier", N_("suppliers: %(names)s")), ("implementer", N_("implementers: %(names)s")),
    ("customer", N_("customers: %(names)s")), ("operator", N_("operators: %(names)s")), ("owner", N_("owners: %(names)s")),
    ("financier", N_("lenders or donors: %(names)s")),
)  # fmt: skip
_MAX_NAMES = 6


def project_sheets(scope: ProjectScope, ids: Sequence[str]) -> dict[str, str]:
    """Return a text with what is recorded about each project, by id."""
    language = scope.language
    mask = scope.reader.vectors.mask_of(ids)
    rows, dates = projects.by_id(scope.reader, ids), recorded_dates(scope, mask)
    parties: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in scope.reader.rows("question_texts_and_facts.parties", {"ids": json_array(ids)}):
        parties[row["id"], row["role"]].append(scope.called_row(row))
    money: dict[str, list[str]] = defaultdict(list)
    for row in scope.reader.rows("question_texts_and_facts.amounts", {"ids": json_array(ids)}):
        flow = scope.words.term("flow-types", row["flow_type"]) if row["flow_type"] else language.gettext("commitment")
        money[row["id"]].append(
            language.gettext("%(name)s (%(detail)s)", name=flow, detail=scope.amount(row["amount"], row["unit"]))
        )
    for row in scope.rows("contract_values", mask):
        value = scope.amount(row["amount"], row["unit"])
        money[row["id"]].append(language.gettext("contract value %(amount)s", amount=value))
    sheets = {}
    for identity in ids:
        project = rows[identity]
        status = (
            language.gettext("status: %(status)s", status=scope.words.term("statuses", project.status)) if project.status else ""
        )
        texts = [
            *(scope.words.term("project-kinds", kind) for kind in project.kinds),
            *(scope.words.area(code) for code in project.countries),
            status,
            dates.get(identity, "") or (str(project.year) if project.year else language.gettext("no date")),
        ]
        for role, message in _ROLES:
            if names := parties.get((identity, role)):
                texts.append(language.gettext(message, names=scope.named(names, _MAX_NAMES)))
        texts += dict.fromkeys(money.get(identity, ()))
        sheets[identity] = language.gettext("; ").join(filter(None, texts))
    return sheets
