"""Reply to questions about what is blocked or shut down, and where."""

from collections import Counter
from collections.abc import Iterator, Sequence

from overt.language.country_article import with_article
from overt.queries import countries, pair_answers
from overt.queries.blocking import blocklists as observed
from overt.queries.database import Row, json_array
from overt.site.search.blocking.countries_compared_by_services import (
    contrast_notes,
    countries_in_all,
    in_all,
    not_elsewhere,
    services_by_country,
)
from overt.site.search.blocking.current_restrictions import current_rows
from overt.site.search.blocking.restricted_country_sentences import named_countries, none_in
from overt.site.search.blocking.restriction_beginnings import none_begun, reply_about_begun, reply_about_order
from overt.site.search.blocking.restriction_ends import reply_about_ended
from overt.site.search.blocking.restrictions_of_service_groups import reply_about_service_groups
from overt.site.search.blocking.service_in_country import BLOCKING, kinds_of, service_in_country
from overt.site.search.blocking.services_used_instead import REPLACEMENT, replacements
from overt.site.search.blocking.words_for_current_and_ended_restrictions import words_for_current, words_for_ended
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Note, Reply
from overt.site.search.texts.searchable_texts import restrictions_of

_MAX_COUNTRIES = 8
"""Maximum number of countries or services in a note."""
_MAX_ROWS = 1_000
_SEVERAL = 2


def reply_about_blocking(scope: ProjectScope) -> Reply:
    """Return a reply with the restrictions by country, or with the services, that a question is about.

    A note names countries with restrictions or measurements on record. Other notes link to the pages of the question's
    countries.
    """
    services, codes = scope.question.ids("service"), scope.codes()
    platforms = [service for service in services if service in observed.platform_domains(scope.reader)]
    path = f"/platform/{platforms[0]}" if platforms else "/blocked"
    if scope.areas:
        path = f"/country/{scope.areas[0]}/restrictions"
    covered = countries_covered(scope)
    notes = [*covered, *_countries(scope), *scope.groups()]
    first, last = scope.question.years or (None, None)
    kinds = kinds_of(scope)
    if reply := reply_about_ended(scope) or reply_about_service_groups(scope, path, notes):
        return reply
    if reply := reply_about_begun(scope, path, notes) or reply_about_order(scope, path, notes):
        return reply
    if kinds and not services:
        values = {
            "kinds": json_array(kinds), "countries": json_array(codes), "first": f"{first}-01-01" if first else None,
            "last": f"{last}-12-31" if last else None,
        }  # fmt: skip
        rows = scope.reader.rows("question_restrictions_laws_and_scores.restrictions", values)
        rows = [row for row in rows if row["id"] not in scope.excluded_countries]
        total = sum(row["restrictions"] for row in rows)
        items = [scope.restriction_item(row) for row in rows[:MAX_ITEMS]]
        colon, stop = scope.language.gettext(": "), scope.language.gettext(".")
        sentence = f"{scope.restrictions(total)}{colon}{scope.about()}{stop}"
        used = USED["blocked"] - {"service", "buyers"}
        instead = (
            _services_restricted(scope, codes, kinds, first, last) if total else [*restrictions_there(scope, codes, first, last)]
        )
        undated = sum(row["undated"] for row in rows) if first or last else 0
        if undated:
            text = scope.language.ngettext(
                "%(n)s of these restrictions has no recorded start, and may have been in force then.",
                "%(n)s of these restrictions have no recorded start, and may have been in force then.", undated,
            )  # fmt: skip
            sentence = scope.sentences(sentence, text)
        sentence = scope.sentences(none_begun(scope), sentence)
        return Reply(sentence if total else scope.none(), path, items, len(rows), [*instead, *notes], used)
    rows = pair_answers.other_pairs(scope.reader, pair_answers.SERVICES, _MAX_ROWS, country=codes, service=services)
    in_years = [row for row in rows if _in_years(row, first, last) and row["country"] not in scope.excluded_countries]
    rows = [row for row in in_years if not kinds or not set(kinds).isdisjoint(row["kind"])]
    begun = [row for row in rows if first is not None and last is None and _newest_year(row) >= first]
    earlier = [row for row in rows if first is not None and _newest_year(row) < first]
    rows, about_current = current_rows(scope, in_all(scope, not_elsewhere(scope, begun or rows)))
    notes = [*_begun_before(scope, earlier, are_listed=not begun), *(_of_other_kinds(scope, kinds) if kinds else []), *notes]
    rows.sort(key=lambda row: BLOCKING not in row["kind"])  # Other restrictions, such as bans on official devices, come last.
    items = [scope.service_item(row) for row in rows[:MAX_ITEMS]]
    if not rows:
        return Reply(scope.none(_not_on_record(scope)), path, notes=[*restrictions_there(scope, codes, first, last), *notes])
    sentence, total = scope.language.localized(rows[0], "sentence"), len(rows)
    applied = words_for_current(scope) if about_current else []
    if len(rows) > 1:
        sentence = scope.sentences(
            _counted(scope, rows), named_countries(scope, rows) if kinds else "", none_in(scope, {row["country"] for row in rows})
        )
    elif in_country := service_in_country(scope, rows[0]):
        sentence, items, total = in_country.sentence, in_country.items[:MAX_ITEMS], len(in_country.items)
        applied = [*words_for_current(scope), *words_for_ended(scope)]  # The sentence says whether an end is on record.
        notes = [note for note in notes if note not in covered]  # This country has a record, so coverage needs no note.
    if not (kinds or about_current):
        sentence = scope.sentences(sentence, _by_kind(scope, rows))
    times = "" if about_current else _times(scope, codes)
    sentence = scope.sentences(
        about_current, countries_in_all(scope, rows), replacements(scope), none_begun(scope), times, sentence
    )
    used = USED["blocked"] | {"both", REPLACEMENT}
    notes = [*contrast_notes(scope), *notes]
    if counted := services_by_country(scope, rows):
        sentence, used = scope.sentences(counted, sentence), used | {"most", "comparison"}
    if scope.question.has("dates") and not any(row["first_year"] or row["measured_from"] for row in rows):
        message = scope.language.gettext("No date is on record for them.")
        sentence = scope.sentences(sentence, message)
    return Reply(sentence, path, items, total, notes, used, applied=applied)


