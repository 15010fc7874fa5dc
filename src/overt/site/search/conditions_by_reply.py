"""The conditions of a question that each reply uses. A reply names all others as left out."""

from collections.abc import Iterator, Mapping

from overt.queries.questions.question_tokens import WHO
from overt.queries.questions.understood_question import Marker, Part
from overt.site.search.projects.projects_in_years import ProjectYears

_PROJECTS = frozenset({"organization", "kind", "area", "region", "place", "project_name", "years", "asks projects", "buyers"})
_CHOSEN = _PROJECTS | {"not organization", "not kind", "not area", "not region", "not absent", "not status", "not seat", "seat"}
"""Conditions used by answers about projects that support exclusions and home countries of suppliers."""
_SIDES = frozenset({"abroad", "domestic"})
_COUNTS = frozenset({"kinds", "by_year"})
"""Markers for counts by kind and year. `replies_by_intent` adds these to answers of the intents that list them below."""
_LISTED = _SIDES | _COUNTS | {"asks places", "comparison", "customers"}
_NUMBERS = frozenset({"number of suppliers", "number of projects"})
USED: Mapping[str, frozenset[str]] = {
    "answer": _PROJECTS | _LISTED,
    "projects": _CHOSEN | _LISTED | {"status", "cities"},
    "places": _CHOSEN | _LISTED | _NUMBERS | {"status", "most"},
    "suppliers": _CHOSEN | _SIDES | _COUNTS | {"not seat", "asks suppliers", "most", "origin"},
    "dates": _CHOSEN | _SIDES | {"earliest", "latest", "dates", "customers", "cities", "event", "asks places"},
    "amounts": _CHOSEN | {"number of amount", "flows", "asks money", "costliest", "cities"},
    "money": _PROJECTS | {"seat", "flows", "asks money", "asks places", "dates", "origin"},
    "owners": _PROJECTS | {"seat", "owners"},
    "absent": _PROJECTS | {"absent"},
    "listed": frozenset({"kind", "area", "region", "seat", "asks suppliers", "asks lists", "dates"}),
    "lists": frozenset({"organization", "asks lists", "dates"}),
    "scores": frozenset({"series", "area", "region", "years", "dates", "comparison", "highest", "lowest"}),
    "record": frozenset(
        {"record", "dates", "comparison", "customers", "reasons", "outcome", "owners", "costliest", "count", "statements"}
        | {"earliest", "latest", "asks money", "asks agreements", "asks suppliers", "asks projects"}
    ),
    "blocked": frozenset(
        {"area", "region", "service", "restriction", "years", "not area", "not region"}
        | {"asks blocked", "asks places", "dates", "buyers"}
    ),
    "agreements": frozenset(
        {"organization", "area", "region", "seat", "kind", "service", "restriction", "subject", "years", "event", "buyers"}
        | {"asks agreements", "asks blocked", "asks places", "dates", "earliest", "latest", "not area", "not region"}
    ),
    "texts": frozenset(
        {
            *_CHOSEN,
            *_SIDES,
            "subject",
            "service",
            "restriction",
            "status",
            "flows",
            "cities",
            "dates",
            "event",
            "comparison",
            "count",
        }
        | {"customers", "operators", "owners", "links", "origin", "costliest", "reasons", "outcome", "lifted", "statements"}
        | {"asks suppliers", "asks money", "asks places", "asks agreements", "asks blocked", "asks lists"}
    ),
    "organization": _SIDES | _COUNTS | {"organization", "customers", "buyers"},
    "country": _COUNTS | {"area", "buyers"},
    "region": _COUNTS | {"region", "buyers"},
    "kind": frozenset({"kind", "buyers"}),
}
"""The conditions that replies use, by intent.

A condition is a type of parts (with “not” if they are excluded), `years`, `flows` (types of commitment), a number to exceed
(`number of projects`), what a word asks for (`asks money`) or a marker (`earliest`). A reply that uses other conditions than
those listed for its intent has them in `Reply.used`.
"""
_NO_CONDITIONS = frozenset({"intent", "origin", "year"})
"""Types of parts that don't narrow an answer. An `origin` only describes an organisation. Years are a separate condition."""
_ENDS = frozenset({"completed", "ended"})
"""Events that only some projects have reached, as in “completed projects”."""
_APPLIED = frozenset({"exclusion", "above", "at_least", "count", "state"})
"""Markers that every answer uses: they have changed other parts of the question, or choose between the meanings of a year."""
_WITHOUT_WHO = frozenset({"agreements", "blocked", "lists"})
"""Intents whose answers never say who did something."""
_LISTS_NO_COUNTRIES = frozenset({"amounts", "suppliers", "owners", "listed", "lists", "absent"})


