"""Answer questions about what a country used before or after a supplier, by the dates of projects of the same kinds."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from overt.index.project_filter_declarations import ProjectFilter
from overt.model.values.span import NOT_DOCUMENTED
from overt.queries import projects
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.projects.before_or_after_supplier_recognition import BEFORE, SupplierOrder, supplier_orders
from overt.site.search.projects.product_questions import PRODUCT
from overt.site.search.related_projects import RelatedProjects
from overt.site.search.reply import Reply

_PLACES = frozenset({"area", "place"})
_CONDITIONS = frozenset({"area", "place", "kind", PRODUCT})
"""The other projects must also meet parts of these types. `PRODUCT` is also the type of words in the names of projects."""
_MAX_NAMES = 8
_REASONS = frozenset({"", "words", "combination"})
_INTENTS = frozenset({"", "answer", "projects", "suppliers", "places", "dates"})
_MARKERS = frozenset({"buyers", "state", "customers", "replacement"})
"""Markers that such a question may have. Other markers, such as “how many”, ask for something that the answer lacks."""
_OF_SYSTEMS = frozenset({"suppliers", "projects"})
"""Intents of questions about systems and their suppliers."""


def reply_in_order(scope: RelatedProjects, answer: Callable[[Question], Reply]) -> tuple[Question, Reply] | None:
    """Return a reply with the projects before or after those of a supplier in a country; None for any other question.

    The question must be about systems or suppliers. It may have no conditions besides places and kinds, because the answer
    would ignore them. Only projects of the question's kinds count. If it names no kinds, those of the supplier's projects in
    the country are used. The reply never claims that one project replaced another. `answer`: returns the reply to a question
    about projects.
    """
    question = scope.question
    order = _order_of(scope)
    if order is None:
        return None
    conditions = [part for part in question.parts if part.type in _CONDITIONS and part != order.part]
    about = scope.about_question(replace(question, parts=conditions, markers=[], unweighed=[], only=None, years=None))
    chosen = about.filter()
    of_part = _of_part(scope, about, chosen, order.part)
    rows = projects.by_id(scope.reader, about.ids(of_part))
    if not rows:
        return None
    kinds = () if chosen.kind else tuple(dict.fromkeys(kind for row in rows.values() for kind in row.kinds))
    of_others = about.mask(replace(chosen, kind=chosen.kind or kinds)) & ~of_part
    own = sorted(rows.values(), key=lambda row: (row.status in NOT_DOCUMENTED, row.year or 0, row.id))
    first = next((row for row in own if row.year), None)
    candidates = projects.by_id(scope.reader, about.ids(of_others)).values()
    by_date = sorted(candidates, key=lambda row: (-(row.year or 0), row.id))
    listed = _InOrder(order, first, own, by_date).ids()
    narrowed = replace(
        question, parts=[part for part in conditions if part.type in _PLACES], markers=[], unweighed=[], only=tuple(listed),
        intent="projects", reason="", unknown_at=set(),
    )  # fmt: skip
    reply = answer(narrowed)
    by_id = {item.id: item for item in reply.items}
    reply.items = [by_id[identity] for identity in listed if identity in by_id]
    reply.notes = [note for note in reply.notes if note.is_denial]
    reply.sentence = _sentence(scope, _InOrder(order, first, own, by_date))
    return narrowed, reply


class _InOrder:
    """The projects of a supplier, and other projects of the same kinds, by whether they are earlier or later."""

    def __init__(
        self,
        order: SupplierOrder,
        first: projects.Project | None,
        own: Sequence[projects.Project],
        by_date: Sequence[projects.Project],
    ) -> None:
        """`own`: the supplier's projects. `first`: the earliest dated one of these. `by_date`: other projects, newest first."""
        self.order, self.first, self.own = order, first, own
        self.every = by_date
        self.undated = [row for row in by_date if not row.year]
        year = first.year if first else None
        dated = [(row, row.year) for row in by_date if row.year and year]
        is_before = order.which == BEFORE
        self.in_order = [row for row, own_year in dated if year and (own_year < year if is_before else own_year > year)]
        self.same_year = [row for row, own_year in dated if own_year == year]

    def ids(self) -> list[str]:
        """Return the ids of all projects to list: earlier or later ones, then the supplier's, then those of unknown order."""
        if self.first is None:
            return [row.id for row in (*self.own, *self.every)]
        return [row.id for row in (*self.in_order, *self.own, *self.same_year, *self.undated)]


