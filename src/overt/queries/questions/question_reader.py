"""Parses a question: the organisations, places, kinds, services and years in it, and what it asks about them.

Every word must be understood. A question with an unknown word or an ambiguous name is not understood.
"""

import re
from collections.abc import Sequence

from overt.index.search_text import MAX_QUERY_LENGTH
from overt.queries.database import Reader
from overt.queries.questions.ambiguous_blocking_words import (
    drop_service_origins,
    settle_groups,
    settle_services_shut_off,
    settle_short_services,
)
from overt.queries.questions.and_or_words import settle_alternatives, settle_joined_companies
from overt.queries.questions.denials_and_statements_by_organizations import settle_denials, settle_statements
from overt.queries.questions.exclusions_and_counts import settle_exclusions, settle_markers
from overt.queries.questions.generic_and_joined_kinds import settle_cable_ends, settle_kinds
from overt.queries.questions.home_countries.based_in_questions import settle_based_in
from overt.queries.questions.home_countries.country_beside_organization import settle_own_seats, stated_seats
from overt.queries.questions.home_countries.country_or_supplier_seat import mark_exporter, settle_adjectives, settle_origins
from overt.queries.questions.home_countries.government_bodies_with_same_name import settle_offices
from overt.queries.questions.home_countries.supplier_country_by_word_order import settle_directions, settle_excluded_sellers
from overt.queries.questions.home_countries.supplier_region_parsing import settle_supplier_regions
from overt.queries.questions.home_countries_and_roles_of_named_organizations import seats_of, shared_roles
from overt.queries.questions.lenders_donors_and_owners import settle_asked_givers, settle_most_money, settle_own_owners
from overt.queries.questions.list_issuers import settle_list_issuers
from overt.queries.questions.longest_phrase import Phrase, longest_phrase
from overt.queries.questions.misspelled_common_words_and_compounds import corrected_common, corrected_compound, drop_broken_names
from overt.queries.questions.names.short_derived_and_misspelled_names import Correction, correction, country_of, entities_named
from overt.queries.questions.organization_roles_in_questions import settle_roles, settle_together
from overt.queries.questions.project_statuses_in_questions import settle_project_statuses
from overt.queries.questions.question_focus import settle_focus
from overt.queries.questions.question_intent import decide
from overt.queries.questions.question_lexicon import Lexicon, Sense
from overt.queries.questions.question_tokens import MAX_ARTICLE, is_article, join, tokens
from overt.queries.questions.question_years import YearWord, unused_year_words, years_of
from overt.queries.questions.rewordings import approximated, drop_other_names, reworded, without_ending_or_not
from overt.queries.questions.thresholds import is_number, read_threshold, with_leading_limit
from overt.queries.questions.titles_in_questions import read_titled
from overt.queries.questions.understood_question import Marker, Part, Question, Reading

_YEAR = re.compile(r"(?:19|20)\d\d")
_UNITED_STATES = re.compile(r"\bUS\b")
"""Matches the country (in capital letters) but not the pronoun “us”."""
_DECADE = re.compile(r"((?:19|20)\d0)s")
_MAX_TOKENS = 32
"""Maximum number of tokens in a question. Longer questions are not read, because each token could begin a name."""
_THE = "the"
_DURING = "during"
_MAX_ALTERNATIVES, _MAX_CORRECTIONS = 5, 4


