"""Projects in answers about laws and agreements: trainings, and projects of kinds that no agreement mentions."""

from collections.abc import Sequence
from dataclasses import replace

from overt.http.page_addresses import address
from overt.index.project_filter_declarations import ProjectFilter
from overt.index.search_text import fold
from overt.queries import projects
from overt.site.search.agreements.agreement_subjects import TRAINING, Subject, has_word
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note, size_of

_MAX_PROJECTS = 8
"""Maximum number of projects in a sentence."""


def trainings(scope: ProjectScope) -> list[Note]:
    """Return a note on projects of the kind training; empty if there are none, or if the question doesn't ask for trainings."""
    chosen = _trainings_filter(scope)
    mask = scope.seated(scope.mask(chosen))
    if TRAINING not in scope.kinds or not mask.any():
        return []
    text = scope.language.ngettext(
        "%(n)s project of the kind “%(kind)s” is on record, too: %(names)s.",
        "%(n)s projects of the kind “%(kind)s” are on record, too: %(names)s.",
        size_of(mask), kind=scope.words.term("project-kinds", TRAINING), names=scope.names_of(mask, _MAX_PROJECTS),
    )  # fmt: skip
    return [Note(text, address("/explorer", [*chosen.items()]))]


def only_trainings(scope: ProjectScope) -> str:
    """Return a sentence saying that only projects of the kind training are on record.

    Empty if there are none, or if the question doesn't ask for trainings.
    """
    mask = scope.seated(scope.mask(_trainings_filter(scope)))
    if TRAINING not in scope.kinds or not mask.any():
        return ""
    return scope.language.ngettext(
        "%(n)s project of the kind “%(kind)s” is on record, but no training programme: %(names)s.",
        "%(n)s projects of the kind “%(kind)s” are on record, but no training programme: %(names)s.",
        size_of(mask), kind=scope.words.term("project-kinds", TRAINING), names=scope.names_of(mask, _MAX_PROJECTS),
    )  # fmt: skip


def projects_of_kinds(scope: ProjectScope) -> str:
    """Return a sentence on the projects of the question's kinds in its places; empty if there are none.

    The sentence is for answers saying that no agreement mentions these kinds. Trainings are left out, because `only_trainings`
    and `trainings` count them.
    """
    kinds = tuple(kind for kind in scope.kinds if kind != TRAINING)
    if not kinds:
        return ""
    mask = scope.seated(scope.mask(replace(scope.filter(), kind=kinds)))
    if not mask.any():
        return ""
    names = scope.listed(scope.words.term("project-kinds", kind) for kind in kinds)
    return scope.language.ngettext(
        "%(n)s project of this kind is on record (%(kind)s): %(names)s.",
        "%(n)s projects of this kind are on record (%(kind)s): %(names)s.",
        size_of(mask), kind=names, names=scope.names_of(mask, _MAX_PROJECTS),
    )  # fmt: skip


def projects_named(scope: ProjectScope, subjects: Sequence[Subject]) -> list[Note]:
    """Return a note on the projects in the question's countries whose names contain a subject of the question.

    The note gives their statuses. Return an empty list if the question names no country, if it names a kind of project, if each
    of its subjects is a single English word, or if there are more than `_MAX_PROJECTS`.
    """
    words = [fold(subject.label) for subject in subjects if _is_phrase(subject.label)]
    if not (scope.areas and words) or scope.kinds:
        return []
    texts = {row["id"]: _names(scope, row["names"]) for row in scope.rows("titles", scope.mask(scope.filter()))}
    ids = sorted(identity for identity, text in texts.items() if any(has_word(text, word) for word in words))
    if not 0 < len(ids) <= _MAX_PROJECTS:
        return []
    rows = projects.by_id(scope.reader, ids)
    labels = [_with_status(scope, rows[identity].status, scope.called(rows[identity])) for identity in ids]
    text = scope.language.ngettext(
        "%(n)s project has this in its name: %(names)s.", "%(n)s projects have this in their names: %(names)s.",
        len(ids), names=scope.listed(labels),
    )  # fmt: skip
    return [Note(text, record=ids[0] if len(ids) == 1 else "")]


def _is_phrase(text: str) -> bool:
    """Return whether a subject is more than a single English word, which may also occur in names of unrelated projects."""
    return " " in text or not text.isascii()


def _names(scope: ProjectScope, names: str) -> str:
    """Return the names of a project and their Chinese translations as one folded string. `names`: one name per line."""
    originals = [line.partition("\t")[0] for line in names.split("\n")]
    translated = [scope.lexicon.chinese.get(name, "") for name in originals]
    return f" {fold(' '.join([*originals, *translated]))} "


def _with_status(scope: ProjectScope, status: str | None, name: str) -> str:
    if not status:
        return name
    return scope.language.gettext("%(name)s (%(detail)s)", name=name, detail=scope.words.term("statuses", status))


def _trainings_filter(scope: ProjectScope) -> ProjectFilter:
    return ProjectFilter(kind=(TRAINING,), country=tuple(scope.areas), region=tuple(scope.regions))
