"""Versions of laws: the dates of each, which file repeats another, and which version superseded which."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import itemgetter

DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
"""Matches a date as Chinese laws write it."""
_LINE_DATE = re.compile(rf"[（(]?\s*{DATE.pattern}")
_FILE = re.compile(r"(?P<folder>[^_/]+)_(?P<name>[^/]+?)(?:\((?P<date>\d{4}-\d\d-\d\d)\))?\.md$")
# In English: "takes effect from (day)", "takes effect from the day of publication", and the beginnings of titles that are ignored
# when titles are compared: the country, the Supreme People's Court and the Supreme People's Procuratorate.
_FROM_DAY = re.compile(r"自(\d{4})年(\d{1,2})月(\d{1,2})日起施行")
_FROM_PUBLICATION = re.compile("自(?:公布|发布|颁布)之日起施行")
_SHORT = re.compile("^中华人民共和国|^最高人民法院(?:、最高人民检察院)?")
_YEAR = 10_000
"""One year, as the difference of two dates written as numbers (20230701)."""


@dataclass(eq=False)
class Law:
    """A version of a law, as a file contains it."""

    file: str
    folder: str
    title: str
    head: str
    """The title and the lines below it."""
    date: str
    """The day in the file's name, otherwise the last day of adoption or amendment; empty if the file has none."""
    adopted: str | None = None
    amended: list[str] = field(default_factory=list)
    in_force: str | None = None
    """The day on which it takes effect, as the heading or an article states it; None if neither does."""
    in_force_in_head: str | None = None
    """The same day if the heading states it; otherwise None."""
    has_written_day: bool = False
    """Whether the text states the day on which it takes effect, not only "from publication"."""
    effect_article: str | None = None
    """The last article that states when it takes effect; None if no article does."""
    digest: str = ""
    """Digest of the articles, used to recognise a file that repeats another."""
    twin_of: "Law | None" = None
    """The law whose articles this file repeats; None if it repeats none, or is the file that stays."""
    newer: "Law | None" = None
    """The next version of the law; None for the newest."""
    is_in_force: bool = False
    """Whether it is the newest version and was in force on the day of the collection."""

    @property
    def effective(self) -> str:
        """The day from which this version applies.

        An amended law may still state the effective date of its first version, so the result is never before the version's own
        date.
        """
        return max(self.in_force or self.date, self.date)


def read_laws(rows: Iterable[tuple[str, ...]], as_of: str) -> list[Law]:
    """Return the laws of all files in order. `rows`: file, label and text of every row; `as_of`: the day of the collection."""
    laws = [_read_law(file, [(label, text) for _, label, text in group]) for file, group in groupby(rows, key=itemgetter(0))]
    _mark_twins(laws)
    _mark_versions([law for law in laws if law.twin_of is None], as_of)
    return laws


def _read_law(file: str, rows: list[tuple[str, str]]) -> Law:
    named = _FILE.search(file)
    head = rows[0][1].partition("<!-- INFO END -->")[0]
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    adopted, amended, in_force = _head_dates(lines[1:])
    day = (named["date"] if named else None) or max([date for date in (adopted, *amended) if date], default="")
    law = Law(file, named["folder"] if named else "", lines[0].lstrip("# ").strip(), head, day, adopted, amended)
    articles = [(label, text) for label, text in rows[1:] if label]
    law.digest = hashlib.sha256("\0".join("".join(text.split()) for _, text in articles).encode()).hexdigest()
    law.in_force = law.in_force_in_head = in_force
    for label, text in reversed(articles):
        if match := _FROM_DAY.search(text) or _FROM_PUBLICATION.search(text):
            law.effect_article, law.has_written_day = label, bool(match.groups())
            if not law.in_force:
                law.in_force = iso_date(*match.groups()) if match.groups() else (adopted or day)
            break
    return law


def _head_dates(lines: Iterable[str]) -> tuple[str | None, list[str], str | None]:
    """Return when a law was adopted, amended and put in force, from the lines below its title; None for a date not stated.

    If several lines are about the adoption, the first one counts, because a law is approved before it is published. A line is
    an amendment if it says so, or if its date is a year or more after the adoption.
    """
    adopted, in_force = None, None
    amended: list[str] = []
    for line in lines:
        match = _LINE_DATE.match(line)
        if not match:
            continue
        day = iso_date(*match.groups())
        if re.search("修正|修订", line):  # amended or revised
            amended.append(day)
        elif line.rstrip().endswith("施行"):  # takes effect
            in_force = day
        elif adopted is None:
            adopted = day
        elif _number(day) - _number(adopted) >= _YEAR:
            amended.append(day)
    return adopted, amended, in_force


def _mark_twins(laws: Iterable[Law]) -> None:
    """Mark files that repeat the articles of another file. The file with the longest title stays, because it names the issuer."""
    by_digest: dict[str, list[Law]] = defaultdict(list)
    for law in laws:
        by_digest[law.digest].append(law)
    for same in by_digest.values():
        best = max(same, key=lambda law: len(law.title))
        for law in same:
            law.twin_of = None if law is best else best


def _mark_versions(laws: Iterable[Law], as_of: str) -> None:
    """Mark versions that a newer version with the same title superseded, and newest versions that are in force.

    Articles that repeal a law are not read, because one may mean an older law with the title of a newer one, such as the
    National Security Law of 1993.
    """
    by_title: dict[str, list[Law]] = defaultdict(list)
    for law in laws:
        by_title[_SHORT.sub("", law.title)].append(law)
    for same in by_title.values():
        same.sort(key=lambda law: law.date)
        for older, newer in pairwise(same):
            older.newer = newer
        same[-1].is_in_force = same[-1].effective <= as_of


def iso_date(year: str, month: str, day: str) -> str:
    """Return a date as YYYY-MM-DD. `month` and `day` may have one digit."""
    return f"{year}-{int(month):02}-{int(day):02}"


def _number(day: str) -> int:
    return int(day.replace("-", ""))
