"""Findings, as stored in a release, and those that differ between two releases."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from overt.queries.database import Reader
from overt.release.findings.finding_statuses import HOLDS


class Finding(NamedTuple):
    """A finding of a release. Its sentences are None if it doesn't hold."""

    name: str
    rank: int
    status: str
    """`holds`, `withdrawn`, or what is missing, such as `source not loaded: …`."""
    reason: str | None
    """Why the finding doesn't hold."""
    headline: str | None
    headline_zh: str | None
    text: str | None
    text_zh: str | None
    caveat: str | None
    caveat_zh: str | None
    would_change: str | None
    would_change_zh: str | None
    address: str
    """The address of the page where a reader can check the finding."""
    numbers: dict[str, Any]
    """The values in the finding's sentences, by name."""
    chart: dict[str, Any] | None
    """The fields of `FindingChart`, and the chart's `rows`; None if the finding doesn't hold."""
    definition: dict[str, Any]
    sql: str | None
    chart_sql: str | None
    missing: Sequence[dict[str, Any]] = ()
    """The sources that the finding needs and the release lacks, each with `source`, `title`, `publisher`, `address`, `licence`,
    `reuse`, `as_of` and `covers`. Older releases don't describe them.
    """

    @property
    def about(self) -> str:
        """`world` if the finding is about what the records say, `evidence` if it is about the quality of their evidence.

        Always `world` in older releases.
        """
        return str(self.definition.get("about", "world"))

    @property
    def holds(self) -> bool:
        """Whether the release's numbers support the finding."""
        return self.status == HOLDS


SENTENCES = (
    "headline", "text", "caveat", "would_change", "headline_zh", "text_zh", "caveat_zh", "would_change_zh",
)  # fmt: skip
"""The sentences of a finding, in both languages."""
_DECODE = dict.fromkeys(("numbers", "chart", "definition", "missing"), orjson.loads)


def all_findings(reader: Reader) -> list[Finding]:
    """Return all findings in the order in which pages show them, including those that don't hold."""
    return reader.query(Finding, "findings.all", decode=_DECODE)


def holding(reader: Reader) -> list[Finding]:
    """Return the findings that hold, in the order in which pages show them."""
    return [finding for finding in all_findings(reader) if finding.holds]


def find(reader: Reader, name: str) -> Finding | None:
    """Return the finding with this name, whether or not it holds; None if the release has no such finding."""
    return next((finding for finding in all_findings(reader) if finding.name == name), None)


def missing_sources(reader: Reader) -> list[dict[str, Any]]:
    """Return the sources that any finding needs and the release lacks, as in `Finding.missing`, sorted by id."""
    lists = [_DECODE["missing"](row["missing"]) for row in reader.rows("findings.missing_sources")]
    by_id = {source["source"]: source for sources in lists for source in sources}
    return [by_id[identity] for identity in sorted(by_id)]


class FindingChange(NamedTuple):
    """A finding that differs between two releases. A release's headline or text is None if the finding doesn't hold there."""

    name: str
    before: str | None
    after: str | None
    text_before: str | None
    reason: str | None
    """Why the finding no longer holds."""


def changes(reader: Reader, old: int, new: int) -> list[FindingChange]:
    """Return the findings whose headline or text differs between the releases at two positions of the history."""
    return reader.query(FindingChange, "findings.changes", {"old": old, "new": new})


def finding_data(release: str, finding: Finding) -> dict[str, Any]:
    """Return a finding in the format described in docs/api.md."""
    names = ("name", "status", "reason", *SENTENCES)
    return {
        **{name: getattr(finding, name) for name in names},
        "check": finding.address,
        "values": finding.numbers,
        "holds_when": finding.definition["holds_when"],
        "chart": finding.chart,
        "release": release,
    }
