"""The context through which an importer reads rows and lookups and writes claims, without network, SQL or settings."""

import html
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, overload

import nh3

from overt.importing.blocklists import Blocklists, list_day
from overt.importing.cells import Cell
from overt.importing.domain_label_collector import DomainLabels
from overt.importing.errors import OutOfScope, Problem
from overt.importing.importers.other_source_record_ids import DescribedSourceRecords
from overt.importing.input_row import Row
from overt.importing.judged_measurement_rows import Measurements
from overt.importing.places.country_bounds_check import check_place
from overt.importing.places_of_unique_records import UniqueRecords
from overt.importing.readers import read_rows
from overt.importing.readers.domain_lists import DomainList, read_lists
from overt.importing.readers.input_file import InputFile
from overt.importing.record_draft import RecordDraft
from overt.importing.rows_by_key import LookupTable
from overt.importing.snapshot_report import Report
from overt.importing.sorted_claims import SortedClaims
from overt.model.claim import Claim, Evidence
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, ValueProblem, quote_text, singular
from overt.model.record_ids import fill_key, key_part, record_id
from overt.model.source import FileSpec, SourceSpec
from overt.model.spelling_suggestions import similar_hint
from overt.model.values.dates import canonical_date, date_bounds
from overt.model.yaml_reading_and_validation import read_yaml

DUPLICATE = "duplicate id"
"""Start of the message about a record that occurs in two rows."""


