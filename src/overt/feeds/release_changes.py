"""A comparison of two releases as a feed, and as a page that needs nothing else: first why they differ, then in what."""

from collections import ChainMap
from collections.abc import Mapping
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from overt.feeds.atom import Entry, feed, one_line
from overt.release.diff.causes import Cause
from overt.release.diff.observation_diff import CHANGE_KINDS, describe_episode
from overt.release.diff.release_diff import RECORD_PREFIX, Difference, ReleaseDiff

_LONGEST = 400
"""Characters of a value in a feed or on a page; `overt diff --json` has all."""
_ORDER = ("merged", "split", "retracted", "removed", "added", "changed")
"""What is told first: who is who explains most of what follows."""
_MOST_PLATFORMS = 200
"""Differences of what was measured of platforms that a page tells."""
_TITLES = {
    "merged": "Found to be one",
    "split": "Found to be several",
    "retracted": "Taken back",
    "removed": "Said no more",
    "added": "New",
    "changed": "Changed",
}


class Word(NamedTuple):
    """A value, or a record that it names."""

    text: str
    id: str = ""
    """Of a record: its id; `text` is what it is called."""


def as_atom(found: ReleaseDiff, title: str, day: str, address: str) -> bytes:
    """A feed with an entry for each cause, each figure that moved and each difference. `title`: the atlas’s; `address`: its
    site’s, or ''.
    """
    pair = f"{found.old}/{found.new}"
    entries = [
        Entry(f"{pair}/cause/{at}/{one.what}", f"{one.what}: {about(one)}", why(one), day, category="cause")
        for at, one in enumerate(found.causes)
    ]
    entries += [
        Entry(
            f"{pair}/figure/{one['name']}",
            f"{one['name']}: {number(one['before'])} → {number(one['after'])}",
            one_line((f"{one['status_before']} → {one['status_after']}" if one["status_before"] != one["status_after"] else "",)),
            day,
            f"{address}/figure/{one['name']}" if address else "",
            "figure",
        )
        for one in found.figures
    ]
    entries += [
        Entry(
            f"{pair}/measured/{one.source}/{one.series}",
            f"measured: {one.source} {one.series}",
            one_line((", ".join(f"{count:,} {what}" for what, count in one.counts.items()),)),
            day,
            category="measured",
        )
        for one in found.observations.series
    ]
    for position, one in enumerate(ordered(found)):
        of = f", {one.property}" if one.property else ""
        entries.append(
            Entry(
                f"{pair}/{position}/{one.what}/{one.id}/{one.property}",
                f"{one.what}: {short(name_of(found, one))} ({one.type}){of}",
                one_line((one.id, " → ".join(_written(side) for side in said(found, one)), one.reason)),
                day,
                page_of(one.id, address),
                one.what,
            )
        )
    heading = f"{title}: {found.old} → {found.new}"
    return feed(pair, heading, entries, day=day, author=title, address=f"{address}/release/{found.new}" if address else "")


def as_page(found: ReleaseDiff, title: str, address: str) -> str:
    """The comparison as HTML in one file: no script, and nothing loaded from anywhere."""
    environment = Environment(
        loader=PackageLoader("overt", "feeds"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    parts = [(what, _TITLES[what], [one for one in found.differences if one.what == what]) for what in _ORDER]
    told = [part for part in parts if part[2]]
    data: dict[str, Any] = {"title": title, "found": found, "counts": found.counts(), "address": address, "parts": told}
    data |= {"whats": CHANGE_KINDS, "platforms": found.observations.notable_platforms(), "most": _MOST_PLATFORMS}
    words = {"said": said, "short": short, "number": number, "page_of": page_of, "name_of": name_of, "about": about, "why": why}
    words["episode"] = describe_episode
    return environment.get_template("comparison.html").render(**data, **words)


def ordered(found: ReleaseDiff) -> list[Difference]:
    """The differences, those first from which others follow."""
    return sorted(found.differences, key=lambda one: _ORDER.index(one.what))


def name_of(found: ReleaseDiff, one: Difference) -> str:
    """What the record of a difference is called; by its type where nothing names it."""
    return one.label or found.names.get(one.id) or one.type or one.id


def said(found: ReleaseDiff, one: Difference) -> list[list[Word]]:
    """What differs: what was shown, and what is now. Empty where the record itself is all that is told."""
    was: Mapping[str, str] = ChainMap(found.names_before, found.names)
    if one.what in ("merged", "split"):
        return [[_word(was, one.before or "")], [_word(found.names, one.after or "")]]
    if one.what not in ("changed", "retracted"):
        return []
    sides = [[_word(names, text) for text in held] for names, held in ((was, one.gone), (found.names, one.come))]
    if not any(sides):
        return [[Word(f"{short(one.before or '')} (what is shown stays)")]] if one.what == "retracted" else []
    return [side or [Word("–")] for side in sides]


def about(one: Cause) -> str:
    """What a cause was done to, by names with ids beside them."""
    pairs = zip(one.names, one.about, strict=True)
    joined = " = " if one.said == "same" else " ≠ " if one.said == "different" else "; "
    return joined.join(name if name == identity else f"{short(name)} ({identity})" for name, identity in pairs)


def why(one: Cause) -> str:
    """What else is known of a cause."""
    return one_line((short(one.said or ""), f"by {one.who}" if one.who else "", one.why or ""))


def page_of(identity: str, address: str) -> str:
    """The page of a record; '' where the site has no address."""
    return f"{address}/record/{identity}" if address and identity.startswith(RECORD_PREFIX) else ""


def number(value: float | None) -> str:
    """A figure's value as text."""
    return "–" if value is None else format(value, ",")


def short(text: str) -> str:
    """A text cut where it is very long."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _word(names: Mapping[str, str], text: str) -> Word:
    return Word(short(names[text]), text) if text in names else Word(short(text))


def _written(words: list[Word]) -> str:
    return "; ".join(f"{word.text} ({word.id})" if word.id else word.text for word in words)
