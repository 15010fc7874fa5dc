"""Sentences with the number of suppliers, or of countries in which an organisation is on record."""

from collections.abc import Sequence

from overt.language.language import N_
from overt.site.search.reply_words import ReplyWords

_NAMED_SUPPLIERS = {
    (True, True): N_("Sources name %(number)s of %(what)s: %(names)s."),
    (True, False): N_("Sources name %(number)s of %(what)s."),
    (False, True): N_("Sources name %(number)s (%(what)s): %(names)s."),
    (False, False): N_("Sources name %(number)s: %(what)s."),
}
"""Sentences with a number of suppliers, by `ReplyWords.is_of_kind` and by whether the suppliers are named."""
_MAX_NAMED = 5
"""Maximum number of suppliers that a sentence names."""


def number_supplying(scope: ReplyWords, organizations: int, implementers: int, names: Sequence[str] = (), unsure: int = 0) -> str:
    """Return sentences with the number of suppliers, and with the number of organisations that are only implementers.

    The suppliers are named if they are few and no organisation is only an implementer. `organizations`: the number of distinct
    organisations. `implementers`: the number of those that are only implementers. `names`: the names of all, beginning with
    those that surely supplied the question's kind. `unsure`: the number of those that may have supplied something else.
    """
    number = scope.language.ngettext("%(n)s supplier", "%(n)s suppliers", organizations - implementers)
    distinct = dict.fromkeys(names)
    is_named = len(distinct) == organizations <= _MAX_NAMED and not implementers
    message = _NAMED_SUPPLIERS[scope.is_of_kind, is_named]
    sentence = scope.language.gettext(message, number=number, what=scope.about(), names=scope.language.join([*distinct]))
    if unsure and not implementers:
        sentence = scope.sentences(sentence, _unsure_parts(scope, organizations, unsure))
    if not implementers:
        return sentence
    more = scope.language.ngettext(
        "%(n)s organisation is on record only as an implementer.",
        "%(n)s organisations are on record only as implementers.", implementers,
    )  # fmt: skip
    if organizations == implementers:
        none = scope.language.gettext("No organisation is on record as a supplier: %(what)s.", what=scope.about())
        return scope.sentences(none, more)
    return scope.sentences(sentence, more)


def countries_with_records(scope: ReplyWords, number: int) -> str:
    """Return a sentence with a number of countries that have records of what the question is about."""
    named = [scope.label("organization", identity, identity) for identity in scope.organizations]
    if named == [scope.about()]:
        return scope.language.ngettext(
            "Sources name %(name)s in %(n)s country.", "Sources name %(name)s in %(n)s countries.", number, name=scope.about()
        )
    return scope.language.ngettext(
        "Overt has records on %(n)s country: %(what)s.", "Overt has records on %(n)s countries: %(what)s.",
        number, what=scope.about(),
    )  # fmt: skip


def _unsure_parts(scope: ReplyWords, organizations: int, unsure: int) -> str:
    """Return a sentence saying that it isn't recorded which part of a project some or all of the organisations supplied."""
    if unsure < organizations:
        return scope.language.ngettext(
            "For %(n)s of them, it isn’t recorded which part of a project it supplied.",
            "For %(n)s of them, it isn’t recorded which part of a project they supplied.", unsure,
        )  # fmt: skip
    if organizations == 1:
        return scope.language.gettext("It isn’t recorded which part of a project it supplied.")
    if organizations == 2:
        return scope.language.gettext("For both, it isn’t recorded which part of a project they supplied.")
    return scope.language.gettext("For all of them, it isn’t recorded which part of a project they supplied.")
