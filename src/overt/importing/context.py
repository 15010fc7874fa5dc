"""What an importer sees: its rows, its lookups, and a place to put claims. No network, no SQL, no settings."""

import datetime
import difflib
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any, overload

import nh3

from overt.importing.cells import Cell, Row
from overt.importing.checks import check_place
from overt.importing.drafts import RecordDraft
from overt.importing.measured import Measured
from overt.importing.observed import Observed
from overt.importing.problems import FileProblem, OutOfScope, Problem
from overt.importing.readers import read_rows
from overt.importing.readers.input import InputFile
from overt.importing.readers.names import NameList, read_lists
from overt.importing.report import ProblemRow, Report
from overt.importing.side_table import SideTable
from overt.model.claim import Claim, Evidence
from overt.model.content import Catalogue
from overt.model.errors import ContentError, ValueProblem, quote_text
from overt.model.record_ids import key_part, record_id
from overt.model.source import FileSpec, SourceSpec
from overt.model.values.dates import canonical_date, date_bounds
from overt.model.yaml import read_yaml


class Context:
    """One run of one importer over one snapshot. It keeps the account of the rows and the claims made of them."""

    def __init__(
        self, spec: SourceSpec, content: Catalogue, folder: Traversable, files: Mapping[str, Sequence[InputFile]]
    ) -> None:
        self.spec = spec
        self.content = content
        self.own = content.is_own("sources", spec.slug)
        """Whether the source is a folder of the atlas: then its editors can mend what it says, else only the file."""
        self.report = Report(spec.slug)
        self.claims: dict[str, Claim] = {}
        self.evidence: set[Evidence] = set()
        self.observed = Observed(self)
        self.measured = Measured(spec, self.report)
        """Takes single network measurements, judged."""
        self._folder = folder
        self._files = files
        self._row: Row | None = None
        self._pending: list[tuple[Claim, list[Evidence]]] = []
        self._speaks: list[tuple[str, str]] = []
        self._made: dict[str, RecordDraft] = {}
        self._home: dict[str, str] = {}
        self._tables: list[SideTable] = []
        self._unread = {role: "reads" for role, found in files.items() if found}
        self.words = cache(self._words)

    # --- rows -------------------------------------------------------------------------------------------------------

    def has(self, role: str) -> bool:
        """Whether the snapshot has a file in this role."""
        return bool(self._files.get(role))

    def rows(self, role: str) -> Iterator[Row]:
        """The rows of every file in this role. Use each in a `with` block. Raises FileProblem for a broken file."""
        spec = self._file_spec(role)
        if role in self._unread:
            self._unread[role] = "reads to its end"
        for file in self._files.get(role, ()):
            for locator, cells in read_rows(file, spec):
                row = Row(self, cells, locator, file.name, role, set(spec.ignore), set(spec.persons))
                settled = self.report.rows_by_role[role]
                yield row
                if self.report.rows_by_role[role] != settled + 1:
                    raise ContentError(f"{self.spec.slug}: importer.py must put {file.name} {locator} in one `with` block")
        self._unread.pop(role, None)

    def ahead(self, role: str, *columns: str) -> Iterator[tuple[str, ...]]:
        """The texts of these columns in every row of a role, to know before the rows are read what one alone does not show:
        which ids are those of persons. Nothing is kept or counted. Raises FileProblem for a broken file.
        """
        spec = self._file_spec(role)
        for file in self._files.get(role, ()):
            for locator, cells in read_rows(file, spec):
                row = Row(self, cells, locator, file.name, role, set(), set(spec.persons))
                yield tuple(row[column].text for column in columns)

    def table(self, role: str, key: str) -> SideTable:
        """A file to look rows up in by a key column (centroids by project). Rows that no row asked for are out of scope."""
        table, spec = SideTable(role, key), self._file_spec(role)
        for file in self._files.get(role, ()):
            for locator, cells in read_rows(file, spec):
                table.add(Row(self, cells, locator, file.name, role, set(spec.ignore), set(spec.persons)))
        self._unread.pop(role, None)
        self._tables.append(table)
        return table

    def files(self, role: str) -> Sequence[InputFile]:
        """The files of a role whose form no reader of this runtime knows: the importer has to account for what is in them."""
        self._file_spec(role)
        self._unread.pop(role, None)
        return self._files.get(role, ())

    def lists(self, role: str) -> Iterator[NameList]:
        """The lists of names in the files of a role, one after the other; hand each to `observe`. Raises FileProblem."""
        spec = self._file_spec(role)
        for file in self._files.get(role, ()):
            yield from read_lists(file, spec)
        self._unread.pop(role, None)

    def observe(self, listed: NameList, series: str, day: str | None = None) -> None:
        """Every name on the list was found blocked in a series of source.yml, on a day (2024-01-31) or once.

        Raises FileProblem when there is a list of that day already, or the day is none.
        """
        try:
            on = datetime.date.fromisoformat(day) if day else None
        except ValueError:
            raise FileProblem(
                f"{listed.file.name}: {listed.member or 'it'} is of {quote_text(str(day))}, which is no day"
            ) from None
        self.observed.add(listed, listed.file.role, series, on)

    def _file_spec(self, role: str) -> FileSpec:
        if role not in self.spec.files:
            raise ContentError(f"{self.spec.slug}: `files:` of source.yml has no role {role!r}")
        return self.spec.files[role]

    def begin(self, row: Row) -> None:
        """Called by the row's `with` block."""
        if self._row is not None:
            raise ContentError(f"{self.spec.slug}: importer.py opened {row.locator} inside {self._row.locator}")
        self._row = row
        self._pending = []
        self._speaks = []
        self._made = {}

    def settle(self, row: Row, outcome: Problem | OutOfScope | None) -> bool:
        """Called at the end of the row's `with` block: keep what it said, or report why not. Returns whether it is imported."""
        if outcome is None:
            try:
                check_place(self.content.areas, [claim for claim, _ in self._pending])
                homes = self._homes(row)
            except Problem as problem:
                outcome = Problem(str(problem), problem.locator or row.locator)
        self._row = None
        self.report.rows_by_role[row.role] += 1
        if isinstance(outcome, OutOfScope):
            if outcome.rule not in self.spec.scope:
                raise ContentError(f"{self.spec.slug}: scope rule {outcome.rule!r} is not among `scope:` of source.yml")
            self.report.out_of_scope[outcome.rule] += 1
        elif isinstance(outcome, Problem):
            self.report.problems.append(ProblemRow(row.file, outcome.locator or row.locator, str(outcome)))
        else:
            self.report.imported += 1
            self._home |= homes
            for claim, evidence in self._pending:
                held = self.claims.setdefault(claim.id, claim)
                if claim.document and (held.document is None or claim.document < held.document):
                    self.claims[claim.id] = claim  # whichever row comes first; each place keeps its own document
                self.evidence.update(evidence)
        for said, place in self._speaks if not isinstance(outcome, Problem) else ():
            if self.report.as_of is None or date_bounds(said) > date_bounds(self.report.as_of):
                self.report.as_of, self.report.as_of_said = said, f"{row.file} {place}"
        for table in self._tables:
            table.settle(imported=outcome is None)
        return outcome is None

    def _homes(self, row: Row) -> dict[str, str]:
        """Where the records of this row stand that may stand in one row only. Raises Problem when one stands elsewhere too."""
        made = [record for record, draft in self._made.items() if draft.type in self.spec.unique]
        if twice := [record for record in made if record in self._home]:
            raise Problem(f"duplicate id: {twice[0]} stands already at {self._home[twice[0]]}", row.locator)
        return dict.fromkeys(made, f"{row.file} {row.locator}")

    # --- records ----------------------------------------------------------------------------------------------------

    def record(self, record_type: str, **key: "Cell | RecordDraft | str") -> RecordDraft:
        """The record of a type with the key parts that its template in source.yml names. Raises Problem for an empty part."""
        template = self.spec.records.get(record_type)
        if template is None:
            raise ContentError(f"{self.spec.slug}: `records:` of source.yml has no key for {record_type!r}")
        if self._row is None:
            raise ContentError(f"{self.spec.slug}: importer.py made a record outside of a row's `with` block")
        if spare := sorted(name for name in key if f"{{{name}}}" not in template):
            raise ContentError(f"{self.spec.slug}: the key of {record_type} is {template!r}, which has no part {spare[0]!r}")
        parts = {}
        for name, value in key.items():
            text = value.id.partition(":")[2] if isinstance(value, RecordDraft) else str(value)
            try:
                parts[name] = text if isinstance(value, RecordDraft) else key_part(text)
            except ValueProblem as error:
                raise Problem(f"{record_type} key {name}: {error}", value.locator if isinstance(value, Cell) else "") from None
        try:
            record = record_id(self.spec.slug, template.format(**parts))
        except KeyError as error:
            raise ContentError(f"{self.spec.slug}: the key of {record_type} is {template!r}, but {error} was not given") from None
        made = self._made.setdefault(record, RecordDraft(self, record_type, record))
        if made.type != record_type:
            raise ContentError(f"{self.spec.slug}: {record} has two types, {made.type} and {record_type}; give one key a prefix")
        return made

    def emit(self, claim: Claim, evidence: list[Evidence]) -> None:
        """Hold a claim until its row is settled."""
        self._pending.append((claim, evidence))

    # --- reading values ---------------------------------------------------------------------------------------------

    @overload
    def lookup(self, name: str, value: Cell) -> Cell: ...
    @overload
    def lookup(self, name: str, value: str) -> str: ...
    def lookup(self, name: str, value: Cell | str) -> Cell | str:
        """What `lookups: name:` of source.yml maps the words to; the cell keeps them. Raises Problem when nothing does."""
        table = self.spec.lookups.get(name)
        if table is None:
            raise ContentError(f"{self.spec.slug}: source.yml has no lookup {name!r}")
        text = unicodedata.normalize("NFC", str(value)).strip()
        if text not in table:
            raise Problem(
                f"unknown {name} {quote_text(text)}; add it to `lookups: {name}:` of source.yml"
                if self.own
                else f"{quote_text(text)} is not a word that Overt knows here{_like(text, table)}",
                value.locator if isinstance(value, Cell) else "",
            )
        return value.read_as(table[text]) if isinstance(value, Cell) else table[text]

    def lookup_filled(self, name: str, cell: Cell) -> Cell:
        """The same for a cell that may be empty, and then states nothing."""
        return self.lookup(name, cell) if cell else cell

    def area(self, value: Cell, lookup: str | None = None) -> Cell:
        """A cell that names a country, read as its code; names in `lookups: lookup:` come first. Raises Problem."""
        declared = self.spec.lookups.get(lookup, {}) if lookup else {}
        try:
            return value.read_as(declared.get(value.text) or self.content.areas.find(value.text))
        except ValueProblem as error:
            todo = " (add the name to the source's lookups or vocab/areas.yml)" if self.own else ""
            raise Problem(f"{error}{todo}", value.locator) from None

    def date(self, text: str | None) -> str | None:
        """A canonical EDTF date, or nothing. Raises ValueProblem."""
        return canonical_date(text) if text else None

    def as_of(self, cell: Cell) -> None:
        """The data are of this day: the latest that a row says which is no problem counts. Raises Problem."""
        try:
            self._speaks.append((canonical_date(cell.text), cell.locator))
        except ValueProblem as error:
            raise Problem(f"as of: {error}", cell.locator) from None

    def html_text(self, cell: Cell) -> Cell:
        """The words of a cell that holds HTML: every tag, script and style gone, entities read."""
        import html

        spaced = cell.raw.replace("<", " <")
        bare = nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style"})
        return cell.read_as(" ".join(html.unescape(bare).split())) if cell else cell

    def _words(self, name: str) -> Any:
        """A YAML file that lies in the source's own folder: rules and lists kept as content."""
        return read_yaml(self._folder / name)

    def place(self) -> str:
        """Where the run stands: the row that is open, for a message."""
        return f" at {self._row.file} {self._row.locator}" if self._row else ""

    def close(self) -> None:
        """Account for side-table rows that nobody asked for. Raises ContentError when a file was not read to its end."""
        for role, lack in self._unread.items():
            raise ContentError(f"{self.spec.slug}: importer.py never {lack} the file {self._files[role][0].name} ({role!r})")
        for table in self._tables:
            counts = table.account()
            self.report.rows_by_role[table.role] += sum(counts.values())
            self.report.imported += counts["imported"]
            if counts["unused"]:
                self.report.out_of_scope["side-table-unused"] += counts["unused"]
            for row, problem in table.problems():
                self.report.problems.append(ProblemRow(row.file, problem.locator, str(problem)))
                self.report.imported -= 1


def _like(text: str, known: Collection[str]) -> str:
    """The known word that was perhaps meant."""
    like = difflib.get_close_matches(text, known, n=1)
    return f" (is it {like[0]!r}?)" if like else ""
