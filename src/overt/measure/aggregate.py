"""Findings counted by country, network, name and day: over vantage points, never over runs.

OONI publishes nothing that would tell one probe from another, and rightly so. What is counted are *vantage points*: different
combinations of network, resolver's network, software with its version, and platform. Two people with the same software and
provider are one, and one person who changes network or updates the software is two, so the number bounds the probes at work from
neither side. Repeated runs of one point are one voice: its verdict is the one that most of its runs gave.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Self

from overt.measure.intervals import wilson
from overt.measure.judging import WEB, Finding
from overt.measure.measurement import domain
from overt.model.errors import ContentError
from overt.model.yaml import Content, packaged_content, parse, read_mapping


class Threshold(Content):
    """What must be there before a group is called blocked, or not."""

    level: float
    """Of the interval."""
    points: int
    """Vantage points with a decisive verdict, at least."""
    networks_if_low: int
    """Where fewer vantage points than that found it blocked with more than low confidence: from so many networks, at least."""
    blocked_from: float
    """The interval's lower end from which on the group is blocked."""
    open_to: float
    """The interval's upper end down to which it is open."""
    says: str
    says_zh: str
    source: str

    @classmethod
    def load(cls) -> Self:
        """content/measure/evidence.yml. Raises ContentError."""
        held = parse(cls, read_mapping(packaged_content() / "measure" / "evidence.yml"), "measure/evidence.yml")
        if not (
            0 < held.level < 1
            and held.points >= 1
            and held.networks_if_low >= 1
            and 0 <= held.open_to <= 1
            and 0 <= held.blocked_from <= 1
        ):
            raise ContentError(
                "measure/evidence.yml: levels and shares lie between 0 and 1, and one vantage point or network is the least"
            )
        return held


class Counted(NamedTuple):
    """What is counted of a finding; the fields are columns of a release's table `measurements`."""

    country: str
    asn: int
    """0 where the network is not known."""
    domain: str
    """The host tested; for tests of one service the test's name."""
    test_name: str
    day: str
    verdict: str
    mechanism: str | None
    confidence: str | None
    resolver_asn: int | None
    software: str | None
    platform: str | None


def counted(finding: Finding) -> Counted | None:
    """What is counted of a finding; None where it has no verdict, or tells no country, day or host."""
    if finding.verdict not in ("blocked", "ok", "down", "insufficient"):
        return None
    tested = domain(finding.input or "") if finding.test_name == WEB else finding.test_name
    if not (finding.country and finding.day and finding.test_name and tested):
        return None
    return Counted(
        finding.country, finding.asn or 0, tested, finding.test_name, finding.day, finding.verdict, finding.mechanism,
        finding.confidence, finding.resolver_asn, finding.software, finding.platform,
    )  # fmt: skip


class Group(NamedTuple):
    """One row of the aggregate."""

    country: str
    asn: int | None
    """0 where the network is not known, None where a row sums up all networks of its country."""
    domain: str
    """The host tested; for tests of one service the test's name."""
    test_name: str
    day: str
    """Or another period, where one is given to count by."""
    measurements: int
    points: int
    """Vantage points with a decisive verdict."""
    blocked: int
    """Of those, the ones at which it was blocked."""
    share: float | None
    low: float | None
    high: float | None
    state: str
    """blocked, open, mixed, or too-little."""
    mechanisms: tuple[str, ...]
    """Of the vantage points at which it was blocked, the most frequent first."""
    down: int
    """Measurements that found it down for the control too."""
    insufficient: int


_Point = tuple[int, int | None, str, str]
_Runs = Counter[tuple[str, str | None, bool]]
"""Verdict, mechanism, whether its confidence is low → how many runs."""
_Key = tuple[str, int | None, str, str, str]


class Aggregate:
    """Findings, counted as they come; memory grows with the groups and their vantage points, not with the measurements."""

    def __init__(self, threshold: Threshold | None = None, period: Callable[[str], str] = str) -> None:
        """`period`: of a day the period that is counted by; without it each day is one."""
        self.threshold = threshold or Threshold.load()
        self._period = period
        self._points: dict[_Key, dict[_Point, _Runs]] = defaultdict(lambda: defaultdict(Counter))

    def add(self, finding: Finding) -> None:
        """Count a finding, unless nothing of it can be counted."""
        if (one := counted(finding)) is not None:
            self.count(one)

    def count(self, one: Counted) -> None:
        """Count what can be counted."""
        key = (one.country, one.asn, one.domain, one.test_name, self._period(one.day))
        point = (one.asn, one.resolver_asn, one.software or "", one.platform or "")
        self._points[key][point][one.verdict, one.mechanism, one.confidence == "low"] += 1

    def groups(self, networks: bool = True) -> Iterator[Group]:
        """The rows, sorted: one per network, or, without `networks`, one per country."""
        merged: dict[_Key, dict[_Point, _Runs]] = defaultdict(dict)
        for (country, asn, name, test, day), points in self._points.items():
            merged[country, asn if networks else None, name, test, day] |= points
        for key in sorted(merged, key=lambda key: (key[0], key[1] or 0, *key[2:])):
            yield self._group(key, merged[key])

    def _group(self, key: _Key, points: Mapping[_Point, _Runs]) -> Group:
        blocked = decisive = firm = 0
        networks = set[int]()
        total: Counter[str] = Counter()
        mechanisms: Counter[str] = Counter()
        for (network, *_), runs in points.items():
            for (verdict, *_), count in runs.items():
                total[verdict] += count
            votes = sum(count for (verdict, *_), count in runs.items() if verdict == "blocked")
            against = sum(count for (verdict, *_), count in runs.items() if verdict == "ok")
            if votes or against:
                decisive += 1
                if votes > against:  # as many for as against: what was reached once is not blocked altogether
                    blocked += 1
                    networks |= {network} - {0}  # one that is not known may be any of the others
                    firm += any(verdict == "blocked" and not low for verdict, _, low in runs)
                    most = max(
                        (count, mechanism or "") for (verdict, mechanism, _), count in runs.items() if verdict == "blocked"
                    )
                    mechanisms[most[1]] += 1
        low, high = wilson(blocked, decisive, self.threshold.level)
        country, asn, name, test, day = key
        return Group(
            country,
            asn,
            name,
            test,
            day,
            total.total(),
            decisive,
            blocked,
            blocked / decisive if decisive else None,
            low if decisive else None,
            high if decisive else None,
            self._state(decisive, firm, len(networks), low, high),
            tuple(name for name, _ in sorted(mechanisms.items(), key=lambda one: (-one[1], one[0]))),
            total["down"],
            total["insufficient"],
        )

    def _state(self, points: int, firm: int, networks: int, low: float, high: float) -> str:
        if points < self.threshold.points:
            return "too-little"
        if low >= self.threshold.blocked_from:
            enough = firm >= self.threshold.points or networks >= self.threshold.networks_if_low
            return "blocked" if enough else "too-little"
        return "open" if high <= self.threshold.open_to else "mixed"