def read_question(reader: Reader, lexicon: Lexicon, text: str) -> Question:
    """Parse a question. Unless it consists of titles (see `read_titled`), up to `_MAX_CORRECTIONS` misspelled words and names are
    corrected.

    Text beyond `MAX_QUERY_LENGTH` is ignored, and a question of more than `_MAX_TOKENS` tokens is not understood.
    """
    typed = tokens(text[:MAX_QUERY_LENGTH])
    if len(typed) <= _MAX_TOKENS and (titled := read_titled(reader, lexicon, text, typed)):
        return titled
    words, corrected = reworded(lexicon, with_leading_limit(without_ending_or_not(typed)))
    if len(words) > _MAX_TOKENS:
        return Question(text, words, reason="nothing")
    question = _read(reader, lexicon, text, words)
    if any(question.tokens[at] == "us" for at in question.unknown_at) and _UNITED_STATES.search(text):
        own = "american" if words[-1] != "us" else "usa"
        question = _read(reader, lexicon, text, tuple(own if word == "us" else word for word in words))
    for _ in range(_MAX_CORRECTIONS if question.unknown_at else 0):
        if (first := _first_correction(reader, lexicon, question)) is None:
            break
        before = question.tokens
        corrected.append(Reading(join(before[first.start : first.end]), first.label))
        question = _read(reader, lexicon, text, (*before[: first.start], *tokens(first.text), *before[first.end :]))
    question.readings[:0] = corrected
    return question


def _first_correction(reader: Reader, lexicon: Lexicon, question: Question) -> Correction | None:
    """Return the first misspelling to correct, or None.

    A compound comes first. Then each unknown token is tried in order, as a common word and then as a name.
    """
    if compound := corrected_compound(lexicon, question.tokens, question.unknown_at):
        return compound
    for at in sorted(question.unknown_at):
        if common := corrected_common(reader, lexicon, question.tokens[at]):
            return Correction(at, at + 1, common, common)
        if name := correction(reader, lexicon, question.tokens, at):
            return name
    return None


