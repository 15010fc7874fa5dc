"""Sentences saying that no record meets all conditions of a question, and what is on record without some of them."""

from collections.abc import Sequence

from overt.site.search.projects.project_scope import ProjectScope


def none_meets(scope: ProjectScope, about: str) -> str:
    """Return a sentence saying that no record meets all conditions. `about`: the conditions in words."""
    if scope.seats:
        return scope.language.gettext("No record meets all of this, as far as home countries are recorded: %(what)s.", what=about)
    return scope.language.gettext("No record meets all of this: %(what)s.", what=about)


def without(scope: ProjectScope, words: Sequence[str], sentence: str, kinds: Sequence[str] = ()) -> str:
    """Introduce a sentence with the words of the question that it leaves out, and with the similar `kinds` used instead."""
    quoted = scope.listed(scope.language.gettext("“%(name)s”", name=word) for word in words)
    if kinds:
        labels = scope.listed(scope.label("kind", kind, kind) for kind in kinds)
        return scope.language.gettext(
            "Of similar kinds (%(kinds)s) instead of %(words)s: %(sentence)s", kinds=labels, words=quoted, sentence=sentence
        )
    return scope.language.gettext("Without %(words)s: %(sentence)s", words=quoted, sentence=sentence)


def without_conditions(scope: ProjectScope, about: str, words: Sequence[str], sentence: str) -> str:
    """Return the sentences of `none_meets` and `without`."""
    return scope.sentences(none_meets(scope, about), without(scope, words, sentence))
