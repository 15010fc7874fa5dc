"""Converts a source's lists of blocked domains to episodes, and accounts for every line."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from overt.importing.errors import FileProblem
from overt.importing.listing_episodes import EPOCH, Days, Integers, find_episodes
from overt.importing.readers.domain_lists import DomainList
from overt.importing.snapshot_report import ProblemRow, Report
from overt.model.errors import ContentError, quote_text
from overt.model.observation_table_columns import LISTS, OBSERVATIONS, Observations
from overt.model.source import SourceSpec
from overt.model.values.domain_names import DOMAIN_PATTERN, LONG_LABEL_PATTERN, MAX_DOMAIN_LENGTH

MAX_PROBLEMS = 1_000
"""Maximum number of lines of an import that repeat a name or aren't domain names. With more, the lists are refused."""


@dataclass(frozen=True)
class _DatedList:
    domain_list: DomainList
    """The list without its names, which `Blocklists` collects separately."""
    series: str
    day: datetime.date | None


class Blocklists:
    """Collects the lists of an import, and finally makes observations from them."""

    def __init__(self, spec: SourceSpec, report: Report) -> None:
        self._spec = spec
        self._report = report
        self._lists: dict[tuple[str, datetime.date | None], _DatedList] = {}
        self._names: list[Any] = []

    def add(self, domain_list: DomainList, role: str, series: str, day: datetime.date | None) -> None:
        """Add a list of the domains that were blocked in a series on a day, or at an unknown time if `day` is None.

        Raises FileProblem for a second list of the same series and day, and ContentError for a series that source.yml doesn't
        define.
        """
        if series not in self._spec.series:
            raise ContentError(f"{self._spec.slug}: `series:` of source.yml has no {series!r}")
        if known := self._lists.get((series, day)):
            second, first = (item.member or item.file.name for item in (domain_list, known.domain_list))
            raise FileProblem(
                f"{domain_list.file.name}: {second} and {first} are both lists of {series!r} of the same day; remove one"
            )
        self._lists[series, day] = _DatedList(domain_list._replace(names=None), series, day)
        self._names.append(domain_list.names)
        self._report.rows_by_role[role] += len(domain_list.names)

    def finish(self) -> "BlocklistObservations":
        """Account for every line, and return the observations.

        Raises FileProblem if too many lines have problems, and ContentError if a series has lists with and without a day.
        """
        encoded: Any = pa.chunked_array(self._names, pa.binary()).dictionary_encode()
        self._names = []
        names = encoded.chunks[-1].dictionary if encoded.chunks else pa.array([], pa.binary())
        valid, order = domain_mask(names), pc.array_sort_indices(names)
        rank = np.empty(len(names), np.int32)
        rank[order.to_numpy()] = np.arange(len(names))
        numbered = []
        for dated, chunk in zip(self._lists.values(), encoded.chunks, strict=True):
            codes = chunk.indices.to_numpy(zero_copy_only=False)
            invalid = np.flatnonzero(~valid[codes])
            self._add_problems(
                dated,
                [(int(position), f"{quote_text(_text(names, codes[position]))} is not a domain name") for position in invalid],
            )
            repeated = [int(position) for position in _repeated(codes, len(names)) if valid[codes[position]]]
            self._add_problems(
                dated, [(position, f"{quote_text(_text(names, codes[position]))} is on the list twice") for position in repeated]
            )
            # Omitted lines keep their position, from which `DomainList.locator` finds the line number.
            numbers = rank[codes]
            numbers[[*invalid, *repeated]] = -1
            numbered.append(numbers)
            self._report.imported += len(codes) - len(invalid) - len(repeated)
        sorted_names = pc.if_else(pa.array(valid), names, pa.scalar(b"", pa.binary())).take(order).cast(pa.string())
        return BlocklistObservations(self._spec, list(self._lists.values()), numbered, sorted_names)

    def _add_problems(self, dated: _DatedList, lines: list[tuple[int, str]]) -> None:
        problems = self._report.problems
        name = dated.domain_list.file.name
        problems += [ProblemRow(name, dated.domain_list.locator(position), message) for position, message in lines[:MAX_PROBLEMS]]
        self._report.problem_count += len(lines)
        if len(problems) > MAX_PROBLEMS or len(lines) > MAX_PROBLEMS:
            first = problems[0]
            raise FileProblem(
                f"{name}: up to this list, more than {MAX_PROBLEMS:,} lines are problems (the first in {first.file} at"
                f" {first.locator}: {first.message}); is this a list of domains? download it again"
            )


def list_day(domain_list: DomainList, day: str | None) -> datetime.date | None:
    """Return the day of a list as a date; None for an undated list. Raises FileProblem if `day` is not an ISO date."""
    try:
        return datetime.date.fromisoformat(day) if day else None
    except ValueError:
        name = domain_list.member or "the list"
        raise FileProblem(f"{domain_list.file.name}: {name} is of {quote_text(str(day))}, which is not a date") from None


def _text(names: Any, code: int) -> str:
    return str(names[int(code)].as_py().decode(errors="replace"))


