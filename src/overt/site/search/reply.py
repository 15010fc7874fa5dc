"""The reply to a question: its sentence, list of items and notes, and which conditions it uses."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from overt.queries.projects_in_memory import Mask

MAX_ITEMS = 20
"""Maximum number of items of a reply."""


class Item(NamedTuple):
    """An item in a reply's list."""

    type: str
    """`answer`, `country`, `lender`, `list`, `score`, `service`, or a type of record such as `project` or `organization`."""
    id: str
    label: str
    detail: str
    """What is recorded about the item, in words."""
    address: str
    """Path of the item's English page."""
    projects: int | None = None
    """Number of the item's projects; None if the item isn't about projects."""


class Note(NamedTuple):
    """A note beside an answer: what the answer leaves out, or what else readers should know."""

    text: str
    """One or several sentences or, without a full stop, the title of the page."""
    address: str = ""
    """Path of an English page; empty if the note has no link."""
    record: str = ""
    """The id of the record, if the note names exactly one."""
    is_denial: bool = False
    """Whether the note says what an organisation denied about the record. A table of projects has the same text."""


@dataclass
class Reply:
    """The answer to a question that was understood."""

    sentence: str = ""
    """The answer; empty if the page at `address` gives it."""
    address: str = "/"
    """Path of the English page that has everything."""
    items: list[Item] = field(default_factory=list)
    total: int = 0
    """Total number of items; the list has the first of them."""
    notes: list[Note] = field(default_factory=list)
    """What the answer leaves out, or what else readers should know."""
    used: frozenset[str] | None = None
    """The conditions of the question that the answer uses; None if it uses all conditions that its intent allows."""
    unused: list[str] = field(default_factory=list)
    """The words of the conditions that the answer doesn't use."""
    applied: list[str] = field(default_factory=list)
    """Words of `Question.unweighed` that this answer applies nevertheless."""
    is_denied: bool = False
    """Whether the answer is that there is no record."""
    is_near: bool = False
    """Whether no record meets all conditions of the question, and the answer leaves some of them out."""
    is_by_date: bool = False
    """Whether the items are sorted by date: the latest first or, if the question asks for the earliest, the earliest first."""
    is_about_all: bool = True
    """Whether every item matches all conditions that the answer uses. Undated laws, for example, don't match a year."""


def size_of(mask: Mask) -> int:
    """Return the number of projects in a mask."""
    return int(np.count_nonzero(mask))
