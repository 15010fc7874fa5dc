"""The order of labels in a list."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from anyascii import anyascii


def sort_key(label: str) -> str:
    """Return a key that sorts labels as readers expect. Chinese labels are sorted by pronunciation."""
    return anyascii(label).casefold()


class _Labelled(Protocol):
    @property
    def label(self) -> str: ...


LabelledT = TypeVar("LabelledT", bound=_Labelled)


def by_label(rows: Iterable[LabelledT]) -> list[LabelledT]:
    """Return rows sorted by the `sort_key` of their labels."""
    return sorted(rows, key=lambda row: sort_key(row.label))
