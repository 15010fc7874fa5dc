"""Notes on the site's figures that compute what a question asks for."""

from collections.abc import Iterator

from overt.queries import figures
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note

_FREE = frozenset({"intent suppliers", "intent projects"})
"""Parts that a question may have in addition to those of the figure."""


def notes_on_figures(scope: ProjectScope) -> Iterator[Note]:
    """Yield a note with the name and value of each figure that computes what the question asks for.

    The question must have all parts of the figure, no other part except `_FREE`, and no year, exclusion or threshold.
    """
    question = scope.question
    if question.years or question.excluded or question.threshold:
        return
    parts = {f"{part.type} {part.id}" for part in question.parts}
    for name, needed in scope.lexicon.figures.items():
        if not set(needed) <= parts or not parts <= {*needed, *_FREE}:
            continue
        figure = figures.find(scope.reader, name)
        if figure and figure.value is not None:
            title = scope.language.localized(figure._asdict(), "title")
            text = scope.language.gettext(
                "The figure “%(name)s” counts this in its own way: %(value)s.",
                name=title,
                value=scope.formats.rounded(figure.value),
            )
            yield Note(text, f"/figure/{name}")
