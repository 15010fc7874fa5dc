"""A record in the making: claims about it, each with its places."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from overt.importing.cells import Cell
from overt.importing.problems import Problem
from overt.model.claim import BASES, MAX_EXCERPT, Claim, Evidence
from overt.model.errors import ContentError, ValueProblem
from overt.model.values.text import clean_text

if TYPE_CHECKING:
    from overt.importing.context import Context


class RecordDraft:
    """A record that an importer is making; `add` and `code` state its values."""

    def __init__(self, context: "Context", record_type: str, record: str) -> None:
        self._context = context
        self.type = record_type
        self.id = record

    def add(
        self,
        name: str,
        value: "Cell | str | RecordDraft | None",
        *,
        at: Cell | Iterable[Cell] | None = None,
        lang: str | None = None,
        unit: str | None = None,
        original: str | None = None,
        valid_from: str | None = None,
        valid_to: str | None = None,
        document: "RecordDraft | str | None" = None,
        basis: str = "stated",
        rule: str | None = None,
    ) -> None:
        """State one value of property `name`; an empty cell states nothing.

        `at` is the place, or places, that say so; without it `value` must be a cell. Raises Problem when the value cannot be
        brought to its canonical form, and ContentError when the importer itself is wrong.
        """
        held = self._context.content.schema.property(self.type, name)
        if value is None or (isinstance(value, Cell | str) and not str(value).strip()):
            return
        if isinstance(value, RecordDraft) and value.type != held.record:
            raise ContentError(f"{self.id}: {name} names a record of type {held.record}; {value.id} is of type {value.type}")
        cells = [at] if isinstance(at, Cell) else list(at) if at is not None else [value] if isinstance(value, Cell) else []
        if not cells:
            raise ContentError(f"{self.id}: {name}: a value that is not a cell needs at=, the cell that says so")
        text = value.id if isinstance(value, RecordDraft) else str(value)
        try:
            canonical, unit = self._context.content.canonical(held, text, unit)
            valid_from, valid_to = (self._context.date(bound) for bound in (valid_from, valid_to))
        except ValueProblem as error:
            raise Problem(f"{name}: {error}", cells[0].locator) from None
        if original is None and isinstance(value, Cell):
            shown = value.original if value.original is not None else value.text
            original = shown if shown != canonical and held.type not in ("text", "name", "geometry") else None
        if basis not in BASES or (basis == "stated") != (rule is None):
            raise ContentError(
                f"{self.id}: {name}: basis {basis!r} with rule {rule!r}:"
                " coded and computed claims name their rule, stated ones have none"
            )
        if rule is not None and rule not in self._context.spec.rules:
            raise ContentError(f"{self.id}: {name}: rule {rule!r} is not among `rules:` of source.yml")
        claim = Claim(
            self._context.spec.slug, self.id, self.type, name, canonical, clean_text(original or "") or None, unit,
            lang if held.type in ("name", "text") else None, valid_from, valid_to, basis, rule,
            document.id if isinstance(document, RecordDraft) else document,
        )  # fmt: skip
        places = [
            Evidence(claim.id, cell.capture, cell.locator, cell.raw.strip()[:MAX_EXCERPT], claim.document) for cell in cells
        ]
        self._context.emit(claim, places)

    def code(
        self,
        name: str,
        value: "Cell | str | RecordDraft | None",
        *,
        at: Cell | Iterable[Cell],
        rule: str,
        lang: str | None = None,
    ) -> None:
        """State a value that a rule read out of a text: basis `coded`."""
        self.add(name, value, at=at, basis="coded", rule=rule, lang=lang)
