"""A comparison of two releases as a feed, and as a page that needs nothing else."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from overt.publish.diff.atom import Entry, feed, one_line
from overt.release.diff import Comparison, Difference

_LONGEST = 400
"""Characters of a value in a feed or on a page; `overt diff --json` has all."""
_RECORDS = "ovt-"


def as_atom(found: Comparison, title: str, day: str, address: str) -> bytes:
    """A feed with an entry for each figure that moved and each difference. `title`: the atlas’s; `address`: its site’s, or ''."""
    pair = f"{found.old}/{found.new}"
    entries = [
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
    for position, one in enumerate(found.differences):
        name = one.label or one.type or one.id
        of = f", {one.property}" if one.property else ""
        entries.append(
            Entry(
                f"{pair}/{position}/{one.what}/{one.id}/{one.property}",
                f"{one.what}: {short(name)}{of}",
                one_line((said(one), one.reason)),
                day,
                page_of(one.id, address),
                one.what,
            )
        )
    heading = f"{title}: {found.old} → {found.new}"
    return feed(pair, heading, entries, day=day, author=title, address=f"{address}/release/{found.new}" if address else "")


def as_page(found: Comparison, title: str, address: str) -> str:
    """The comparison as HTML in one file: no script, and nothing loaded from anywhere."""
    environment = Environment(
        loader=PackageLoader("overt", "publish/diff"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    data: dict[str, Any] = {"title": title, "found": found, "counts": found.as_dict()["counts"], "address": address}
    return environment.get_template("page.html").render(**data, said=said, short=short, number=number, page_of=page_of)


def said(one: Difference) -> str:
    """What differs, in a line: what was shown → what is."""
    if one.what in ("changed", "retracted"):
        before, after = "; ".join(one.gone), "; ".join(one.come)
        if not before and not after:
            return f"{short(one.before or '')} (what is shown stays)" if one.what == "retracted" else ""
        return f"{short(before) or '–'} → {short(after) or '–'}"
    if one.what in ("merged", "split"):
        return f"{one.before} → {one.after}"
    return ""


def page_of(identity: str, address: str) -> str:
    """The page of a record; '' where the site has no address."""
    return f"{address}/record/{identity}" if address and identity.startswith(_RECORDS) else ""


def number(value: float | None) -> str:
    """A figure's value as text."""
    return "–" if value is None else format(value, ",")


def short(text: str) -> str:
    """A text cut where it is very long."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
