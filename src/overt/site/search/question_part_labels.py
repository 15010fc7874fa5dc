"""The labels of a question's parts, such as “based in China” for a home country."""

from overt.language.language import N_, Language
from overt.queries.labels import RecordLabel, Words

BROAD_KINDS = {"surveillance": N_("Surveillance of any kind")}
"""Labels of kinds whose own label, such as “Surveillance, unspecified”, would be too narrow for what a question finds."""
_READ_AS = {
    "suppliers": N_("suppliers and implementers of projects"),
    "projects": N_("projects"),
    "places": N_("countries"),
    "money": N_("loans, grants and other commitments on record"),
    "lists": N_("all official lists that Overt has"),
    "blocked": N_("restrictions, bans and the exclusion of suppliers"),
    "most": N_("the most projects on record, or the most money for lenders"),
    "costliest": N_("the highest amounts of money on record"),
}
"""Labels of intents and markers, for words of a question that only come close to their meaning."""


def label_of(words: Words, language: Language, names: dict[str, RecordLabel], kind: str, identity: str, label: str = "") -> str:
    """Return the label of a question's part in a language. `names`: labels of organisations and other records by id."""
    match kind:
        case "organization" | "record":
            return str(language.localized(names[identity], "label") or identity) if identity in names else label or identity
        case "area":
            return words.area(identity)
        case "region":
            return words.region(identity)
        case "kind":
            broad = BROAD_KINDS.get(identity)
            return language.gettext(broad) if broad else words.term("project-kinds", identity)
        case "restriction":
            return words.term("restriction-kinds", identity)
        case "series":
            return words.term("series", identity)
        case "status":
            return words.term("statuses", identity)
        case "intent" | "marker" if identity in _READ_AS:
            return language.gettext(_READ_AS[identity])
        case "subject":
            known = identity in words.terms.get("provision-topics", {})
            return words.term("provision-topics", identity) if known else label
        case "project_name":
            return language.gettext("“%(name)s”", name=label)
        case "seat" | "origin":
            where = words.region(identity) if identity in words.regions else words.area(identity)
            return language.gettext("based in %(country)s", country=where)
        case "service":
            known = identity in words.terms.get("platforms", {})
            return words.term("platforms" if known else "services", identity)
    return label or identity