def _read(reader: Reader, lexicon: Lexicon, text: str, words: tuple[str, ...]) -> Question:
    question, years, year_words = Question(text, words), list[tuple[int, int]](), list[YearWord]()
    position = 0
    while position < len(words):
        token = words[position]
        if decade := _decade(words, position):
            first, end = decade
            years += [(first, position), (first + 9, position)]
            question.parts.append(Part("year", str(first), join(words[position:end]), position, end, join(words[position:end])))
            position = end
            continue
        if _YEAR.fullmatch(token):
            years.append((int(token), position))
            question.parts.append(Part("year", token, token, position, position + 1, token))
            position += 1
            continue
        if token.isdigit() and _is_counted(words, position + 1):
            question.unweighed.append(token)  # “the 63 countries with Chinese surveillance”
            position += 1
            continue
        if end := _article_end(words, position):
            question.unweighed.append(join(words[position:end]))
            position = end
            continue
        phrase = longest_phrase(reader, lexicon, words, position)
        follows = phrase and token == _THE and position + 1 < len(words)
        if phrase and follows and _is_longer(longest_phrase(reader, lexicon, words, position + 1), phrase):
            position += 1  # “the most expensive” is “most expensive”, and not “the most”
            continue
        if phrase is None or phrase.senses[0].type == "refused":
            end = phrase.end if phrase else position + 1
            question.unknown_at.update(range(position, end))
            question.is_refused |= phrase is not None
            position = end
            continue
        spelled = join(words[position : phrase.end])
        match phrase.senses[0].type:
            case "years":
                year_words.append(YearWord(phrase.senses[0].id, position, phrase.end))
            case "verb" if _asks_for_suppliers(question, lexicon, words[position : phrase.end], position):
                question.parts.append(Part("intent", "suppliers", spelled, position, phrase.end))
            case "area_group" | "region_group":
                areas = [
                    (sense.type.removesuffix("_group"), sense.id) for sense in phrase.senses if sense.type.endswith("_group")
                ]
                label = lexicon.group_names[words[position : phrase.end]]
                question.parts += [Part(kind, identity, spelled, position, phrase.end, label) for kind, identity in areas]
            case "verb":
                question.verbs.append((position, phrase.end))
            case "marker":
                marker = phrase.senses[0].id
                question.markers.append(Marker(marker, spelled, position, phrase.end))
                if marker == "most" and words[phrase.end : phrase.end + 1] and is_number(words[phrase.end]):
                    question.markers[-1] = question.markers[-1]._replace(end=phrase.end + 1)
                    position = phrase.end + 1
                    continue
                if marker in ("above", "at_least"):
                    after = read_threshold(question, words, position, phrase.end)
                    if after == phrase.end:
                        question.markers[-1] = question.markers[-1]._replace(id="comparison")
                    position = after
                    continue
            case "unweighed" if spelled == _DURING and _YEAR.fullmatch("".join(words[phrase.end : phrase.end + 1])):
                pass  # “during 2022” is “in 2022”
            case "unweighed":
                question.unweighed.append(spelled)
            case "filler":
                pass
            case "name":
                question.parts += _organizations(reader, phrase.senses, spelled, position, phrase.end)
            case "kind":
                kinds = dict.fromkeys(sense for sense in phrase.senses if sense.type == "kind")
                question.parts += [Part("kind", sense.id, spelled, position, phrase.end) for sense in kinds]
            case "region":
                is_renamed = lexicon.is_other_region(words[position : phrase.end])
                question.parts.append(_part(phrase, spelled, position)._replace(is_renamed=is_renamed))
            case _:
                question.parts.append(_part(phrase, spelled, position))
        markers = lexicon.markers_of(words[position : phrase.end])
        question.markers += [Marker(marker, spelled, position, phrase.end) for marker in markers]
        question.agreement_kinds += filter(None, [lexicon.agreement_kind(words[position : phrase.end])])
        question.flow_types += filter(None, [lexicon.flow_type(words[position : phrase.end])])
        position = phrase.end
    question.years = years_read = years_of(years, year_words, words)
    drop_other_names(question, lexicon)
    question.unweighed += unused_year_words(years, year_words, words)
    if any(part.type == "intent" and tokens(part.text) in lexicon.pacts for part in question.parts):
        # “Laws and agreements” are not only laws.
        question.agreement_kinds = [kind for kind in question.agreement_kinds if kind != "law"]
    drop_broken_names(question, lexicon)
    settle_kinds(question, lexicon)
    settle_cable_ends(question)
    settle_short_services(question, lexicon)
    settle_services_shut_off(question, lexicon)
    settle_project_statuses(question, lexicon)
    drop_service_origins(question, lexicon)
    settle_supplier_regions(question, lexicon)
    settle_based_in(question, lexicon)
    settle_adjectives(question, lexicon)
    settle_exclusions(question, lexicon)
    settle_joined_companies(reader, question)
    seats = seats_of(reader, question.ids("organization"))
    settle_offices(reader, lexicon, question, seats)
    settle_own_seats(question, stated_seats(reader, question.ids("organization")))
    settle_own_owners(question, lexicon.creditors, seats)
    settle_origins(question, lexicon)
    settle_directions(reader, question, lexicon)
    settle_list_issuers(question, lexicon)
    settle_roles(question, lexicon)
    settle_together(question, shared_roles(reader, question.ids("organization")))
    settle_denials(question, lexicon)
    settle_statements(question, lexicon)
    settle_markers(question, lexicon)
    settle_excluded_sellers(reader, question, lexicon)
    settle_most_money(question, lexicon.creditors)
    settle_asked_givers(question, lexicon.creditors)
    settle_focus(question, lexicon)
    mark_exporter(question, lexicon)
    question.parts = _without_other_makers(question.parts)
    question.readings += [Reading(part.text, part.label, part.type, part.id) for part in question.parts if part.is_renamed]
    question.readings += approximated(question, lexicon)
    settle_alternatives(question)
    settle_groups(question, lexicon)
    commitments = {*lexicon.answer_words.commitments}
    question.asks_for_commitments = any(part.id == "money" and part.text in commitments for part in question.parts)
    question.names_circumstance = not lexicon.circumstances.isdisjoint(question.unweighed)
    decide(question, lexicon, has_years=bool(years), are_one_range=years_read is not None)
    return question


