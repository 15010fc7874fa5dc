"""Fingerprints of block pages, in the format of OONI's lists: known addresses, and patterns of pages, which RE2 matches.

RE2 (https://github.com/google/re2) takes time linear in the text for any pattern, and rejects patterns that it can't match in
linear time (look-around, back references). The user supplies the lists: https://github.com/ooni/blocking-fingerprints, CC
BY-NC-SA 4.0. Columns: name, scope, location_found (body, dns, header.NAME), pattern_type (full, prefix, contains, regexp),
pattern, confidence_no_fp (0 to 10), expected_countries.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Self

import re2

from overt.measure.protocols.http import Exchange
from overt.model.errors import UsageError, quote_text

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
"""Our word for each scope in OONI's lists. The scope tells who operates the block page.

`vbw` may be the site's own page; `fp` is not a block page.
"""
_RANK = ("national", "provider", "institution", "product", ABROAD, VAGUE)
_MIN_CONFIDENCE = 5
_DIGEST_DIGITS = 16
_BODY, _DNS, _HEADER = "body", "dns", "header."
_COLUMNS = {"name", "scope", "location_found", "pattern_type", "pattern"}

FingerprintFiles = Path | Mapping[str, Path] | None
"""A folder of CSV files; or file paths keyed by the names that messages use; or None for no lists."""


class Fingerprint(NamedTuple):
    """A known block page, or an address that serves one."""

    name: str
    scope: str
    countries: frozenset[str]
    """Countries where the block page was seen; empty if the list states none."""

    def in_country(self, country: str) -> str:
        """Return the scope of a match for a probe in a country. `country`: empty if it is unknown.

        A block page that was only seen in other countries is `abroad`, which is weaker evidence.
        """
        if self.scope not in (FALSE_POSITIVE, VAGUE) and self.countries and country and country not in self.countries:
            return ABROAD
        return self.scope


class _Patterns:
    """The patterns for one part of a response, which are matched together."""

    def __init__(self) -> None:
        options = re2.Options()
        options.max_mem = 256 << 20
        options.log_errors = False
        options.dot_nl = True
        self._set: Any = re2.Set.SearchSet(options)
        self._fingerprints: list[Fingerprint] = []

    def add(self, pattern: str, pattern_type: str, fingerprint: Fingerprint) -> None:
        literal = re2.escape(pattern)
        self._set.Add({"full": f"^{literal}$", "prefix": f"^{literal}", "contains": literal, "regexp": pattern}[pattern_type])
        self._fingerprints.append(fingerprint)

    def compile(self) -> None:
        self._set.Compile()

    def match(self, text: str) -> list[Fingerprint]:
        # re2 returns None, not an empty list, if nothing matches.
        positions = self._set.Match(text.encode("utf-8", "replace")) or () if text else ()
        return [self._fingerprints[position] for position in positions]


class Fingerprints:
    """The loaded lists. If none are loaded, nothing matches."""

    def __init__(self) -> None:
        self._places: dict[str, _Patterns] = {}
        self._answers: dict[str, Fingerprint] = {}
        self._digests: list[str] = []
        self.count = 0

    @cached_property
    def version(self) -> str | None:
        """The beginning of the SHA-256 of each list, in hex, sorted and joined by `+`; None if no list is loaded."""
        return "+".join(sorted(digest[:_DIGEST_DIGITS] for digest in self._digests)) or None

    @classmethod
    def load(cls, files: FingerprintFiles) -> Self:
        """Load lists.

        Raises UsageError if a list is invalid or a folder has no lists. The message has the file and, where possible, the line.
        Raises OSError if a file can't be read.
        """
        fingerprints = cls()
        for name, path in (_in_folder(files) if isinstance(files, Path) else files or {}).items():
            fingerprints._read(name, path)
        for patterns in fingerprints._places.values():
            patterns.compile()
        return fingerprints

    def _read(self, name: str, path: Path) -> None:
        try:
            data = path.read_bytes()
            rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
            if missing := _COLUMNS - set(rows.fieldnames or ()):
                raise UsageError(
                    f"{name}: has no column {min(missing)!r}; a list of fingerprints has {', '.join(sorted(_COLUMNS))}"
                )
            for row in rows:
                self._add(row, f"{name}: line {rows.line_num}")
        except (UnicodeDecodeError, csv.Error) as error:
            raise UsageError(f"{name}: not a CSV file in UTF-8: {error}") from None
        self._digests.append(hashlib.sha256(data).hexdigest())

    def _add(self, row: dict[str, str], where: str) -> None:
        place, pattern_type, pattern = row["location_found"] or "", row["pattern_type"] or "", row["pattern"] or ""
        if row["scope"] not in SCOPES:
            raise UsageError(f"{where}: unknown scope {quote_text(row['scope'] or '')}; known are {', '.join(SCOPES)}")
        if pattern_type not in ("full", "prefix", "contains", "regexp") or not pattern:
            raise UsageError(
                f"{where}: pattern_type {quote_text(pattern_type)} with pattern {quote_text(pattern)};"
                " the type must be full, prefix, contains or regexp, and the pattern must not be empty"
            )
        confidence = row.get("confidence_no_fp") or ""
        vague = confidence.isdigit() and int(confidence) < _MIN_CONFIDENCE and row["scope"] != "fp"
        codes = (code.strip().upper() for code in (row.get("expected_countries") or "").split(","))
        fingerprint = Fingerprint(row["name"] or "", VAGUE if vague else SCOPES[row["scope"]], frozenset(filter(None, codes)))
        self.count += 1
        if place == _DNS:
            if pattern_type != "full":
                raise UsageError(f"{where}: an answer of DNS must be matched in full, not by {pattern_type}")
            self._answers[pattern.rstrip(".").lower()] = fingerprint
        elif place == _BODY or place.startswith(_HEADER):
            try:
                self._places.setdefault(place.lower(), _Patterns()).add(pattern, pattern_type, fingerprint)
            except re2.error:
                raise UsageError(
                    f"{where}: RE2 does not support the pattern {quote_text(pattern)} (no look-around, no back references)"
                ) from None
        else:
            raise UsageError(f"{where}: unknown location_found {quote_text(place)}; it must be body, dns or header.NAME")

    def match_pages(self, pages: Iterable[Exchange], country: str = "") -> tuple[str, str]:
        """Return the scope and the name of the strongest fingerprint that matches one of the pages.

        `country`: the probe's country; empty if it is unknown. The scope is `none` if nothing matches, and `false-positive` if
        the only match is known not to be a block page. In both cases, the name is empty.
        """
        best: tuple[str, str] = (NONE, "")
        for page in pages if self._places else ():
            in_headers: list[Fingerprint] = []
            in_body: list[Fingerprint] = []
            for place, patterns in self._places.items():
                if place == _BODY:
                    in_body = patterns.match(page.body)
                else:
                    in_headers += patterns.match(page.headers.get(place.removeprefix(_HEADER), ""))
            # If a page is known not to be a block page, further matches in its body don't count. Matches in its headers do,
            # because headers name the sender.
            if any(fingerprint.scope == FALSE_POSITIVE for fingerprint in in_body):
                in_body = []
                best = (FALSE_POSITIVE, "") if best[0] == NONE else best
            best = _strongest(best, in_headers + in_body, country)
        return best

    def match_answers(self, answers: Iterable[str], country: str = "") -> tuple[str, str]:
        """Return the scope and the name of the strongest fingerprint of an address or name in DNS answers.

        `country`: as in `match_pages`. The scope is `none` and the name empty if nothing matches.
        """
        if not self._answers:
            return NONE, ""
        matches = (self._answers.get(answer.rstrip(".").lower()) for answer in answers)
        return _strongest((NONE, ""), [match for match in matches if match], country)


def _in_folder(folder: Path) -> dict[str, Path]:
    files = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    if not files:
        raise UsageError(f"{folder}: no CSV files there; give the folder that has fingerprints_dns.csv and fingerprints_http.csv")
    return {str(path): path for path in files}


def _strongest(best: tuple[str, str], fingerprints: Iterable[Fingerprint], country: str) -> tuple[str, str]:
    for fingerprint in fingerprints:
        scope = fingerprint.in_country(country)
        if scope in _RANK and (best[0] not in _RANK or _RANK.index(scope) < _RANK.index(best[0])):
            best = scope, fingerprint.name
    return best