def _sentence(scope: RelatedProjects, rows: _InOrder) -> str:
    language, part = scope.language, rows.order.part
    name = part.label if part.type == PRODUCT else scope.label("organization", part.id, part.id)
    if rows.first is None:
        unknown = language.gettext(
            "No project of %(name)s there has a date on record, so the order of projects is unknown.", name=name
        )
        message = (
            language.gettext("Other projects of the same kind there: %(names)s.", names=_named(scope, rows.every))
            if rows.every
            else language.gettext("No other project of the same kind is on record there.")
        )
        return scope.sentences(unknown, message)
    status = [scope.words.term("statuses", rows.first.status)] if rows.first.status in NOT_DOCUMENTED else []
    values = {"name": name, "year": language.comma.join([str(rows.first.year), *status]), "names": _named(scope, rows.in_order)}
    if rows.in_order:
        text = (
            language.gettext(
                "Before the first project of %(name)s there (%(year)s), these of the same kind are dated: %(names)s.", **values
            )
            if rows.order.which == BEFORE
            else language.gettext(
                "After the first project of %(name)s there (%(year)s), these of the same kind are dated: %(names)s.", **values
            )
        )
    elif rows.order.which == BEFORE:
        text = language.gettext(
            "No project of the same kind is dated before the first one of %(name)s there (%(year)s).", **values
        )
    else:
        text = language.gettext(
            "No project of the same kind is dated after the first one of %(name)s there (%(year)s).", **values
        )
    same = language.gettext(
        "Dated in the same year, so that the order is unknown: %(names)s.", names=_named(scope, rows.same_year)
    )
    no_date = language.gettext("Without a date: %(names)s.", names=_named(scope, rows.undated))
    own_undated = [row for row in rows.own if not row.year]
    open_first = language.gettext("Its own projects without a date may be earlier: %(names)s.", names=_named(scope, own_undated))
    caution = language.gettext(
        "Dates show only the order; that one system replaced another is recorded only where its text says so."
    )
    return scope.sentences(
        text, open_first if own_undated else "", same if rows.same_year else "", no_date if rows.undated else "", caution
    )


def _named(scope: RelatedProjects, rows: Sequence[projects.Project]) -> str:
    names = [
        scope.language.gettext("%(name)s (%(detail)s)", name=scope.called(row), detail=scope.project_detail(row)) for row in rows
    ]
    return scope.named(names, _MAX_NAMES)


def _of_part(scope: RelatedProjects, about: RelatedProjects, chosen: ProjectFilter, part: Part) -> Mask:
    """Return the projects of a supplier or product or, if there are none, those with its name in their titles."""
    if part.type == PRODUCT:
        return about.mask(chosen) & scope.reader.vectors.mask_of(scope.question.only or ())
    of_organization = about.mask(replace(chosen, company=(part.id,)))
    if of_organization.any():
        return of_organization
    return about.mask(replace(chosen, q=part.text))


def _order_of(scope: RelatedProjects) -> SupplierOrder | None:
    """Return the word for before or after that a question is about; None if it has none, or asks for more than such projects."""
    question, words = scope.question, scope.lexicon.grammar.order_words
    if question.intent not in _INTENTS or question.reason not in _REASONS or question.years or question.threshold:
        return None
    order = next(supplier_orders(question, scope.lexicon), None)
    if order is None or not any(part.type in _PLACES for part in question.parts):
        return None
    more = [part for part in question.parts if part.type not in _CONDITIONS and (part.start, part.end) != _span(order.part)]
    has_more = any(part.type != "intent" or part.id not in _INTENTS for part in more) or bool(question.excluded)
    has_more |= any(marker.id not in _MARKERS for marker in question.markers) or bool(question.flow_types)
    of_order = range(order.start, order.start + len(order.word))
    left = [word for word in question.unweighed if not order.covers(word)]
    if has_more or left or question.unknown_at - {*of_order}:
        return None
    is_time_only = order.word in map(tokens, words.get("times", ()))
    is_about_systems = bool(question.has_verb or question.markers or question.ids("kind") or _has_any(question, words, "systems"))
    is_about_systems |= not _OF_SYSTEMS.isdisjoint(question.ids("intent"))
    return order if _has_any(question, words, "asking") and (is_about_systems or not is_time_only) else None


def _span(part: Part) -> tuple[int, int]:
    return part.start, part.end


def _has_any(question: Question, words: dict[str, list[str]], field: str) -> bool:
    """Return whether a question contains words of a field of `QuestionGrammar.order_words`."""
    phrases = map(tokens, words.get(field, ()))
    return any(question.tokens[at : at + len(phrase)] == phrase for phrase in phrases for at in range(len(question.tokens)))