def _is_longer(later: Phrase | None, phrase: Phrase) -> bool:
    """Return whether a phrase ends after another one, and is understood."""
    return later is not None and later.end > phrase.end and later.senses[0].type != "refused"


def _is_counted(words: Sequence[str], position: int) -> bool:
    """Return whether a word for countries or projects is at a position."""
    return words[position : position + 1] in (("countries",), ("projects",)) or "".join(
        words[position : position + 3]
    ).startswith(("个国家", "个项目", "国家"))


def _decade(words: Sequence[str], start: int) -> tuple[int, int] | None:
    """Return the first year of the decade at a word (“2010s”, “2010年代”), and the position after it; None if there is none."""
    if match := _DECADE.fullmatch(words[start]):
        return int(match[1]), start + 1
    is_chinese = (
        tuple(words[start + 1 : start + 3]) == ("年", "代") and words[start].endswith("0") and _YEAR.fullmatch(words[start])
    )
    return (int(words[start]), start + 3) if is_chinese else None


def _article_end(words: tuple[str, ...], start: int) -> int:
    """Return the position after the number of an article that begins at a word, or 0."""
    ends = range(min(len(words), start + MAX_ARTICLE), start, -1)
    return next((end for end in ends if is_article(words[start:end])), 0)


def _asks_for_suppliers(question: Question, lexicon: Lexicon, words: tuple[str, ...], position: int) -> bool:
    """Return whether a noun such as “exports” follows a kind, without a country before it, which could be the seller."""
    after_kind = any(part.type == "kind" and part.end == position for part in question.parts)
    return words in lexicon.deliveries and after_kind and not any(part.type == "area" for part in question.parts)


def _part(phrase: Phrase, text: str, start: int) -> Part:
    senses, labels = phrase.senses, {entry.id: entry.label or entry.id for entry in phrase.entries}
    first = senses[0]
    other_names = tuple((sense.id, labels.get(sense.id, "")) for sense in senses[1:] if sense.type == first.type)
    own_words = {"project_name": first.id, "subject": text}
    label = own_words.get(first.type) or labels.get(first.id, "")
    countries = tuple(map(country_of, phrase.entries)) if first.type == "place" else ()
    return Part(first.type, first.id, text, start, phrase.end, label, other_names[:_MAX_ALTERNATIVES], countries=countries)


def _organizations(reader: Reader, senses: Sequence[Sense], text: str, start: int, end: int) -> list[Part]:
    """Return the parts for the organisations that a short name means.

    If the release has none of these organisations, return the only town with the name, or else a part of type `absent`.
    """
    names = [sense.id for sense in senses if sense.type == "name"]
    entries = {
        entry.id: (name, entry) for name in names for entry in entities_named(reader, name)[:1] if entry.type == "organization"
    }
    own = {entry.id for entry in entities_named(reader, text)} if entries else set()
    if not entries:
        places = [entry for name in names for entry in entities_named(reader, name) if entry.type == "place"]
        if len(places) == 1:
            label = places[0].label or names[0]
            return [Part("place", places[0].id, text, start, end, label, countries=(country_of(places[0]),))]
    parts = [
        Part("organization", entry.id, text, start, end, entry.label or name, is_renamed=entry.id not in own)
        for name, entry in entries.values()
    ]
    return parts or [Part("absent", names[0], text, start, end, names[0])]


def _without_other_makers(parts: list[Part]) -> list[Part]:
    """Return the parts without a product's other makers if the question names one of its makers: “Predator, Intellexa”."""
    spans: dict[str, set[int]] = {}
    for part in parts:
        spans.setdefault(part.id, set()).add(part.start)
    named = {part.start for part in parts if part.is_renamed and len(spans[part.id]) > 1}
    return [part for part in parts if not (part.is_renamed and part.start in named and len(spans[part.id]) == 1)]