def unused_conditions(words: ProjectYears, used: frozenset[str]) -> Iterator[str]:
    """Yield the words for those conditions of a question that aren't in `used`."""
    question = words.question
    yield from (part.text for part in question.parts if part.type not in used | _NO_CONDITIONS)
    yield from (part.text for part in question.excluded if f"not {part.type}" not in used)
    if question.threshold and f"number of {question.threshold.counted}" not in used:
        yield question.threshold.text
    if question.years and "years" not in used:
        yield words.years()
    unused_intents = [part for part in question.parts if part.type == "intent" and not _is_used(words, part, used)]
    if "flows" not in used and not any(part.id == "money" for part in unused_intents):
        yield from (words.words.term("flow-types", flow) for flow in question.flow_types)
    yield from (part.text for part in unused_intents)
    if question.intent in _WITHOUT_WHO:
        spans = [(part.start, part.end) for part in question.parts] + [(marker.start, marker.end) for marker in question.markers]
        used_at = {at for start, end in spans for at in range(start, end)}
        yield from (word for at, word in enumerate(question.tokens) if word in WHO and at not in used_at)
    yield from (marker.text for marker in question.markers if not _is_applied(words, marker, used))


def _is_used(words: ProjectYears, part: Part, used: frozenset[str]) -> bool:
    """Return whether an answer is about what a word such as “companies” asks for.

    “Companies” also counts as used if it describes an organisation, or if the answer uses a home country: “Chinese companies”.
    A list of projects with their suppliers answers “who sold Pegasus”. “Where”, unlike “which countries”, asks for no list.
    """
    if f"asks {part.id}" in used or part.id == "projects":
        return True
    if part.id == "suppliers":
        described = ("organization", "absent", "origin", "seat")
        asks_who = part.text.startswith(("who ", "谁")) and words.question.intent in ("answer", "projects")
        beside = asks_who or any(
            part.start <= other.end and other.start <= part.end for other in words.question.parts if other.type in described
        )
        of_seat = bool(words.seats) and words.question.intent in ("places", "projects", "dates")
        return beside or of_seat or words.question.counts_suppliers
    if part.id == "places":
        return words.question.intent in _LISTS_NO_COUNTRIES and not ("countr" in part.text or "国" in part.text)
    return False


def _is_applied(words: ProjectYears, marker: Marker, used: frozenset[str]) -> bool:
    """Return whether an answer uses a marker.

    An event such as “signed” narrows nothing and counts as used, unless the question names a year or the event is an end, such
    as “completed”. Answers about a service's restrictions always include their ends. “Abroad” and “domestic” aren't used if the
    suppliers' country is unknown.
    """
    if marker.id == "event" and words.names_event and marker.text == words.event[0]:
        return True
    if marker.id == "event" and not words.question.years and words.lexicon.date_event(marker.text) not in _ENDS:
        return True
    if marker.id == "event" and not words.question.years and words.question.intent == "blocked" and words.question.ids("service"):
        return True
    if marker.id in _SIDES and words.is_side_unknown:
        return False
    if marker.id == "abroad" and words.is_abroad_anyway:
        return True
    if marker.id == "links":  # “Between” and “with” are also ordinary words.
        return True
    spans = ((part.start, part.end) for part in words.question.parts if part.type != "year")
    inside = any(start <= marker.start and marker.end <= end for start, end in spans)
    return marker.id in used | _APPLIED or inside
