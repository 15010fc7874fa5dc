"""Known block pages and addresses of block pages, in the form of OONI's lists, matched by RE2: no pattern can make it hang.

RE2 (https://github.com/google/re2) takes a time that grows with the text alone, whatever the pattern; what it cannot do so
(look-around, back references) it refuses. The lists: https://github.com/ooni/blocking-fingerprints, CC BY-NC-SA 4.0, given by the
user. Form: name, scope, location_found (body, dns, header.NAME), pattern_type (full, prefix, contains, regexp), pattern,
confidence_no_fp (0 to 10), expected_countries.
"""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self

import re2

from overt.measure.http import Exchange
from overt.model.errors import UsageError, shown

NONE, FALSE_POSITIVE, VAGUE, ABROAD = "none", "false-positive", "vague", "abroad"
SCOPES = {
    "nat": "national",
    "isp": "provider",
    "prov": "provider",
    "inst": "institution",
    "prod": "product",
    "injb": VAGUE,
    "vbw": VAGUE,
    "fp": FALSE_POSITIVE,
}
"""OONI's scopes as facts: whose block page it is. `vbw` may be a page of the site itself; `fp` is known to be none."""
_RANK = ("national", "provider", "institution", "product", ABROAD, VAGUE)
_SURE_ENOUGH = 5
_BODY, _DNS, _HEADER = "body", "dns", "header."
_COLUMNS = {"name", "scope", "location_found", "pattern_type", "pattern"}


Given = Path | Mapping[str, Path] | None
"""A folder of CSV files, files by the names that they are spoken of by, or none."""


class Fingerprint(NamedTuple):
    """One known sign."""

    name: str
    scope: str
    countries: frozenset[str]
    """Where it is known from; empty where that is not told."""

    def in_country(self, country: str) -> str:
        """Its scope for a probe there: a block page of another country is a sign of less."""
        if self.scope not in (FALSE_POSITIVE, VAGUE) and self.countries and country and country not in self.countries:
            return ABROAD
        return self.scope


class _Patterns:
    """Many patterns for one place, matched at once."""

    def __init__(self) -> None:
        options = re2.Options()
        options.max_mem = 256 << 20
        options.log_errors = False
        options.dot_nl = True
        self._set: Any = re2.Set.SearchSet(options)
        self.held: list[Fingerprint] = []

    def add(self, pattern: str, kind: str, held: Fingerprint) -> None:
        literal = re2.escape(pattern)
        self._set.Add({"full": f"^{literal}$", "prefix": f"^{literal}", "contains": literal, "regexp": pattern}[kind])
        self.held.append(held)

    def compile(self) -> None:
        self._set.Compile()

    def match(self, text: str) -> list[Fingerprint]:
        # The library gives None for no match.
        return [self.held[at] for at in self._set.Match(text.encode("utf-8", "replace")) or ()] if text else []


class Fingerprints:
    """The lists at hand; without any, nothing is found."""

    def __init__(self) -> None:
        self._places: dict[str, _Patterns] = {}
        self._names: dict[str, Fingerprint] = {}
        self.count = 0

    @classmethod
    def load(cls, given: Given) -> Self:
        """The lists that are given. Raises UsageError, naming file and line, when one cannot be used."""
        found = cls()
        for name, path in (_in_folder(given) if isinstance(given, Path) else given or {}).items():
            found._read(name, path)
        for place in found._places.values():
            place.compile()
        return found

    def _read(self, name: str, path: Path) -> None:
        try:
            with path.open(encoding="utf-8", newline="") as handle:
                rows = csv.DictReader(handle)
                if lost := _COLUMNS - set(rows.fieldnames or ()):
                    raise UsageError(
                        f"{name}: has no column {min(lost)!r}; a list of fingerprints has {', '.join(sorted(_COLUMNS))}"
                    )
                for row in rows:
                    self._add(row, f"{name}: line {rows.line_num}")
        except (UnicodeDecodeError, csv.Error) as error:
            raise UsageError(f"{name}: not a CSV file in UTF-8: {error}") from None

    def _add(self, row: dict[str, str], where: str) -> None:
        place, kind, pattern = row["location_found"] or "", row["pattern_type"] or "", row["pattern"] or ""
        if row["scope"] not in SCOPES:
            raise UsageError(f"{where}: unknown scope {shown(row['scope'] or '')}; known are {', '.join(SCOPES)}")
        if kind not in ("full", "prefix", "contains", "regexp") or not pattern:
            raise UsageError(
                f"{where}: pattern_type {shown(kind)} with pattern {shown(pattern)}; it is full, prefix, contains or regexp"
            )
        sure = row.get("confidence_no_fp") or ""
        vague = sure.isdigit() and int(sure) < _SURE_ENOUGH and row["scope"] != "fp"
        countries = frozenset(filter(None, (one.strip().upper() for one in (row.get("expected_countries") or "").split(","))))
        held = Fingerprint(row["name"] or "", VAGUE if vague else SCOPES[row["scope"]], countries)
        self.count += 1
        if place == _DNS:
            if kind != "full":
                raise UsageError(f"{where}: an answer of DNS is matched in full, not by {kind}")
            self._names[pattern.rstrip(".").lower()] = held
        elif place == _BODY or place.startswith(_HEADER):
            try:
                self._places.setdefault(place.lower(), _Patterns()).add(pattern, kind, held)
            except re2.error:
                raise UsageError(
                    f"{where}: the pattern {shown(pattern)} is none that RE2 takes (no look-around, no back references)"
                ) from None
        else:
            raise UsageError(f"{where}: unknown location_found {shown(place)}; it is body, dns or header.NAME")

    def of_pages(self, pages: Iterable[Exchange], country: str = "") -> tuple[str, str]:
        """Whose block page the pages are, and the name of the sign; `none`, or `false-positive` for pages known to be none."""
        best: tuple[str, str] = (NONE, "")
        for page in pages if self._places else ():
            heads: list[Fingerprint] = []
            bodies: list[Fingerprint] = []
            for place, patterns in self._places.items():
                if place == _BODY:
                    bodies = patterns.match(page.body)
                else:
                    heads += patterns.match(page.headers.get(place.removeprefix(_HEADER), ""))
            # A page known to be no block page is none for other words in it, but a header names its sender.
            if any(one.scope == FALSE_POSITIVE for one in bodies):
                bodies = []
                best = (FALSE_POSITIVE, "") if best[0] == NONE else best
            best = _strongest(best, heads + bodies, country)
        return best

    def of_answers(self, answers: Iterable[str], country: str = "") -> tuple[str, str]:
        """Whose address or name of a block page stands among the answers of DNS, and the name of the sign."""
        if not self._names:
            return NONE, ""
        found = [held for one in answers if (held := self._names.get(one.rstrip(".").lower()))]
        return _strongest((NONE, ""), found, country)


def _in_folder(folder: Path) -> dict[str, Path]:
    files = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    if not files:
        raise UsageError(
            f"{folder}: no CSV files there; give the folder that holds fingerprints_dns.csv and fingerprints_http.csv"
        )
    return {str(path): path for path in files}


def _strongest(best: tuple[str, str], found: Iterable[Fingerprint], country: str) -> tuple[str, str]:
    for one in found:
        scope = one.in_country(country)
        if scope in _RANK and (best[0] not in _RANK or _RANK.index(scope) < _RANK.index(best[0])):
            best = scope, one.name
    return best
