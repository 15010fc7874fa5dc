"""A record that an importer is creating: claims with their evidence."""

from collections.abc import Callable, Iterable

from overt.gazetteer.placement_rule_descriptions import RULES
from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.model.claim import BASES, MAX_EXCERPT, Claim, Evidence
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, ValueProblem
from overt.model.source import SourceSpec
from overt.model.values.canonical_texts_urls_and_identifiers import clean_text
from overt.model.values.dates import canonical_date

Emit = Callable[[Claim, list[Evidence]], None]
"""Function that receives a claim and its evidence."""


class RecordDraft:
    """A record that is being created; `add` and `code` state its values."""

    def __init__(self, spec: SourceSpec, content: Catalogue, emit: Emit, record_type: str, record: str) -> None:
        self.spec = spec
        self.content = content
        self._emit = emit
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
        """State a value of the property `name`. None, an empty cell and blank text state nothing.

        `at`: the cells that state the value; without it, `value` must be a cell. `original`: by default, the words of the cell if
        they differ from the value, except for texts, names and geometries. `lang`: ignored except for texts and names. `rule`:
        the rule of a coded or computed value. The other parameters are as in `Claim`. Raises Problem if the value or a date has
        no canonical form, and ContentError if the importer itself is wrong.
        """
        property_ = self.content.schema.property(self.type, name)
        if value is None or (isinstance(value, Cell | str) and not str(value).strip()):
            return
        if isinstance(value, RecordDraft) and value.type != property_.record:
            raise ContentError(f"{self.id}: {name} names a record of type {property_.record}; {value.id} is of type {value.type}")
        cells = [at] if isinstance(at, Cell) else list(at) if at is not None else [value] if isinstance(value, Cell) else []
        if not cells:
            raise ContentError(f"{self.id}: {name}: a value that is not a cell needs at=, the cell that says so")
        text = value.id if isinstance(value, RecordDraft) else str(value)
        try:
            canonical, unit = self.content.canonical(property_, text, unit)
            valid_from = canonical_date(valid_from) if valid_from else None
            valid_to = canonical_date(valid_to) if valid_to else None
        except ValueProblem as error:
            raise Problem(f"{name}: {error}", cells[0].locator, value=cells[0].text) from None
        if original is None and isinstance(value, Cell):
            words = value.original if value.original is not None else value.text
            original = words if words != canonical and property_.type not in ("text", "name", "geometry") else None
        if basis not in BASES or (basis == "stated") != (rule is None):
            raise ContentError(
                f"{self.id}: {name}: basis {basis!r} with rule {rule!r}:"
                " coded and computed claims name their rule, stated ones have none"
            )
        if rule is not None and rule not in self.spec.rules and rule not in RULES:
            raise ContentError(f"{self.id}: {name}: rule {rule!r} is not among `rules:` of source.yml")
        claim = Claim(
            self.spec.slug, self.id, self.type, name, canonical, clean_text(original or "") or None, unit,
            lang if property_.type in ("name", "text") else None, valid_from, valid_to, basis, rule,
            document.id if isinstance(document, RecordDraft) else document,
        )  # fmt: skip
        claim_id = claim.id  # Stored once, because `id` computes a hash each time it is read.
        evidence = [
            Evidence(claim_id, cell.capture, cell.locator, cell.raw.strip()[:MAX_EXCERPT], claim.document) for cell in cells
        ]
        self._emit(claim, evidence)

    def code(
        self,
        name: str,
        value: "Cell | str | RecordDraft | None",
        *,
        at: Cell | Iterable[Cell],
        rule: str,
        lang: str | None = None,
    ) -> None:
        """State a value that a rule derived from text (basis `coded`). The parameters and errors are those of `add`."""
        self.add(name, value, at=at, basis="coded", rule=rule, lang=lang)
