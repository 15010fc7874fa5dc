"""Describes differences between two releases in plain sentences, in the language of the site."""

from collections.abc import Mapping, Sequence
from typing import Any

from overt.language.language import N_
from overt.queries.changes_by_subject import ChangedName
from overt.site.history_texts import reason_text
from overt.site.site import Site

_MAX_VALUE_LENGTH = 300
"""Maximum number of characters of a text value."""
_REASONS = {
    "upstream changed": "upstream",
    "source added": "source added",
    "source left out": "source left out",
    "editorial claim undone": "editorial undone",
    "editorial claim": "editorial",
    "retracted by an editor": "retracted",
    "retraction undone": "retraction undone",
    "no longer withheld": "no longer withheld",
    "judged": "who is who",
    "taken back": "who is who",
    "rules, content or libraries changed": "rules",
}
"""Argument for `reason_text`, by the words with which a difference's reason begins."""
_BOOLEANS = {"true": N_("yes"), "false": N_("no")}
Names = Mapping[str, ChangedName]


def change_sentence(site: Site, names: Names, difference: Mapping[str, Any]) -> str:
    """Return a sentence, without a full stop, about a difference in the form of `overt diff --json`."""
    named = record_name(site, names, difference)
    match difference["what"]:
        case "added":
            kind, bare = _type_label(site, difference["type"]), _bare_name(site, names, difference)
            details = site.language.comma.join(_details(site, names, difference))
            text = site.gettext("New %(type)s: %(name)s", type=kind, name=bare or difference["id"])
            return site.gettext("%(sentence)s (%(details)s)", sentence=text, details=details) if details else text
        case "removed":
            return site.gettext("No longer recorded: %(name)s", name=named)
        case "merged":
            other = _name(site, names, difference["after"])
            return site.gettext("%(name)s turned out to be the same as %(other)s", name=named, other=other)
        case "split":
            other = _name(site, names, difference["before"])
            return site.gettext("%(name)s turned out not to be the same as %(other)s", name=named, other=other)
    prop = _property_label(site, difference)
    before, after = (
        site.language.comma.join(value_text(site, names, difference, text) for text in difference[side])
        for side in ("gone", "come")
    )
    if difference["what"] == "retracted":
        before = value_text(site, names, difference, difference["before"] or "")
        if difference["before"] not in difference["gone"]:
            return site.gettext(
                "%(name)s: editors took back the value “%(before)s” of %(source)s (%(property)s)",
                name=named, before=before, property=prop, source=site.title_of(difference["source"]),
            )  # fmt: skip
    if before and after:
        message = N_("%(name)s: %(property)s changed from “%(before)s” to “%(after)s”")
    elif after:
        message = N_("%(name)s: %(property)s is now also “%(after)s”")
        if difference["before"] is None:
            message = N_("%(name)s: %(property)s is now known: “%(after)s”")
    else:
        message = N_("%(name)s: %(property)s “%(before)s” no longer recorded")
    return site.gettext(message, name=named, property=prop, before=before, after=after)


def reason_sentence(site: Site, reasons: Sequence[str]) -> str:
    """Return the reasons for a record's differences as a sentence; an empty string if no reason is known.

    For example, no reason is known for differences that follow from other changes.
    """
    texts = []
    for reason in (part for text in reasons for part in text.split("; ")):
        what, _, rest = reason.partition(": ")
        key = next((key for start, key in _REASONS.items() if what.startswith(start)), None)
        if key:
            texts.append(reason_text(site, key, rest.partition(" ")[0] or None))
    return site.gettext("Reason: %(why)s.", why=site.gettext("; ").join(dict.fromkeys(texts))) if texts else ""


def record_name(site: Site, names: Names, difference: Mapping[str, Any]) -> str:
    """Return the name of the record in a difference.

    If the record has no label, as with roles, return its type and the name of the record to which it belongs. If that name is
    unknown, too, return the type alone.
    """
    bare, kind = _bare_name(site, names, difference), site.schema.types.get(difference["type"] or "")
    label = kind.label if kind else (difference["type"] or "")
    if difference["label"] or not bare:
        return bare or label
    return site.gettext("%(type)s of %(name)s", type=label, name=bare)


def value_text(site: Site, names: Names, difference: Mapping[str, Any], text: str, prop: str | None = None) -> str:
    """Return a value of the record's property as readers see it; a long text is truncated.

    `text`: the value; an amount may be followed by a space and its unit. `prop`: the property, if not the difference's own.
    """
    kind = site.schema.types.get(difference["type"] or "")
    spec = kind.properties.get(prop or difference["property"] or "") if kind else None
    match spec.type if spec else "text":
        case "term":
            return site.words.term((spec and spec.vocabulary) or "", text)
        case "area":
            return site.words.area(text)
        case "record":
            return _name(site, names, text)
        case "date" | "year":
            return site.formats.date(text)
        case "money":
            amount, _, unit = text.partition(" ")
            return site.formats.money(amount, unit or None)
        case "number":
            amount, _, unit = text.partition(" ")
            return f"{site.formats.number(amount)} {site.formats.unit_words(unit)}" if unit else site.formats.number(amount)
        case "boolean":
            return site.gettext(_BOOLEANS[text]) if text in _BOOLEANS else text
    return text if len(text) <= _MAX_VALUE_LENGTH else f"{text[: _MAX_VALUE_LENGTH - 1]}…"


def _details(site: Site, names: Names, difference: Mapping[str, Any]) -> list[str]:
    return [
        value_text(site, names, difference, text, prop) for prop, texts in (difference["values"] or {}).items() for text in texts
    ]


def _bare_name(site: Site, names: Names, difference: Mapping[str, Any]) -> str:
    name = _name(site, names, difference["id"], difference["label"])
    return "" if name == difference["id"] else name


def _name(site: Site, names: Names, identity: str | None, label: str | None = None) -> str:
    known = names.get(identity or "")
    if known is None:
        return label or identity or ""
    return (site.language.code == "zh" and known.name_zh) or label or known.name or identity or ""


def _type_label(site: Site, record_type: str | None) -> str:
    kind = site.schema.types.get(record_type or "")
    return _lower(site, kind.label) if kind else (record_type or "")


def _property_label(site: Site, difference: Mapping[str, Any]) -> str:
    if difference["property"] == "label":
        return site.gettext("the name")
    kind = site.schema.types.get(difference["type"] or "")
    spec = kind.properties.get(difference["property"] or "") if kind else None
    return _lower(site, spec.label) if spec else (difference["property"] or "")


def _lower(site: Site, label: str) -> str:
    """Return a label as it is written within a sentence: in English, without a capital letter at the beginning."""
    return label[:1].lower() + label[1:] if site.language.code == "en" else label
