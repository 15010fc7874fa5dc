"""The comparison of two releases as a feed and as a self-contained page, from the causes to the differences of records."""

from collections import ChainMap
from collections.abc import Mapping
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from overt.feeds.atom import Entry, feed, join_parts
from overt.release.diff.blocklist_episode_diff import CHANGE_KINDS, describe_episode
from overt.release.diff.causes import Cause
from overt.release.diff.release_diff import RECORD_PREFIX, Difference, ReleaseDiff

_MAX_VALUE_LENGTH = 400
"""Maximum number of characters to which `short` truncates a text; `overt diff --json` has the full text."""
_ORDER = ("merged", "split", "retracted", "removed", "added", "changed")
"""Order of the differences. Merges and splits come first, because they explain most other differences."""
_MAX_PLATFORMS = 200
"""Maximum number of differences in measurements of platforms on a page."""
_TITLES = {
    "merged": "Merged",
    "split": "Split",
    "retracted": "Withdrawn",
    "removed": "No longer recorded",
    "added": "New",
    "changed": "Changed",
}


class Word(NamedTuple):
    """A value, or the record that it refers to."""

    text: str
    id: str = ""
    """Id of the record; `text` is then the record's name."""


def comparison_feed(diff: ReleaseDiff, title: str, day: str, address: str) -> bytes:
    """Encode a feed with an entry for each cause, correction, changed figure, changed finding, measured series and difference.

    `title` is the title of the atlas; `day` is the date of every entry, YYYY-MM-DD; `address` is the address of the site, or ''.
    """
    pair = f"{diff.old}/{diff.new}"
    entries = [
        Entry(
            f"{pair}/cause/{at}/{cause.kind}",
            f"{cause.kind}: {cause_subjects(cause)}",
            cause_reason(cause),
            day,
            category="cause",
        )
        for at, cause in enumerate(diff.causes)
    ]
    entries += [
        Entry(
            f"{pair}/correction/{at}/{row['kind']}/{row['id']}",
            f"{row['kind']}: {short(diff.names.get(row['id']) or row['id'])}",
            correction_text(row),
            day,
            page_of(row["id"], address),
            row["kind"],
        )
        for at, row in enumerate(diff.corrections)
    ]
    entries += [
        Entry(
            f"{pair}/figure/{figure['name']}",
            f"{figure['name']}: {number(figure['before'])} → {number(figure['after'])}",
            f"{figure['status_before']} → {figure['status_after']}" if figure["status_before"] != figure["status_after"] else "",
            day,
            f"{address}/figure/{figure['name']}" if address else "",
            "figure",
        )
        for figure in diff.figures
    ]
    entries += [
        Entry(
            f"{pair}/finding/{finding.name}",
            f"finding {finding.what}: {finding.name}",
            finding.after or finding.reason or "",
            day,
            f"{address}/finding/{finding.name}" if address else "",
            "finding",
        )
        for finding in diff.findings
    ]
    entries += [
        Entry(
            f"{pair}/measured/{series.source}/{series.series}",
            f"measured: {series.source} {series.series}",
            ", ".join(f"{count:,} {what}" for what, count in series.counts.items()),
            day,
            category="measured",
        )
        for series in diff.observations.series
    ]
    for position, difference in enumerate(ordered(diff)):
        of = f", {difference.property}" if difference.property else ""
        entries.append(
            Entry(
                f"{pair}/{position}/{difference.what}/{difference.id}/{difference.property}",
                f"{difference.what}: {short(name_of(diff, difference))} ({difference.type}){of}",
                join_parts((difference.id, _sides_text(compared_values(diff, difference)), difference.reason)),
                day,
                page_of(difference.id, address),
                difference.what,
            )
        )
    heading = f"{title}: {diff.old} → {diff.new}"
    return feed(pair, heading, entries, day=day, author=title, address=f"{address}/release/{diff.new}" if address else "")


