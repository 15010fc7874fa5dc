"""The words behind each part of a comparison, for people to read."""

from collections.abc import Iterable

from overt.resolve.names.lexicon import Kind
from overt.resolve.names.name_comparison_weights import PartName
from overt.resolve.names.name_parser import ParsedName, parse_name
from overt.resolve.names.name_word import Word

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


def words_of(part: PartName, left: str, right: str) -> str:
    """Return the words of both names that a part of a comparison is about, as `left ~ right`; `–` for a name without any.

    For legal forms, these are the ids of the forms; for `initials`, the entire names; for `across-scripts`, each part of that
    comparison with its bits and words.
    """
    first, second = parse_name(left), parse_name(right)
    if part.startswith("form-"):
        return _sides(first.forms, second.forms)
    if part == "across-scripts":
        return _cross_script_words(left, right) if second.script == "han" else _cross_script_words(right, left)
    if part == "initials":
        return _sides([left.strip()], [right.strip()])
    shared = {(word.kind, word.meaning) for word in first.words} & {(word.kind, word.meaning) for word in second.words}
    if part in ("words-agree", "place-agrees"):
        kinds = ("country", "region", "city", "seat") if part == "place-agrees" else ()
        return _sides(_shared(first, shared, kinds), _shared(second, shared, kinds))
    kinds_of_part = _KINDS.get(part, ("brand", "field", "scope", "generic", "country", "region", "city", "seat"))
    return _sides(_unshared(first, shared, kinds_of_part), _unshared(second, shared, kinds_of_part))


def _shared(parsed: ParsedName, shared: set[tuple[Kind, str]], kinds: tuple[str, ...]) -> list[str]:
    words = [word for word in parsed.words if (word.kind, word.meaning) in shared and (not kinds or word.kind in kinds)]
    return _written(words or parsed.words)


def _unshared(parsed: ParsedName, shared: set[tuple[Kind, str]], kinds: tuple[Kind, ...]) -> list[str]:
    return _written(word for word in parsed.words if word.kind in kinds and (word.kind, word.meaning) not in shared)


def _written(words: Iterable[Word]) -> list[str]:
    return [word.written for word in words]


def _cross_script_words(latin: str, han: str) -> str:
    from overt.resolve.names.cross_script.cross_script_comparison import explain_cross

    return "; ".join(f"{part} {bits:+.1f}: {words}" for part, bits, words in explain_cross(latin, han)) or _sides([latin], [han])


def _sides(left: Iterable[str], right: Iterable[str]) -> str:
    return f"{' '.join(left) or '–'} ~ {' '.join(right) or '–'}"
