"""How a statement of a company or government responds to what is on record about a project."""

from collections.abc import Collection

_CONDUCT, NO_ANSWER = "conduct", "no-answer"
_NO_DISPUTE = frozenset({_CONDUCT, NO_ANSWER})
"""Parts that a statement can concern without denying what is on record about a project."""


def response(kind: str | None, parts: Collection[str], *, use_on_record: bool = True) -> str:
    """Return how a statement responds: `dispute`, `denial-of-use`, `rejection`, `reply`, `confirmation` or `no-answer`.

    A denial is a `dispute` if it denies something that is on record about the project. It is a `denial-of-use` if it only
    denies use, and use isn't on record, as for equipment that was installed but not activated. It is a `rejection` if it only
    rejects an accusation about somebody's conduct. A statement that only refuses an answer is `no-answer`, unless it is a
    confirmation. Any other statement is a `confirmation` if this is its kind, and otherwise a `reply`.

    `kind`: a term of the vocabulary `statement-kinds`, or None. `parts`: what the statement concerns (vocabulary
    `statement-parts`); empty if no source says. `use_on_record`: whether the project is on record as in use, now or earlier.
    """
    if kind != "confirmation" and {*parts} == {NO_ANSWER}:
        return NO_ANSWER
    if kind != "denial":
        return "confirmation" if kind == "confirmation" else "reply"
    if not use_on_record and {*parts} - _NO_DISPUTE == {"use"}:
        return "denial-of-use"
    return "rejection" if parts and _NO_DISPUTE.issuperset(parts) else "dispute"