def comparison_page(diff: ReleaseDiff, title: str, address: str) -> str:
    """Render the comparison as a single HTML file without scripts or other files. Parameters as for `comparison_feed`."""
    environment = Environment(
        loader=PackageLoader("overt", "feeds"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    all_parts = [
        (what, _TITLES[what], [difference for difference in diff.differences if difference.what == what]) for what in _ORDER
    ]
    parts = [part for part in all_parts if part[2]]
    data: dict[str, Any] = {"title": title, "diff": diff, "counts": diff.counts(), "address": address, "parts": parts}
    data |= {"whats": CHANGE_KINDS, "platforms": diff.observations.notable_platforms(), "most": _MAX_PLATFORMS}
    words = {
        "compared_values": compared_values,
        "short": short,
        "number": number,
        "page_of": page_of,
        "name_of": name_of,
        "cause_subjects": cause_subjects,
        "cause_reason": cause_reason,
        "correction_text": correction_text,
    }
    words["episode"] = describe_episode
    return environment.get_template("release_comparison_page.html").render(**data, **words)


def correction_text(row: Mapping[str, Any]) -> str:
    """Return the content of a correction, a reply or a withheld record, in one line."""
    change = f"{row['property']}: {row['old_value'] or '–'} → {row['new_value'] or '–'}" if row["property"] else row["new_value"]
    return join_parts((change or "", row["reason"] or ""))


def ordered(diff: ReleaseDiff) -> list[Difference]:
    """Return the differences in the order of `_ORDER`, so that merges and splits precede their effects."""
    return sorted(diff.differences, key=lambda difference: _ORDER.index(difference.what))


def name_of(diff: ReleaseDiff, difference: Difference) -> str:
    """Return the name of the record in a difference; its type or id if it has no name."""
    return difference.label or diff.names.get(difference.id) or difference.type or difference.id


def compared_values(diff: ReleaseDiff, difference: Difference) -> list[list[Word]]:
    """Return the values before and after a difference, or the records before and after a merge or split.

    The list is empty if there are no values to compare, as for an added or removed record. For a retraction that changed no
    shown value, only the retracted value is returned.
    """
    was: Mapping[str, str] = ChainMap(diff.names_before, diff.names)
    if difference.what in ("merged", "split"):
        return [[_word(was, difference.before or "")], [_word(diff.names, difference.after or "")]]
    if difference.what not in ("changed", "retracted"):
        return []
    sides = [[_word(names, text) for text in texts] for names, texts in ((was, difference.gone), (diff.names, difference.come))]
    if not any(sides):
        return [[Word(f"{short(difference.before or '')} (what is shown stays)")]] if difference.what == "retracted" else []
    return [side or [Word("–")] for side in sides]


def cause_subjects(cause: Cause) -> str:
    """Return the names and ids of the records that a cause is about.

    In a judgement, = joins records that are the same, and ≠ records that are different. Otherwise, semicolons join them.
    """
    pairs = zip(cause.names, cause.subjects, strict=True)
    joined = " = " if cause.statement == "same" else " ≠ " if cause.statement == "different" else "; "
    return joined.join(name if name == identity else f"{short(name)} ({identity})" for name, identity in pairs)


def cause_reason(cause: Cause) -> str:
    """Return a cause's statement, such as a verdict or a value, followed by the reason."""
    return join_parts((short(cause.statement or ""), cause.reason or ""))


def page_of(identity: str, address: str) -> str:
    """Return the address of a record's page; '' if the site has no address, or if `identity` is not a published id."""
    return f"{address}/record/{identity}" if address and identity.startswith(RECORD_PREFIX) else ""


def number(value: float | None) -> str:
    """Format the value of a figure; `–` if it has none."""
    return "–" if value is None else format(value, ",")


def short(text: str) -> str:
    """Truncate a string that is longer than `_MAX_VALUE_LENGTH`."""
    return text if len(text) <= _MAX_VALUE_LENGTH else f"{text[: _MAX_VALUE_LENGTH - 1]}…"


def _word(names: Mapping[str, str], text: str) -> Word:
    return Word(short(names[text]), text) if text in names else Word(short(text))


def _sides_text(sides: list[list[Word]]) -> str:
    return " → ".join("; ".join(f"{word.text} ({word.id})" if word.id else word.text for word in words) for words in sides)
