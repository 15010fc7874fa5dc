"""What a source observes: lists of names into episodes, with every line accounted for."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from overt.importing.episodes import EPOCH, Days, Integers, episodes
from overt.importing.problems import FileProblem
from overt.importing.readers.names import NameList
from overt.importing.report import ProblemRow
from overt.model.errors import ContentError, quote_text
from overt.model.observations import LISTS, OBSERVATIONS, Observations
from overt.model.source import SourceSpec
from overt.model.values.domain_names import DOMAIN_PATTERN, LONG_LABEL_PATTERN, MAX_DOMAIN_LENGTH

if TYPE_CHECKING:
    from overt.importing.context import Context

MOST_PROBLEMS = 1_000
"""Lines of one source that may be no names before its files are taken for something else."""


@dataclass(frozen=True)
class _Held:
    listed: NameList
    """Without its names, which are kept once for all lists."""
    series: str
    day: datetime.date | None


class Observed:
    """Collects the lists of one run, and makes observations of them at its end."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._held: dict[tuple[str, datetime.date | None], _Held] = {}
        self._names: list[Any] = []

    def add(self, listed: NameList, role: str, series: str, day: datetime.date | None) -> None:
        """Take in a list: what was found blocked in a series on a day, or once, on a day that is not told.

        Raises FileProblem for a second list of the same day, ContentError for a series that source.yml has not.
        """
        slug = self._context.spec.slug
        if series not in self._context.spec.series:
            raise ContentError(f"{slug}: `series:` of source.yml has no {series!r}")
        if known := self._held.get((series, day)):
            named, other = (held.member or held.file.name for held in (listed, known.listed))
            raise FileProblem(
                f"{listed.file.name}: {named} and {other} are both lists of {series!r} of the same day; leave one out"
            )
        self._held[series, day] = _Held(listed._replace(names=None), series, day)
        self._names.append(listed.names)
        self._context.report.rows_by_role[role] += len(listed.names)

    def finish(self) -> "Made":
        """Account for every line, and make the observations."""
        encoded: Any = pa.chunked_array(self._names, pa.binary()).dictionary_encode()
        self._names = []
        names = encoded.chunks[-1].dictionary if encoded.chunks else pa.array([], pa.binary())
        good, order = are_domains(names), pc.array_sort_indices(names)
        rank = np.empty(len(names), np.int32)
        rank[order.to_numpy()] = np.arange(len(names))
        counted = []
        for held, chunk in zip(self._held.values(), encoded.chunks, strict=True):
            codes = chunk.indices.to_numpy(zero_copy_only=False)
            wrong = np.flatnonzero(~good[codes])
            self._problems(held, [(int(at), f"{quote_text(_text(names, codes[at]))} is no domain name") for at in wrong])
            again = [int(at) for at in _again(codes, len(names)) if good[codes[at]]]
            self._problems(held, [(at, f"{quote_text(_text(names, codes[at]))} stands on the list twice") for at in again])
            # What is left out stays in its place, so that the places of the others are those of their lines.
            numbers = rank[codes]
            numbers[[*wrong, *again]] = -1
            counted.append(numbers)
            self._context.report.imported += len(codes) - len(wrong) - len(again)
        sorted_names = pc.if_else(pa.array(good), names, pa.scalar(b"", pa.binary())).take(order).cast(pa.string())
        return Made(self._context.spec, list(self._held.values()), counted, sorted_names)

    def _problems(self, held: _Held, found: list[tuple[int, str]]) -> None:
        problems = self._context.report.problems
        name = held.listed.file.name
        problems += [ProblemRow(name, held.listed.locator(at), why) for at, why in found[:MOST_PROBLEMS]]
        if len(problems) > MOST_PROBLEMS or len(found) > MOST_PROBLEMS:
            first = problems[0]
            raise FileProblem(
                f"{name}: more than {MOST_PROBLEMS:,} lines are problems (the first at {first.locator}: {first.message});"
                " is this a list of domains? get it again"
            )


def _text(names: Any, code: int) -> str:
    return str(names[int(code)].as_py().decode(errors="replace"))


