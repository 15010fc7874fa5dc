"""Reply to questions about what is blocked or shut down, and where."""

from overt.queries import answers, countries
from overt.queries.blocking import blocklists as observed
from overt.queries.database import Row, json_array
from overt.site.search.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.reply_words import Note

_MAX_COUNTRIES = 8
"""Maximum number of countries in a note."""


def reply_about_blocking(scope: ProjectScope) -> Reply:
    """Return the restrictions, by country, or the services that a question is about.

    A note lists the countries that have any restriction on record; others lead to the pages of the question's countries.
    """
    services, codes = scope.question.ids("service"), scope.codes()
    platforms = [service for service in services if service in observed.platform_domains(scope.reader)]
    path = f"/platform/{platforms[0]}" if platforms else "/blocked"
    if scope.areas:
        path = f"/country/{scope.areas[0]}/restrictions"
    notes = [*_covered(scope), *_countries(scope), *scope.groups()]
    first, last = scope.question.years or (None, None)
    if kinds := scope.question.ids("restriction"):
        values = {
            "kinds": json_array(kinds), "countries": json_array(codes), "first": f"{first}-01-01" if first else None,
            "last": f"{last}-12-31" if last else None,
        }  # fmt: skip
        rows = scope.reader.rows("question_records.restrictions", values)
        total = sum(row["restrictions"] for row in rows)
        items = [scope.restriction_item(row) for row in rows[:MAX_ITEMS]]
        colon, stop = scope.language.gettext(": "), scope.language.gettext(".")
        sentence = f"{scope.restrictions(total)}{colon}{scope.about()}{stop}"
        used = frozenset({"area", "region", "restriction", "years"})
        return Reply(sentence if total else scope.none(), path, items, len(rows), notes, used)
    rows = answers.other_pairs(scope.reader, answers.SERVICES, 1_000, country=codes, service=services)
    rows = [row for row in rows if _in_years(row, first, last)]
    items = [scope.service_item(row) for row in rows[:MAX_ITEMS]]
    if not rows:
        what = scope.language.comma.join(filter(None, [scope.language.gettext("blocked services"), scope.about()]))
        return Reply(scope.none(what), path, notes=notes)
    sentence = scope.language.localized(rows[0], "sentence")
    if len(rows) > 1:
        number = len({row["service"] for row in rows})
        where = scope.language.ngettext("%(n)s country", "%(n)s countries", len({row["country"] for row in rows}))
        sentence = scope.language.ngettext(
            "%(n)s service is on record, in %(countries)s: %(what)s.",
            "%(n)s services are on record, in %(countries)s: %(what)s.",
            number, countries=where, what=scope.about(),
        )  # fmt: skip
    if scope.question.has("dates") and not any(row["first_year"] or row["measured_from"] for row in rows):
        message = scope.language.gettext("No date is on record for them.")
        sentence = scope.sentences(message, sentence)
    return Reply(sentence, path, items, len(rows), notes)


def _covered(scope: ProjectScope) -> list[Note]:
    """Return a note on the countries that have any restrictions on record."""
    rows = scope.reader.rows("question_records.restricting")
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
        Note(scope.language.gettext("What is recorded on %(country)s.", country=scope.words.area(code)), f"/country/{code}")
        for code in codes
    ]


def _in_years(row: Row, first: int | None, last: int | None) -> bool:
    """Return whether an answer about a service applies to these years, by its restrictions or its measurements."""
    if first is None and last is None:
        return True
    begins = row["first_year"] is not None and (last is None or row["first_year"] <= last)
    lasts = first is None or bool(row["without_end"]) or (row["last_year"] or 0) >= first
    measured = row["measured_from"] is not None and (last is None or str(row["measured_from"])[:4] <= str(last))
    return (begins and lasts) or (measured and (first is None or str(row["measured_to"])[:4] >= str(first)))