class Context:
    """The import of one snapshot by a mapping or an importer: the report of its rows, and the claims made from them.

    All methods that take a role, except `has`, raise ContentError if source.yml doesn't define the role. Methods that read
    files raise FileProblem for a broken file.
    """

    def __init__(
        self, spec: SourceSpec, content: Catalogue, folder: Traversable, files: Mapping[str, Sequence[InputFile]], scratch: Path
    ) -> None:
        self.spec = spec
        self.content = content
        self.editable = content.is_own("sources", spec.slug)
        """Whether the source's folder belongs to the atlas, so that its editors can change it."""
        self.report = Report(spec.slug)
        self.tables = SortedClaims(scratch)
        self.blocklists = Blocklists(spec, self.report)
        self.measured = Measurements(spec, self.report)
        self.described = DescribedSourceRecords(spec, content)
        self.labels = DomainLabels(spec.slug, content)
        self._folder = folder
        self._files = files
        self._row: Row | None = None
        self._pending_claims: list[tuple[Claim, list[Evidence]]] = []
        self._pending_dates: list[tuple[str, str]] = []
        self._drafts: dict[str, RecordDraft] = {}
        self._unique_types = frozenset(spec.unique)
        self._unique_records = UniqueRecords(scratch)
        self._unique_texts: list[UniqueRecords] = []
        self._scratch = scratch
        self._tables: list[LookupTable] = []
        self._unfinished_roles = {role: "" for role, role_files in files.items() if role_files}
        """Roles with a file that has not been read to its end. The value ends the error of `close` (empty if never opened)."""
        self.words = cache(self._words)

    def has(self, role: str) -> bool:
        """Return whether the snapshot has a file in this role."""
        return bool(self._files.get(role))

    def rows(self, role: str) -> Iterator[Row]:
        """Yield the rows of all files in a role. Raises ContentError unless each row is used in exactly one `with` block."""
        spec = self._file_spec(role)
        if role in self._unfinished_roles:
            self._unfinished_roles[role] = " to its end"
        for file in self._files.get(role, ()):
            for locator, cells in read_rows(file, spec):
                row = Row(self, cells, locator, file.name, role, set(spec.ignore), set(spec.persons))
                finished = self.report.rows_by_role[role]
                yield row
                if self.report.rows_by_role[role] != finished + 1:
                    raise ContentError(f"{self.spec.slug}: importer.py must handle {file.name} {locator} in one `with` block")
        self._unfinished_roles.pop(role, None)

    def ahead(self, role: str, *columns: str, optional: Sequence[str] = (), with_file: bool = False) -> Iterator[tuple[str, ...]]:
        """Yield the values of some columns for every row of a role, for importers that need them before the first row.

        Nothing is stored or counted. `optional`: columns that some layouts lack; their values come last. `with_file`: whether
        the file's name comes first.
        """
        spec = self._file_spec(role)
        for file in self._files.get(role, ()):
            for locator, cells in read_rows(file, spec):
                row = Row(self, cells, locator, file.name, role, set(), set(spec.persons))
                texts = tuple(row[column].text for column in columns)
                texts += tuple(cell.text if (cell := row.get(column)) else "" for column in optional)
                yield (file.name, *texts) if with_file else texts

    def table(self, role: str, key: str) -> LookupTable:
        """Return a role's files as one table. Rows that no imported row looks up by the key column are out of scope."""
        table, spec = LookupTable(role, key), self._file_spec(role)
        for file in self._files.get(role, ()):
            for locator, cells in read_rows(file, spec):
                table.add(Row(self, cells, locator, file.name, role, set(spec.ignore), set(spec.persons)))
        self._unfinished_roles.pop(role, None)
        self._tables.append(table)
        return table

    def files(self, role: str) -> Sequence[InputFile]:
        """Return the files of a role whose format has no reader. The importer must account for their contents."""
        self._file_spec(role)
        self._unfinished_roles.pop(role, None)
        return self._files.get(role, ())

    def unique_texts(self) -> UniqueRecords:
        """Return a new, empty table of values that may occur only once, with the place of each."""
        self._unique_texts.append(UniqueRecords(self._scratch, f"unique-{len(self._unique_texts)}"))
        return self._unique_texts[-1]

    def lists(self, role: str) -> Iterator[DomainList]:
        """Yield the lists of domain names in a role's files; pass each to `observe`. Raises FileProblem like `read_lists`."""
        spec = self._file_spec(role)
        for file in self._files.get(role, ()):
            yield from read_lists(file, spec)
        self._unfinished_roles.pop(role, None)

    def observe(self, domain_list: DomainList, series: str, day: str | None = None) -> None:
        """Add a list as an observation: every name on it was blocked in `series` on `day`. None means an unknown day.

        Raises FileProblem if the day is invalid, or if the series already has a list for that day. Raises ContentError for a
        series that source.yml doesn't define.
        """
        self.blocklists.add(domain_list, domain_list.file.role, series, list_day(domain_list, day))

    def _file_spec(self, role: str) -> FileSpec:
        if role not in self.spec.files:
            raise ContentError(f"{self.spec.slug}: `files:` of source.yml has no role {role!r}")
        return self.spec.files[role]

    def begin_row(self, row: Row) -> None:
        """Begin a row's `with` block. Raises ContentError inside the block of another row."""
        if self._row is not None:
            raise ContentError(f"{self.spec.slug}: importer.py opened {row.locator} inside {self._row.locator}")
        self._row = row
        self._pending_claims = []
        self._pending_dates = []
        self._drafts = {}

    def finish_row(self, row: Row, outcome: Problem | OutOfScope | None) -> bool:
        """Store a row's claims, or report `outcome`: a problem or scope rule. Return whether the row was imported.

        Without an outcome, a place outside its country or a repeated record is a problem. Raises ContentError for unknown rules.
        """
        if outcome is None:
            try:
                check_place(self.content.areas, [claim for claim, _ in self._pending_claims])
                unique_records = self._new_unique_records(row)
            except Problem as problem:
                problem.locator = problem.locator or row.locator
                outcome = problem
        self._row = None
        self.report.rows_by_role[row.role] += 1
        if isinstance(outcome, OutOfScope):
            if outcome.rule not in self.spec.scope:
                raise ContentError(f"{self.spec.slug}: scope rule {outcome.rule!r} is not among `scope:` of source.yml")
            self.report.out_of_scope[outcome.rule] += 1
        elif isinstance(outcome, Problem):
            self.report.add_problem(row.file, row.locator, outcome)
        else:
            self.report.imported += 1
            self._unique_records.add(unique_records)
            for claim, evidence in self._pending_claims:
                self.tables.add(claim, evidence)
        for date, locator in self._pending_dates if not isinstance(outcome, Problem) else ():
            if self.report.as_of is None or date_bounds(date) > date_bounds(self.report.as_of):
                self.report.as_of, self.report.as_of_place = date, f"{row.file} {locator}"
        for table in self._tables:
            table.finish_row(imported=outcome is None)
        return outcome is None

    def _new_unique_records(self, row: Row) -> dict[str, str]:
        """Return the row's records that may not be in another row, each with the row's place. Raises Problem if one is."""
        records = [record for record, draft in self._drafts.items() if draft.type in self._unique_types]
        for record in records:
            if place := self._unique_records.get(record):
                raise Problem(f"{DUPLICATE}: {record} is already in {place}", row.locator, value=record)
        return dict.fromkeys(records, f"{row.file} {row.locator}")

    def record(self, record_type: str, **key: "Cell | RecordDraft | str") -> RecordDraft:
        """Return the record of this type with these parts of its key.

        Raises Problem for a part without a letter or digit, and ContentError for a mistake in importer.py or source.yml.
        """
        template = self.spec.key_template(record_type)
        if template is None:
            raise ContentError(f"{self.spec.slug}: `records:` of source.yml has no key for {record_type!r}")
        if self._row is None:
            raise ContentError(f"{self.spec.slug}: importer.py made a record outside a row's `with` block")
        if unknown := sorted(name for name in key if f"{{{name}}}" not in template):
            raise ContentError(f"{self.spec.slug}: the key of {record_type} is {template!r}, which has no part {unknown[0]!r}")
        parts = {}
        for name, value in key.items():
            text = value.id.partition(":")[2] if isinstance(value, RecordDraft) else str(value)
            try:
                parts[name] = text if isinstance(value, RecordDraft) else key_part(text)
            except ValueProblem as error:
                place = value.locator if isinstance(value, Cell) else ""
                raise Problem(f"{record_type} key {name}: {error}", place, value=text) from None
        try:
            record = record_id(self.spec.slug, fill_key(template, parts))
        except KeyError as error:
            raise ContentError(f"{self.spec.slug}: the key of {record_type} is {template!r}, but {error} was not given") from None
        draft = self._drafts.setdefault(record, RecordDraft(self.spec, self.content, self.emit, record_type, record))
        if draft.type != record_type:
            raise ContentError(f"{self.spec.slug}: {record} has two types, {draft.type} and {record_type}; give one key a prefix")
        return draft

    def emit(self, claim: Claim, evidence: list[Evidence]) -> None:
        """Collect a claim until its row is finished."""
        self._pending_claims.append((claim, evidence))

    @overload
    def lookup(self, name: str, value: Cell) -> Cell: ...
    @overload
    def lookup(self, name: str, value: str) -> str: ...
    def lookup(self, name: str, value: Cell | str) -> Cell | str:
        """Return the term for a value in `lookups: name:` of source.yml; for a cell, a cell that keeps the source's words.

        Raises Problem for an unknown value, and ContentError for an unknown lookup.
        """
        table = self.spec.lookups.get(name)
        if table is None:
            raise ContentError(f"{self.spec.slug}: source.yml has no lookup {name!r}")
        text = unicodedata.normalize("NFC", str(value)).strip()
        if text not in table:
            raise Problem(
                f"unknown {singular(name)} {quote_text(text)}; add it to `lookups: {name}:` of source.yml"
                if self.editable
                else f"{quote_text(text)} is not a word that Overt knows here{similar_hint(text, table)}",
                value.locator if isinstance(value, Cell) else "",
                value=text,
            )
        return value.read_as(table[text]) if isinstance(value, Cell) else table[text]

    def lookup_filled(self, name: str, cell: Cell) -> Cell:
        """Look up a cell that may be empty. An empty cell is returned unchanged."""
        return self.lookup(name, cell) if cell else cell

    def area(self, value: Cell, lookup: str | None = None) -> Cell:
        """Return a cell with the code of the area `value` names; `lookup` is tried first. Raises Problem for an unclear name."""
        declared = self.spec.lookups.get(lookup, {}) if lookup else {}
        try:
            return value.read_as(declared.get(value.text) or self.content.areas.find(value.text))
        except ValueProblem as error:
            todo = " (add the name to the source's lookups or vocab/areas.yml)" if self.editable else ""
            raise Problem(f"{error}{todo}", value.locator, value=value.text) from None

    def as_of(self, cell: Cell) -> None:
        """State the date of the data. The latest date in a row without problems counts. Raises Problem for an invalid date."""
        try:
            self._pending_dates.append((canonical_date(cell.text), cell.locator))
        except ValueProblem as error:
            raise Problem(f"as of: {error}", cell.locator) from None

    def html_text(self, cell: Cell) -> Cell:
        """Return a cell of HTML as plain text: without tags, scripts and styles, and with entities resolved."""
        spaced = cell.raw.replace("<", " <")
        bare = nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style"})
        return cell.read_as(" ".join(html.unescape(bare).split())) if cell else cell

    def _words(self, name: str) -> Any:
        """Return the content of a YAML file in the source's folder, such as its rules and lists."""
        return read_yaml(self._folder / name)

    def location(self) -> str:
        """Return the position of the open row for a message; empty if no row is open."""
        return f" at {self._row.file} {self._row.locator}" if self._row else ""

    def close(self) -> None:
        """Account for the rows of tables (see `table`). Raises ContentError if a file was not read to its end."""
        for role, ending in self._unfinished_roles.items():
            name = self._files[role][0].name
            raise ContentError(f"{self.spec.slug}: importer.py never reads the file {name} ({role!r}){ending}")
        for table in self._tables:
            table.add_to_report(self.report)

    def release(self) -> None:
        """Close the files with the records and values that may occur only once."""
        for unique in (self._unique_records, *self._unique_texts):
            unique.close()
