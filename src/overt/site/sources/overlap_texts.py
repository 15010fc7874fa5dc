"""Texts about overlaps between sources, in any language."""

from collections.abc import Callable, Mapping
from typing import Any

from overt.language.language import N_

Words = Callable[..., str]
_REASONS = {
    "one-source": N_("Only %(source)s lists them: with one list, nothing overlaps."),
    "one-left": N_("Only one list is left (%(lists)s): with one list, nothing overlaps."),
    "none-left": N_("No list is left."),
    "two-lists": N_("Two lists (%(lists)s) cannot show whether they depend on each other; it takes three."),
    "no-overlap": N_("Nothing is on two of the lists (%(lists)s)."),
    "few": N_("On two lists or more: %(shared)s. Fewer than %(least)s say nothing about how the lists depend on each other."),
    "scopes": N_("The lists do not count the same thing. %(limits)s"),
    "no-common-country": N_("%(one)s and %(other)s have no country in common. Number of countries: %(mine)s and %(theirs)s."),
    "no-common-year": N_("%(one)s (%(mine)s) and %(other)s (%(theirs)s) have no year in common."),
    "method": N_("%(method)s: %(why)s."),
}
_NOTES = {
    "complete": N_("%(source)s is not a list here. %(why)s"),
    "repeats": N_("%(source)s is not a list here, because it repeats others. %(why)s"),
    "one-list": N_("%(source)s and %(other)s count as one list. %(why)s"),
}


class OverlapWords:
    """Sentences for the reasons and notes of `overt.release.overlaps.estimation_lists`."""

    def __init__(
        self,
        gettext: Words,
        title_of: Callable[[str], str],
        number: Callable[[Any], str],
        between: str,
        translated: Callable[[str], str],
        text: type[str] = str,
    ) -> None:
        """Store the functions that write texts in a language.

        `title_of`: function that returns a source's title. `between`: separator for lists, because titles contain commas.
        `translated`: function that translates a sentence of a source.yml. `text`: type of the sentences, such as Markup on a
        page.
        """
        self._gettext, self._title_of, self._number = gettext, title_of, number
        self._between, self._translated, self._text = between, translated, text

    def list_name(self, name: str) -> str:
        """Return the title of a list. `name`: the slug of a source, or several slugs joined by `+`."""
        return self._text(" + ").join(self._title_of(source) for source in name.split("+"))

    def reason(self, row: Mapping[str, Any]) -> str:
        """Return why the number of unrecorded items can't be estimated."""
        code = row["code"]
        lists = [self.list_name(name) for name in row.get("lists", ()) if isinstance(name, str)]
        if code == "one-left" and not lists:
            code = "none-left"
        values: dict[str, str] = {"lists": self._text(self._between).join(lists)}
        match code:
            case "one-source":
                values["source"] = self._title_of(row["source"])
            case "few":
                values |= {name: self._number(row[name]) for name in ("shared", "least")}
            case "scopes":
                values["limits"] = self._text(" ").join(self._limit(scope) for scope in row["lists"])
            case "no-common-country":
                mine, theirs = map(self._number, row["countries"])
                values |= {"one": lists[0], "other": lists[1], "mine": mine, "theirs": theirs}
            case "no-common-year":
                mine, theirs = (f"{first}–{last}" if first != last else str(first) for first, last in row["years"])
                values |= {"one": lists[0], "other": lists[1], "mine": mine, "theirs": theirs}
            case "method":
                values |= {"method": row["method"], "why": row["why"]}
        return self._gettext(_REASONS[code], **values)

    def note(self, row: Mapping[str, Any]) -> str:
        """Return how a source was treated in the estimate."""
        values = {"source": self._title_of(row["source"]), "why": self._translated(row["why"])}
        if row.get("others"):
            values["other"] = self._title_of(row["others"][0])
        return self._gettext(_NOTES[row["code"]], **values)

    def _limit(self, scope: Mapping[str, Any]) -> str:
        limit = self._translated(scope["limit"]) if scope["limit"] else self._gettext(N_("Whatever there is."))
        return self._gettext(N_("%(list)s: %(limit)s"), list=self.list_name(scope["list"]), limit=limit)
