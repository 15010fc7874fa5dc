"""How a statement of a company or government responds to what is on record about a project."""

from collections.abc import Collection

_NO_DISPUTE, _CONDUCT = frozenset({"conduct", "no-answer"}), "conduct"
"""Parts of a project that a statement concerns without denying what is on record about it."""


def response(kind: str | None, parts: Collection[str], *, use_on_record: bool = True) -> str:
    """Return how a statement responds to a project: `dispute`, `denial-of-use`, `rejection`, `reply` or `confirmation`.

    A denial is a `dispute` if it denies something that is on record about the project. It is a `denial-of-use` if it denies
    nothing but the use of a system whose use isn't on record, such as equipment that was installed but not activated, and a
    `rejection` if it only rejects an accusation about somebody's conduct. A denial that gives no answer, and a statement of any
    other kind or without one, is a `reply`.

    `kind`: a term of the vocabulary `statement-kinds`. `parts`: what it concerns, from `statement-parts`; empty if no source says
    it. `use_on_record`: whether the project's records say that it was in use.
    """
    if kind != "denial":
        return "confirmation" if kind == "confirmation" else "reply"
    if not use_on_record and {*parts} - _NO_DISPUTE == {"use"}:
        return "denial-of-use"
    if not parts or not _NO_DISPUTE.issuperset(parts):
        return "dispute"
    return "rejection" if _CONDUCT in parts else "reply"
