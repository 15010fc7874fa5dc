"""The words behind the parts of a comparison, for people to read."""

from collections.abc import Iterable

from overt.resolve.names.lexicon import Kind
from overt.resolve.names.name_weights import Part
from overt.resolve.names.name_word import Word
from overt.resolve.names.parsed_name import ParsedName, parse_name

_KINDS: dict[str, tuple[Kind, ...]] = {
    "brand-left-over": ("brand",),
    "field-left-over": ("field",),
    "scope-left-over": ("scope",),
    "generic-left-over": ("generic",),
    "words-differ": ("brand", "field", "scope", "generic"),
    "number-differs": ("number",),
    "number-alone": ("number",),
    "place-differs": ("country", "region", "city", "seat"),
    "country-alone": ("country",),
    "region-alone": ("region",),
    "city-alone": ("city", "seat"),
    "seat-alone": ("seat",),
}


def words_of(part: Part, left: str, right: str) -> str:
    """What a part is about: the words of both names, `left ~ right`; a side without any is `–`."""
    first, second = parse_name(left), parse_name(right)
    if part.startswith("form-"):
        return _sides(first.forms, second.forms)
    if part == "across-scripts":
        return _across(left, right) if second.script == "han" else _across(right, left)
    if part == "initials":
        return _sides([left.strip()], [right.strip()])
    shared = {(word.kind, word.meaning) for word in first.words} & {(word.kind, word.meaning) for word in second.words}
    if part in ("words-agree", "place-agrees"):
        kinds = ("country", "region", "city", "seat") if part == "place-agrees" else ()
        return _sides(_agreeing(first, shared, kinds), _agreeing(second, shared, kinds))
    kinds_left = _KINDS.get(part, ("brand", "field", "scope", "generic", "country", "region", "city", "seat"))
    return _sides(_alone(first, shared, kinds_left), _alone(second, shared, kinds_left))


def _agreeing(parsed: ParsedName, shared: set[tuple[Kind, str]], kinds: tuple[str, ...]) -> list[str]:
    found = [word for word in parsed.words if (word.kind, word.meaning) in shared and (not kinds or word.kind in kinds)]
    return _written(found or parsed.words)


def _alone(parsed: ParsedName, shared: set[tuple[Kind, str]], kinds: tuple[Kind, ...]) -> list[str]:
    return _written(word for word in parsed.words if word.kind in kinds and (word.kind, word.meaning) not in shared)


def _written(words: Iterable[Word]) -> list[str]:
    return [word.written for word in words]


def _across(latin: str, han: str) -> str:
    from overt.resolve.names.han_comparison import explain_cross

    return "; ".join(f"{part} {bits:+.1f}: {words}" for part, bits, words in explain_cross(latin, han)) or _sides([latin], [han])


def _sides(left: Iterable[str], right: Iterable[str]) -> str:
    return f"{' '.join(left) or '–'} ~ {' '.join(right) or '–'}"
