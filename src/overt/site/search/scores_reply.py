"""Reply to questions about scores of countries, such as Freedom on the Net."""

import re
from dataclasses import replace

from overt.queries.database import Row, json_array
from overt.queries.questions.titles_in_questions import RANK
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply
from overt.site.series_addresses import series_page
from overt.site.series_values_in_words import CODES

_NUMBER = re.compile(r"\d+")
_MOST_NAMED = 5
"""Number of countries that a sentence about a ranking names, unless the question gives a number."""


def reply_about_scores(scope: ProjectScope) -> Reply:
    """Return a reply with the values of the question's series in its countries.

    The values are those of the question's first year. If there are none in that year, the newest values are used, and the year
    counts as unused. The countries are sorted by value if the question asks for the highest or lowest values, names a region,
    or asks for a ranking without naming countries. If it asks for the rank of countries that it names, the reply has each rank.
    """
    series, codes = scope.question.ids("series"), scope.codes()
    year = scope.question.years[0] if scope.question.years else None
    values = {"series": json_array(series), "countries": json_array(codes), "year": year}
    rows = scope.reader.rows("question_restrictions_laws_and_scores.scores", values)
    used = None if rows or not year else USED["scores"] - {"years"}
    rows = rows or scope.reader.rows("question_restrictions_laws_and_scores.scores", {**values, "year": None})
    path = series_page(series[0], scope.areas[0] if len(scope.areas) == 1 else "")
    if not rows:
        what = [scope.words.term("series", name) for name in series] + [scope.words.area(code) for code in scope.areas]
        return Reply(scope.none(scope.listed([*what, *([str(year)] if year else [])])), path)
    orders = [marker for marker in scope.question.markers if marker.id in ("highest", "lowest")]
    if orders or scope.regions or (scope.question.has(RANK) and not codes):
        is_lowest = any(marker.id == "lowest" for marker in orders)
        numbers = [int(number) for marker in orders for number in _NUMBER.findall(marker.text)]
        number = min([*numbers, MAX_ITEMS]) if numbers else _MOST_NAMED
        reply = _in_order(scope, rows, is_lowest=is_lowest, number=number)
        return replace(reply, used=(used or USED["scores"]) | {RANK})
    colon, stop = scope.language.gettext(": "), scope.language.gettext(".")
    texts = [f"{_label(scope, row)}{colon}{_value(scope, row)}" for row in rows[:MAX_ITEMS]]
    items = [_item(scope, row) for row in rows[:MAX_ITEMS]]
    sentence = scope.language.gettext("; ").join(texts) + stop
    if scope.question.has(RANK):
        ranks = _ranks(scope, rows)
        sentence, used = scope.sentences(ranks, sentence), (used or USED["scores"]) | ({RANK} if ranks else frozenset())
    return Reply(
        sentence,
        series_page(rows[0]["series"], rows[0]["country"]),
        items,
        len(rows),
        used=used,
    )


def _in_order(scope: ProjectScope, rows: list[Row], *, is_lowest: bool, number: int) -> Reply:
    """Return a reply with the countries by value, the highest or lowest first.

    The values are those of the newest year of the first series that has numbers. The sentence names `number` countries, and any
    others with the same value as the last of them.
    """
    numeric = [row for row in rows if row["value"] is not None and not row["code"]]
    series = next((name for name in scope.question.ids("series") if any(row["series"] == name for row in numeric)), "")
    year = max((row["year"] for row in numeric if row["series"] == series), default=0)
    ordered = [row for row in numeric if row["series"] == series and row["year"] == year]
    if not ordered:
        return Reply(scope.none(), series_page(scope.question.ids("series")[0], ""))
    ordered.sort(key=lambda row: (float(row["value"]) if is_lowest else -float(row["value"]), row["country"]))
    last = float(ordered[: max(number, 1)][-1]["value"])
    named = [row for row in ordered if (float(row["value"]) <= last if is_lowest else float(row["value"]) >= last)]
    stop = scope.language.gettext(".")
    colon = scope.language.gettext(": ")
    scores = [f"{scope.words.area(row['country'])}{colon}{_value(scope, row)}" for row in named[:MAX_ITEMS]]
    names = scope.language.gettext("; ").join(scores)
    values = {"series": scope.words.term("series", series), "n": len(ordered), "names": names.removesuffix(stop)}
    sentence = (
        scope.language.gettext("The lowest values of %(series)s on record, of %(n)s countries: %(names)s.", **values)
        if is_lowest
        else scope.language.gettext("The highest values of %(series)s on record, of %(n)s countries: %(names)s.", **values)
    )
    items = [_item(scope, row) for row in ordered[:MAX_ITEMS]]
    definition = scope.words.terms["series"][series].definition
    notes = [Note(definition)] if definition else []
    return Reply(sentence, series_page(series, ""), items, len(ordered), notes)


def _ranks(scope: ProjectScope, rows: list[Row]) -> str:
    """Return a sentence for each numeric value, with its rank among the values of all countries in the same series and year."""
    numeric = [row for row in rows[:MAX_ITEMS] if row["value"] is not None and not row["code"]]
    every = {
        (series, year): _values_of(scope, series, year)
        for series, year in dict.fromkeys((row["series"], row["year"]) for row in numeric)
    }
    ranks = []
    for row in numeric:
        values = every[row["series"], row["year"]]
        ranks.append(
            scope.language.gettext(
                "By the highest value of %(series)s (%(year)s), %(country)s is number %(place)s of %(n)s countries.",
                series=scope.words.term("series", row["series"]), year=row["year"], country=scope.words.area(row["country"]),
                place=1 + sum(value > float(row["value"]) for value in values), n=len(values),
            )
        )  # fmt: skip
    return scope.sentences(*ranks)


def _values_of(scope: ProjectScope, series: str, year: int) -> list[float]:
    """Return the values of all countries in a series and year. Countries that have only a code are left out."""
    values = {"series": json_array([series]), "countries": json_array([]), "year": year}
    rows = scope.reader.rows("question_restrictions_laws_and_scores.scores", values)
    return [float(row["value"]) for row in rows if row["value"] is not None]


def _item(scope: ProjectScope, row: Row) -> Item:
    address = series_page(row["series"], row["country"])
    return Item("score", row["id"], _label(scope, row), _value(scope, row), address)


def _label(scope: ProjectScope, row: Row) -> str:
    return scope.language.comma.join([scope.words.term("series", row["series"]), scope.words.area(row["country"])])


def _value(scope: ProjectScope, row: Row) -> str:
    """Return a score as text, followed by its year. A score with a code is replaced by the word for the code."""
    code = row["code"]
    value = scope.formats.score(row["value"]) if row["value"] is not None else ""
    if code:
        value = scope.language.gettext(CODES[code][1]) if code in CODES else code
    return scope.language.gettext("%(value)s (%(year)s)", value=value, year=row["year"])