def _again(codes: Integers, count: int) -> Integers:
    """The places of codes, all below `count`, that occurred before."""
    seen = np.zeros(count, np.bool_)
    seen[codes] = True
    if np.count_nonzero(seen) == len(codes):
        return codes[:0]
    return np.setdiff1d(np.arange(len(codes)), np.unique(codes, return_index=True)[1], assume_unique=True)


def are_domains(names: Any) -> npt.NDArray[np.bool_]:
    """Which of the names are domain names as `canonical_domain` writes them. A label alone stands on no list of sites."""
    fits = pc.and_(
        pc.match_substring_regex(names, f"^{DOMAIN_PATTERN}$"),
        pc.less_equal(pc.binary_length(names), pa.scalar(MAX_DOMAIN_LENGTH)),
    )
    fits = pc.and_not(pc.and_(fits, pc.match_substring(names, ".")), pc.match_substring_regex(names, LONG_LABEL_PATTERN))
    return np.asarray(fits.to_numpy(zero_copy_only=False), np.bool_)


class Made:
    """The observations of one run, and where in the files each stands."""

    def __init__(self, spec: SourceSpec, held: list[_Held], counted: list[Integers], names: Any) -> None:
        self._spec = spec
        self._names = names
        """Sorted; a number on a list is the place of its name here, -1 a line that does not count."""
        pairs = sorted(zip(held, counted, strict=True), key=lambda pair: (pair[0].series, pair[0].day or datetime.date.min))
        self._lists: dict[str, dict[datetime.date | None, tuple[NameList, Integers]]] = {}
        for one, numbers in pairs:
            self._lists.setdefault(one.series, {})[one.day] = one.listed, numbers
        for series, days in self._lists.items():
            if None in days and len(days) > 1:
                raise ContentError(f"{spec.slug}: lists of {series!r} have a day, and one has none")

    @cached_property
    def tables(self) -> Observations:
        """Episodes and lists."""
        lists = [
            {
                "source": self._spec.slug, "series": series, "day": day, "names": int(np.count_nonzero(numbers >= 0)),
                "capture": listed.file.capture, "member": listed.member,
            }
            for series, days in self._lists.items()
            for day, (listed, numbers) in days.items()
        ]  # fmt: skip
        made = [self._series(series) for series in self._lists]
        return Observations(pa.concat_tables([OBSERVATIONS.empty_table(), *made]), pa.Table.from_pylist(lists, schema=LISTS))

    def place(self, series: str, domain: str, day: datetime.date | None) -> tuple[str, str]:
        """The capture and the locator of a domain's line on a list that names it."""
        listed, numbers = self._lists[series][day]
        number = pc.index(self._names, domain).as_py()
        return listed.file.capture, listed.locator(int(np.flatnonzero(numbers == number)[0]))

    def _series(self, series: str) -> pa.Table:
        spec, lists = self._spec.series[series], self._lists[series]
        kept = [numbers[numbers >= 0] for _, numbers in lists.values()]
        places = np.repeat(np.arange(len(kept)), [len(one) for one in kept])
        runs = episodes(np.concatenate(kept).astype(np.int64), places, len(kept))
        rows = len(runs.name)
        columns = {
            "source": _same(self._spec.slug, rows),
            "series": _same(series, rows),
            "domain": self._names.take(runs.name),
            "rule": _same(spec.rule, rows),
            "measurements": pa.array(runs.measurements, pa.int32()),
            "vantage_points": pa.array(np.full(rows, spec.vantage_points), pa.int32()),
            "capture": pa.array([listed.file.capture for listed, _ in lists.values()]).take(runs.first),
        }
        if None not in lists:
            columns |= _dated(Days(np.array([(day - EPOCH).days for day in lists if day])), runs.first, runs.last)
        empty = {field.name: pa.nulls(rows, field.type) for field in OBSERVATIONS if field.name not in columns}
        return pa.table({**columns, **empty}).select(OBSERVATIONS.names).cast(OBSERVATIONS)


def _dated(days: Days, first: Integers, last: Integers) -> dict[str, Any]:
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


def _same(text: str, rows: int) -> Any:
    return pa.array([text], pa.string()).take(np.zeros(rows, np.int64))
