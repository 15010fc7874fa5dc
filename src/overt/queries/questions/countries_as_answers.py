"""Questions that ask for countries: “which African countries”, “countries with …”, “how many countries”."""

from collections.abc import Sequence

from overt.model.questions.question_word_groups import CountryWords
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import join, tokens
from overt.queries.questions.understood_question import Part, Question


def asks_for_countries(question: Question, lexicon: Lexicon) -> bool:
    """Return whether a question asks for places or has a word for countries. `read_countries` need not have run before."""
    words = "places" in question.ids("intent") or not {*lexicon.grammar.country_words.countries}.isdisjoint(question.tokens)
    return words or any(question.tokens[at : at + 2] == ("国", "家") for at in range(len(question.tokens)))


def read_countries(question: Question, lexicon: Lexicon) -> None:
    """Read “which African countries”, “countries with …” and “how many countries” as asking for countries."""
    if "places" in question.ids("intent"):
        return
    known, words, starts = lexicon.grammar.country_words, question.tokens, [0]
    before = [tokens(word) for word in known.which]
    starts += [at + 1 for at in range(len(words)) if any(words[max(at + 1 - len(word), 0) : at + 1] == word for word in before)]
    starts += [marker.end for marker in question.markers if marker.id in ("count", "most")]
    for marker in question.markers:  # “供应商的国家最多” (“suppliers with the most countries”)
        if marker.id == "most" and words[marker.start - 2 : marker.start] == ("国", "家"):
            question.ask_for("places", "国家", marker.start - 2, marker.start)
            return
    if (at := _countries_at_end(known, words)) is not None:
        question.ask_for("places", "国家", at, at + 2)
        return
    at = len(words) - (2 if words[-2:] == ("国", "家") else 1)
    is_named_before = [(part.type, part.end) for part in question.parts] == [("organization", at)]
    if is_named_before and join(words[at:]) in ("国家", "countries"):
        question.ask_for("places", "国家", at, len(words))  # “积至 国家” (“Geedge countries”)
        return
    if (region := next((part for part in question.parts if _ends_with_countries(words, part)), None)) and region.start:
        question.ask_for("places", "国家", region.end, region.end + 2)  # “有华为的非洲国家” (“African countries with Huawei”)
        return
    for start in sorted(set(starts)):
        end = next((part.end for part in question.parts if part.start == start and part.type in ("area", "region")), start)
        if any(tokens(word)[:1] == words[end : end + 1] and len(tokens(word)) > 1 for word in question.unweighed):
            continue  # The word begins a longer phrase: “state-owned suppliers”.
        while end < len(words) and (words[end] in ("个", "的") or words[end].isdigit()):
            end += 1
        named = join(words[start:end])
        if start and named.endswith((*known.countries, "国家")):
            end -= 1
        is_in_name = any(part.start <= end < part.end for part in question.parts)  # 国 (“country”) in 国开行, a bank
        # “which government agencies” asks for customers in a country
        is_in_name |= any(marker.id == "buyers" and marker.start < end < marker.end for marker in question.markers)
        is_country = (
            end < len(words)
            and not is_in_name
            and (words[end] in known.countries or join(words[end:]).startswith(tuple(known.beginnings)))
        )
        if is_country and (start or end == start or words[start].isdigit()):
            question.ask_for("places", words[end], end, end + 1)
            return


def _countries_at_end(known: CountryWords, words: Sequence[str]) -> int | None:
    """Return the position of 国家 (“countries”) if it follows 的 and ends the question, or precedes words for “which of them” or
    “how many”; else None.
    """
    for at in range(len(words) - 3, -1, -1):
        following = tuple(words[at + 3 :])
        # “Of the countries that block Signal, which also block Telegram” puts “which” (哪) after the countries.
        is_selected = following[:1] in map(tokens, known.among) and "哪" in following
        if tuple(words[at : at + 3]) == ("的", "国", "家") and (is_selected or join(following) in ("", *known.after)):
            return at + 1
    return None


def _ends_with_countries(words: Sequence[str], part: Part) -> bool:
    """Return whether a question ends with 的, a region or country, and 国家 (“countries”)."""
    is_last = tuple(words[part.end :]) == ("国", "家") and words[part.start - 1] == "的"
    return part.type in ("area", "region") and is_last
