"""Reply to questions about scores of countries, such as Freedom on the Net."""

from overt.queries.database import Row, json_array
from overt.site.search.projects.project_notes import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.reply_words import Item
from overt.site.series_addresses import series_page
from overt.site.series_texts import CODES


def reply_about_scores(scope: ProjectScope) -> Reply:
    """Return the newest value of each of the question's series in each of its countries."""
    series = scope.question.ids("series")
    values = {"series": json_array(series), "countries": json_array(scope.areas)}
    rows = scope.reader.rows("question_records.scores", values)
    path = series_page(series[0], scope.areas[0] if len(scope.areas) == 1 else "")
    if not rows:
        return Reply(scope.none(), path)
    colon, stop = scope.language.gettext(": "), scope.language.gettext(".")
    texts = [f"{_label(scope, row)}{colon}{_value(scope, row)}" for row in rows[:MAX_ITEMS]]
    items = [
        Item("score", row["id"], _label(scope, row), _value(scope, row), series_page(row["series"], row["country"]))
        for row in rows[:MAX_ITEMS]
    ]
    return Reply(
        scope.language.gettext("; ").join(texts) + stop, series_page(rows[0]["series"], rows[0]["country"]), items, len(rows)
    )


def _label(scope: ProjectScope, row: Row) -> str:
    return scope.language.comma.join([scope.words.term("series", row["series"]), scope.words.area(row["country"])])


def _value(scope: ProjectScope, row: Row) -> str:
    """Return a value with its year, in words."""
    code = row["code"]
    value = scope.formats.rounded(row["value"]) if row["value"] is not None else ""
    if code:
        value = scope.language.gettext(CODES[code][1]) if code in CODES else code
    return scope.language.gettext("%(value)s (%(year)s)", value=value, year=row["year"])