def _repeated(codes: Integers, count: int) -> Integers:
    """Return the positions at which a code repeats an earlier one. All codes are below `count`."""
    seen = np.zeros(count, np.bool_)
    seen[codes] = True
    if np.count_nonzero(seen) == len(codes):
        return codes[:0]
    return np.setdiff1d(np.arange(len(codes)), np.unique(codes, return_index=True)[1], assume_unique=True)


def domain_mask(names: Any) -> npt.NDArray[np.bool_]:
    """Return a mask of the names that are canonical domain names (see `canonical_domain`) with more than one label."""
    valid = pc.and_(
        pc.match_substring_regex(names, f"^{DOMAIN_PATTERN}$"),
        pc.less_equal(pc.binary_length(names), pa.scalar(MAX_DOMAIN_LENGTH)),
    )
    valid = pc.and_not(pc.and_(valid, pc.match_substring(names, ".")), pc.match_substring_regex(names, LONG_LABEL_PATTERN))
    return np.asarray(valid.to_numpy(zero_copy_only=False), np.bool_)


class BlocklistObservations:
    """The observations of an import, and their places in the files."""

    def __init__(self, spec: SourceSpec, dated_lists: list[_DatedList], numbered: list[Integers], names: Any) -> None:
        """`numbered`: for each list, the index in the sorted `names` of each line's name; -1 for an omitted line.

        Raises ContentError for a series with both a list without a day and lists with days.
        """
        self._spec = spec
        self._names = names
        pairs = sorted(
            zip(dated_lists, numbered, strict=True), key=lambda pair: (pair[0].series, pair[0].day or datetime.date.min)
        )
        self._lists: dict[str, dict[datetime.date | None, tuple[DomainList, Integers]]] = {}
        for dated, numbers in pairs:
            self._lists.setdefault(dated.series, {})[dated.day] = dated.domain_list, numbers
        for series, days in self._lists.items():
            if None in days and len(days) > 1:
                raise ContentError(
                    f"{spec.slug}: some lists of {series!r} have a day, and one has none; a list without a day must be"
                    " the only one"
                )

    @cached_property
    def tables(self) -> Observations:
        """The observations, with only the tables of episodes and of lists filled."""
        lists = [
            {
                "source": self._spec.slug, "series": series, "day": day, "names": int(np.count_nonzero(numbers >= 0)),
                "capture": domain_list.file.capture, "member": domain_list.member,
            }
            for series, days in self._lists.items()
            for day, (domain_list, numbers) in days.items()
        ]  # fmt: skip
        episodes = [self._episodes(series) for series in self._lists]
        return Observations(pa.concat_tables([OBSERVATIONS.empty_table(), *episodes]), pa.Table.from_pylist(lists, schema=LISTS))

    def locate(self, series: str, domain: str, day: datetime.date | None) -> tuple[str, str]:
        """Return the capture and the locator of a domain's line on a list that contains it. `day`: None for an undated list."""
        domain_list, numbers = self._lists[series][day]
        number = pc.index(self._names, domain).as_py()
        return domain_list.file.capture, domain_list.locator(int(np.flatnonzero(numbers == number)[0]))

    def _episodes(self, series: str) -> pa.Table:
        spec, lists = self._spec.series[series], self._lists[series]
        valid = [numbers[numbers >= 0] for _, numbers in lists.values()]
        positions = np.repeat(np.arange(len(valid)), [len(numbers) for numbers in valid])
        runs = find_episodes(np.concatenate(valid).astype(np.int64), positions, len(valid))
        rows = len(runs.name)
        columns = {
            "source": _constant(self._spec.slug, rows),
            "series": _constant(series, rows),
            "domain": self._names.take(runs.name),
            "rule": _constant(spec.rule, rows),
            "measurements": pa.array(runs.measurements, pa.int32()),
            "vantage_points": pa.array(np.full(rows, spec.vantage_points), pa.int32()),
            "capture": pa.array([domain_list.file.capture for domain_list, _ in lists.values()]).take(runs.first),
        }
        if None not in lists:
            columns |= _dates(Days(np.array([(day - EPOCH).days for day in lists if day])), runs.first, runs.last)
        empty = {field.name: pa.nulls(rows, field.type) for field in OBSERVATIONS if field.name not in columns}
        return pa.table({**columns, **empty}).select(OBSERVATIONS.names).cast(OBSERVATIONS)


def _dates(days: Days, first: Integers, last: Integers) -> dict[str, Any]:
    return {
        "start": pa.array(days.start).take(first),
        "start_from": days.start_from.take(first),
        "start_to": days.listed.take(first),
        "end": pa.array(days.end).take(last),
        "end_from": days.listed.take(last),
        "end_to": days.end_to.take(last),
        "first_listed": days.listed.take(first),
        "last_listed": days.listed.take(last),
        "unmeasured_days": pa.array(days.unmeasured(first, last), pa.int32()),
    }


def _constant(text: str, rows: int) -> Any:
    return pa.array([text], pa.string()).take(np.zeros(rows, np.int64))