def _counted(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence with the numbers of restricted services and countries. A single service in the question is named."""
    services = {row["service"]: scope.words.term(row["vocabulary"], row["service"]) for row in rows}
    where = scope.language.ngettext("%(n)s country", "%(n)s countries", len({row["country"] for row in rows}))
    if len(services) == 1 and scope.about() in services.values():
        return scope.language.gettext(
            "Overt has reports of restrictions of %(name)s in %(countries)s.", name=scope.about(), countries=where
        )
    return scope.language.ngettext(
        "Overt has reports of restrictions of %(n)s service, in %(countries)s: %(what)s.",
        "Overt has reports of restrictions of %(n)s services, in %(countries)s: %(what)s.",
        len(services), countries=where, what=_what(scope),
    )  # fmt: skip


def _times(scope: ProjectScope, codes: Sequence[str]) -> str:
    """Return a sentence with the number of restrictions if the question asks how many there are or “how many times”.

    Empty if it asks for the number of countries, excludes something, or contains “both”, or if there are no restrictions.
    """
    question = scope.question
    if not question.has("count") or "places" in scope.intents or question.excluded or question.has("both"):
        return ""
    number = len(restrictions_of(scope, codes, question.ids("service"), question.ids("restriction")))
    stop = scope.language.gettext(".")
    return f"{scope.restrictions(number)}{stop}" if number else ""


def _not_on_record(scope: ProjectScope) -> str:
    """Return words for what isn't on record: a restriction of the question's service in its country, or blocked services."""
    parts = [part for part in scope.question.parts if part.type != "intent"]
    if sorted(part.type for part in parts) == ["area", "service"] and not scope.question.years:
        named = {part.type: scope.part_label(part) for part in parts}
        country = with_article(scope.language, named["area"])
        return scope.language.gettext("a restriction of %(name)s in %(country)s", name=named["service"], country=country)
    return scope.language.comma.join(filter(None, [scope.language.gettext("blocked services"), scope.about()]))


def _what(scope: ProjectScope) -> str:
    """Return words for what the answer is about: the question's parts, or “blocked services” if it has none."""
    is_limited = any(part.type != "intent" for part in scope.question.parts) or scope.question.excluded or scope.question.years
    return scope.about() if is_limited else scope.language.gettext("blocked services")


def _by_kind(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence with the number of countries by kind of restriction; empty for a single kind or country."""
    countries: dict[str, set[str]] = {}
    for row in rows:
        for kind in row["kind"]:
            countries.setdefault(kind, set()).add(row["country"])
    if len(countries) < _SEVERAL or len(set().union(*countries.values())) < _SEVERAL:
        return ""
    counts = [
        scope.language.gettext(
            "%(name)s (%(detail)s)", name=scope.words.term("restriction-kinds", kind),
            detail=scope.language.ngettext("%(n)s country", "%(n)s countries", len(codes)),
        )
        for kind, codes in sorted(countries.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]  # fmt: skip
    return scope.language.gettext("By kind of restriction: %(kinds)s.", kinds=scope.listed(counts))


def _newest_year(row: Row) -> int:
    return int(row["last_year"] or row["first_year"] or 0)


def _services_and_countries(scope: ProjectScope, rows: Sequence[Row]) -> str:
    names = (
        f"{scope.words.term(row['vocabulary'], row['service'])}{scope.language.comma}{scope.words.area(row['country'])}"
        for row in rows
    )
    return scope.named(names, _MAX_COUNTRIES)


def _begun_before(scope: ProjectScope, rows: Sequence[Row], *, are_listed: bool) -> Iterator[Note]:
    """Yield a note on services whose restrictions all began before the question's years, or have no recorded beginning.

    `are_listed`: whether the answer lists these services.
    """
    if rows:
        if are_listed:
            text = scope.language.ngettext(
                "In %(n)s of these cases, a restriction began earlier or has no date, and may have lasted: %(names)s.",
                "In %(n)s of these cases, a restriction began earlier or has no date, and may have lasted: %(names)s.",
                len(rows), names=_services_and_countries(scope, rows),
            )  # fmt: skip
        else:
            text = scope.language.ngettext(
                "In %(n)s more case, a restriction began earlier or has no date, and may have lasted: %(names)s.",
                "In %(n)s more cases, a restriction began earlier or has no date, and may have lasted: %(names)s.",
                len(rows), names=_services_and_countries(scope, rows),
            )  # fmt: skip
        yield Note(text)


def _of_other_kinds(scope: ProjectScope, kinds: Sequence[str]) -> Iterator[Note]:
    """Yield a note on restrictions of the question's services that are of other kinds than the question asks for."""
    services, codes = scope.question.ids("service"), scope.codes()
    of_kinds = restrictions_of(scope, codes, services, kinds)
    more = [
        restriction
        for identity, restriction in restrictions_of(scope, codes, services, ()).items()
        if identity not in of_kinds and not scope.excluded_countries & {*restriction.countries}
    ]
    if more:
        places = Counter(code for restriction in more for code in restriction.countries)
        where = scope.language.ngettext("%(n)s country", "%(n)s countries", len(places))
        names = [scope.words.area(code) for code, restrictions in places.most_common()]
        text = scope.language.ngettext(
            "%(n)s restriction of another kind is on record, in %(countries)s: %(names)s.",
            "%(n)s restrictions of other kinds are on record, in %(countries)s: %(names)s.",
            len(more), countries=where, names=scope.named(names, _MAX_COUNTRIES),
        )  # fmt: skip
        yield Note(text)


def _services_restricted(
    scope: ProjectScope, codes: Sequence[str], kinds: Sequence[str], first: int | None, last: int | None
) -> list[Note]:
    """Return a note on the services with restrictions of some kinds in the question's countries and years; empty if none."""
    rows = pair_answers.other_pairs(scope.reader, pair_answers.SERVICES, _MAX_ROWS, country=codes)
    rows = [row for row in rows if _in_years(row, first, last) and not set(kinds).isdisjoint(row["kind"])]
    names = dict.fromkeys(scope.words.term(row["vocabulary"], row["service"]) for row in rows)
    if not names:
        return []
    text = scope.language.ngettext(
        "%(n)s service is named: %(names)s.", "%(n)s services are named: %(names)s.",
        len(names), names=scope.named(names, _MAX_COUNTRIES),
    )  # fmt: skip
    return [Note(text)]


def restrictions_there(scope: ProjectScope, codes: Sequence[str], first: int | None, last: int | None) -> Iterator[Note]:
    """Yield a note on restrictions of any services in the question's countries and years."""
    if not codes:
        return
    rows = pair_answers.other_pairs(scope.reader, pair_answers.SERVICES, _MAX_ROWS, country=codes)
    rows = [row for row in rows if _in_years(row, first, last)]
    if rows:
        names = dict.fromkeys(scope.words.term(row["vocabulary"], row["service"]) for row in rows)
        text = scope.language.ngettext(
            "Restrictions of %(n)s service are on record there then, or without a year: %(names)s.",
            "Restrictions of %(n)s services are on record there then, or without a year: %(names)s.",
            len(names), names=scope.named(names, _MAX_COUNTRIES),
        ) if first or last else scope.language.ngettext(
            "Restrictions of %(n)s service are on record there: %(names)s.",
            "Restrictions of %(n)s services are on record there: %(names)s.",
            len(names), names=scope.named(names, _MAX_COUNTRIES),
        )  # fmt: skip
        yield Note(text, f"/country/{codes[0]}/restrictions" if len(codes) == 1 else "/blocked")


def countries_covered(scope: ProjectScope) -> list[Note]:
    """Return a note with the number of countries with restrictions or measurements on record, and the names of the first."""
    rows = scope.reader.rows("question_restrictions_laws_and_scores.restricting")
    if not rows:
        return [Note(scope.language.gettext("Nothing is on record here about blocking and shutdowns in any country."))]
    named = [scope.words.area(row["id"]) for row in rows[:_MAX_COUNTRIES]]
    more = [scope.language.gettext("…")] if len(rows) > _MAX_COUNTRIES else []
    text = scope.language.ngettext(
        "Records of blocking and shutdowns here are about %(n)s country only: %(countries)s.",
        "Records of blocking and shutdowns here are about %(n)s countries only: %(countries)s.",
        len(rows), countries=scope.listed([*named, *more]),
    )  # fmt: skip
    return [Note(text, "/blocked")]


def _countries(scope: ProjectScope) -> list[Note]:
    """Return links to the pages of the first few countries that a question names, if the release has anything on them."""
    codes = [code for code in scope.areas[:_MAX_COUNTRIES] if countries.find(scope.reader, code)]
    return [
        Note(scope.language.gettext("Everything on %(where)s", where=scope.words.area(code)), f"/country/{code}")
        for code in codes
    ]


def _in_years(row: Row, first: int | None, last: int | None) -> bool:
    """Return whether the restrictions or measurements of a service in a country cover any of these years."""
    if first is None and last is None:
        return True
    begins = row["first_year"] is not None and (last is None or row["first_year"] <= last)
    lasts = first is None or bool(row["without_end"]) or (row["last_year"] or 0) >= first
    measured = row["measured_from"] is not None and (last is None or str(row["measured_from"])[:4] <= str(last))
    return (begins and lasts) or (measured and (first is None or str(row["measured_to"])[:4] >= str(first)))
