"""Findings counted by country, network, domain, test and period.

OONI deliberately publishes nothing that identifies a probe. So *vantage points* are counted: distinct combinations of network,
resolver's network, software version and platform. Two people with the same software and provider are one vantage point; one
person who changes network or updates the software is two. So the number is neither an upper nor a lower bound on the number of
probes. Repeated runs at a vantage point count as one vote. The vote is “blocked” only if more runs found the host blocked than
reached it. Shares are of vantage points with a decisive vote (blocked or ok), never of runs.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Self

from overt.measure.measurement import input_host
from overt.measure.measurement_judge import WEB, Finding
from overt.measure.wilson_interval import wilson_interval
from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, packaged_model


class Threshold(Content):
    """The evidence that a group needs to count as blocked or open."""

    level: float
    """Confidence level of the interval."""
    points: int
    """Minimum number of vantage points with a decisive verdict."""
    networks_if_low: int
    """Minimum number of networks that found a site blocked, if fewer than `points` vantage points did with more than low
    confidence.
    """
    blocked_from: float
    """Minimum lower end of the interval for a group to be blocked."""
    open_to: float
    """Maximum upper end of the interval for a group to be open."""
    says: str
    says_zh: str
    source: str

    @classmethod
    def load(cls) -> Self:
        """Load content/measure/group_verdict_thresholds.yml. Raises ContentError if it is invalid."""
        threshold = packaged_model(cls, "measure/group_verdict_thresholds.yml")
        if not (
            0 < threshold.level < 1
            and threshold.points >= 1
            and threshold.networks_if_low >= 1
            and 0 <= threshold.open_to <= 1
            and 0 <= threshold.blocked_from <= 1
        ):
            raise ContentError(
                "measure/group_verdict_thresholds.yml: levels and shares must be between 0 and 1,"
                " vantage points and networks at least 1"
            )
        return threshold


class VerdictRow(NamedTuple):
    """The part of a finding that is counted. Its fields are columns of a release's table `measurements`."""

    country: str
    asn: int
    """Number of the network; 0 if unknown."""
    domain: str
    """The tested host; for a test of one service, the test's name."""
    test_name: str
    day: str
    verdict: str
    mechanism: str | None
    confidence: str | None
    resolver_asn: int | None
    software: str | None
    platform: str | None


def verdict_row(finding: Finding) -> VerdictRow | None:
    """Return the part of a finding that is counted; None if no rule decided it, or if it lacks a country, day, test or host."""
    if finding.verdict not in ("blocked", "ok", "down", "insufficient"):
        return None
    domain = input_host(finding.input or "") if finding.test_name == WEB else finding.test_name
    if not (finding.country and finding.day and finding.test_name and domain):
        return None
    return VerdictRow(
        finding.country, finding.asn or 0, domain, finding.test_name, finding.day, finding.verdict, finding.mechanism,
        finding.confidence, finding.resolver_asn, finding.software, finding.platform,
    )  # fmt: skip


class Group(NamedTuple):
    """One row of the aggregate."""

    country: str
    asn: int | None
    """Number of the network; 0 if unknown, None if the row combines all networks of its country."""
    domain: str
    """The tested host; for a test of one service, the test's name."""
    test_name: str
    day: str
    """The day, or the period if the aggregate counts by period."""
    measurements: int
    points: int
    """Number of vantage points with a decisive verdict."""
    blocked: int
    """Number of these vantage points at which the host was blocked."""
    share: float | None
    """`blocked` divided by `points`; None if there are no points."""
    low: float | None
    """Lower end of the share's confidence interval; None if there are no points."""
    high: float | None
    """Upper end of the share's confidence interval; None if there are no points."""
    state: str
    """blocked, open, mixed, or too-little."""
    mechanisms: tuple[str, ...]
    """Mechanisms at the blocked vantage points, the most frequent first."""
    down: int
    """Number of measurements in which the site was also down for the control."""
    insufficient: int


_Point = tuple[int, int | None, str, str]
_Runs = Counter[tuple[str, str | None, bool]]
"""Number of runs by verdict, mechanism, and whether confidence is low."""
_Key = tuple[str, int | None, str, str, str]


class Aggregate:
    """Counts findings one after the other. Memory grows with the groups and vantage points, not with the measurements."""

    def __init__(self, threshold: Threshold | None = None, period: Callable[[str], str] = str) -> None:
        """`threshold`: None for the packaged one. `period`: function from a day to the period by which findings are counted; by
        default, each day is a period.
        """
        self.threshold = threshold or Threshold.load()
        self._period = period
        self._points: dict[_Key, dict[_Point, _Runs]] = defaultdict(lambda: defaultdict(Counter))

    def add(self, finding: Finding) -> None:
        """Count a finding, unless `verdict_row` returns None for it."""
        if (row := verdict_row(finding)) is not None:
            self.count(row)

    def count(self, row: VerdictRow) -> None:
        """Count one row, as `verdict_row` returns it."""
        key = (row.country, row.asn, row.domain, row.test_name, self._period(row.day))
        point = (row.asn, row.resolver_asn, row.software or "", row.platform or "")
        self._points[key][point][row.verdict, row.mechanism, row.confidence == "low"] += 1

    def groups(self, networks: bool = True) -> Iterator[Group]:
        """Yield one group for each country, network, domain, test and period, sorted in this order.

        Without `networks`, a group combines all networks of its country.
        """
        merged: dict[_Key, dict[_Point, _Runs]] = defaultdict(dict)
        for (country, asn, domain, test, day), points in self._points.items():
            merged[country, asn if networks else None, domain, test, day] |= points
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
                if votes > against:  # In a tie, the host was reached as often as not, so it does not count as blocked.
                    blocked += 1
                    networks |= {network} - {0}  # An unknown network (0) may be one of the others.
                    firm += any(verdict == "blocked" and not low for verdict, _, low in runs)
                    most = max(
                        (count, mechanism or "") for (verdict, mechanism, _), count in runs.items() if verdict == "blocked"
                    )
                    mechanisms[most[1]] += 1
        low, high = wilson_interval(blocked, decisive, self.threshold.level)
        country, asn, domain, test, day = key
        return Group(
            country,
            asn,
            domain,
            test,
            day,
            total.total(),
            decisive,
            blocked,
            blocked / decisive if decisive else None,
            low if decisive else None,
            high if decisive else None,
            self._state(decisive, firm, len(networks), low, high),
            tuple(name for name, _ in sorted(mechanisms.items(), key=lambda item: (-item[1], item[0]))),
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
