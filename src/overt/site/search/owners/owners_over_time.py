"""Read “ownership of HMN after Huawei” as a question for all owners over time, since one of them only says when."""

from dataclasses import replace

from overt.queries.questions.question_tokens import tokens
from overt.site.search.projects.project_scope_notes import ProjectScope


def without_ordered(scope: ProjectScope) -> ProjectScope:
    """Return the scope without organisations right after “before” or “after”; these words then aren't named as left out.

    At least one organisation remains.
    """
    question, words = scope.question, scope.lexicon.grammar.order_words
    phrases = [tokens(word) for which in ("before", "after") for word in words.get(which, ())]
    behind = [tokens(word) for which in ("before_behind", "after_behind") for word in words.get(which, ())]
    named = [part for part in question.parts if part.type == "organization"]

    def is_ordered(start: int, end: int) -> bool:
        is_after = any(question.tokens[max(start - len(phrase), 0) : start] == phrase for phrase in phrases)
        return is_after or any(question.tokens[end : end + len(phrase)] == phrase for phrase in behind)

    ordered = {part.id for part in named if is_ordered(part.start, part.end)}
    if not ordered or ordered == {part.id for part in named}:
        return scope
    used = {" ".join(phrase) for phrase in phrases} | {"".join(phrase) for phrase in behind}
    question.unweighed = [word for word in question.unweighed if word not in used]
    parts = [part for part in question.parts if part.id not in ordered]
    return scope.about_question(replace(question, parts=parts))
