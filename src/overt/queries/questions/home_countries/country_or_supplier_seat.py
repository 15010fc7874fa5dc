"""Decides whether a word for a country means the country or a supplier's seat: “Kenyan police”, “Kenyan firms”."""

from overt.queries.questions.customer_kind_words import is_before_customer
from overt.queries.questions.lenders_donors_and_owners import (
    ask_for_debtors,
    finances_supplier,
    is_before_lending,
    is_before_money,
    is_financed_by,
    is_owed,
    only_lenders,
)
from overt.queries.questions.organization_roles_in_questions import is_company_from
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import FROM, JOINS, tokens
from overt.queries.questions.understood_question import PLACES, Part, Question

_IN = ("在",)
_GOODS = {"systems", "system", "technology", "technologies", "equipment", "products", "tools", "tech", "gear"}
_NOUNS = ("company", "companies", "firm", "firms", "exporter", "exporters", "maker", "makers", "manufacturer", "manufacturers")
_COMPANIES = {tokens(word) for word in (*_NOUNS, "公司", "企业", "厂商", "出口商", "制造商", "生产商")}
_MAKERS = frozenset({"exporter", "exporters", "maker", "makers", "manufacturer", "manufacturers", "出口商", "制造商", "生产商"})
_BEFORE_BUYERS = (("在",), ("向",), ("给",), ("为",), ("对",))
_BANKS = {"bank", "banks"}
_INTO = frozenset({"to", "in", "for"})
"""Words before the recipient or the purpose of loans."""
_LENDING_PARTS = frozenset({"adjective", "area", "seat"})
_PAIR = 2
_INSIDE = (("in",), ("inside",), ("within",), ("across",), ("at",))
_TOWARDS = (("向",), ("给",), ("对",), ("为",))
_COUNTED = {"projects", "suppliers"}
"""Intents for which a second country could be the supplier's seat."""


def settle_adjectives(question: Question, lexicon: Lexicon) -> None:
    """Replace parts of type `adjective` with a seat or an area.

    An adjective becomes an area before a word for customers, such as “police”. In a question about money, the adjective of a
    country that borrows becomes an area after “to”, “in” or “for”.

    A country, too, becomes a seat before a word for makers or exporters. In Chinese, a country also becomes a seat before a
    word for companies, and an exporter becomes a seat before a kind if the question names another place.
    """
    places = any(part.type in PLACES for part in question.parts)
    settled: list[Part] = []
    for part in reversed(question.parts):
        following = settled[-1] if settled else None
        if part.type == "adjective" and is_before_customer(lexicon, question.tokens, part.end):
            settled.append(part._replace(type="area"))  # “Italian government bodies” are in Italy.
            continue
        settled.append(_settled(question, lexicon, part, following, places=places))
    question.parts = settled[::-1]


def settle_origins(question: Question, lexicon: Lexicon) -> None:
    """Replace a country with a seat if something comes from there and another place is named: “cameras from China in Kenya”.

    No other place is needed after “made in”, or after “by” with a seller's verb (“exported by Israel”). Nor is one needed for an
    exporter after a kind, suppliers or money (“spyware from Israel”), for companies from a country, or for a lender before a
    word for loans.

    In a question about money, a country before a lender's verb, or before a word for “to” such as 向 or 对, is also replaced. So
    is an exporter beside another country (“what did China lend to Kenya”). In any question, an exporter before 在 (“in”) is
    replaced: “中国在肯尼亚的项目” (“China's projects in Kenya”). A country that “and” or “or” joins to the seat becomes a seat,
    too. Nothing is replaced if several countries qualify, or if the question names an organisation that the country doesn't
    finance. “Who owes China” is also read as asking for countries.
    """
    places = [part for part in question.parts if part.type in PLACES]
    areas = [part for part in places if part.type == "area"]
    origins = [part for part in areas if part.start and question.tokens[part.start - 1] in FROM]
    origins += [part for part in areas if _is_maker(question, lexicon, part)]
    origins += [
        part
        for part in areas
        if part.id in lexicon.exporters and question.tokens[part.end : part.end + 1] == _IN and _begins_at(places, part.end + 1)
    ]
    # “中国对俄罗斯的贷款” (“China's loans to Russia”): either could lend, but 对 (“to”) says who does
    if not origins and "money" in question.ids("intent"):
        origins = [part for part in areas if part is not places[-1] and question.tokens[part.end : part.end + 1] in _TOWARDS]
    if (
        not origins
        and "money" in question.ids("intent")
        and len(areas) == len(places) == _PAIR
        and not _are_joined(question, areas)
    ):
        origins = only_lenders(question, lexicon.creditors, [part for part in areas if part.id in lexicon.exporters])
    lent = [part for part in areas if part.id in lexicon.lenders and is_before_money(question, lexicon.creditors, part)]
    if not origins and len(places) == 1:
        origins = lent
    if not origins and len(places) > 1:
        origins = [part for part in areas if part is not places[-1] and is_before_lending(question, lexicon.creditors, part)]
    ask_for_debtors(question, lexicon.creditors, areas)
    if not origins and "money" in question.ids("intent"):
        origins = givers = [part for part in areas if _gives(question, lexicon, part)]
        lent = lent or givers
    origin, more_places = next(iter(origins), None), len(places) > 1 or any(part.type in PLACES for part in question.excluded)
    if origin is None or len(origins) > 1:
        return
    finances = finances_supplier(question, lexicon.creditors, origin, may_lend=more_places and origin.id in lexicon.exporters)
    if question.ids("organization") and not finances:
        return
    is_exporter = origin.id in lexicon.exporters and _is_after_goods(question, origin)
    is_seller = is_exporter or _is_maker(question, lexicon, origin) or is_company_from(question, origin)
    is_lender = "money" in question.ids("intent") and origin.id in lexicon.lenders
    if more_places or is_seller or lent or finances or (is_lender and question.tokens[max(origin.start - 1, 0)] in FROM):
        for part in [origin, *_joined_to(question, areas, origin), *_joined_before(question, lexicon, areas, origin)]:
            question.parts[question.parts.index(part)] = part._replace(type="seat")


def _joined_before(question: Question, lexicon: Lexicon, areas: list[Part], origin: Part) -> list[Part]:
    """Return the countries that “and” or “or” joins to a lender after them: “did Russia or China lend to India”."""
    if not is_before_lending(question, lexicon.creditors, origin):
        return []
    return [part for part in areas if part.end < origin.start and set(question.tokens[part.end : origin.start]) <= JOINS]


def _joined_to(question: Question, areas: list[Part], origin: Part) -> list[Part]:
    """Return the countries that “and” or “or” joins to an origin before them: “financed by Korea or the UAE”."""
    joined, end = [], origin.end
    for part in sorted((part for part in areas if part.start >= end), key=lambda part: part.start):
        between = set(question.tokens[end : part.start]) | ({question.tokens[part.start]} & JOINS)
        if not (between & JOINS and between <= JOINS | {"the"}):
            break
        joined.append(part)
        end = part.end
    return joined


def mark_exporter(question: Question, lexicon: Lexicon) -> None:
    """Mark an exporter beside another country as ambiguous, since it may be the supplier’s seat: “SORM Russia Kyrgyzstan”.

    Agreements, such as training, are between countries, so they need no seat.
    """
    types = {part.type for part in question.parts} - {"intent", "year"}
    if question.agreement_kinds or not (types <= {"area", "kind"} and set(question.ids("intent")) <= _COUNTED):
        return
    areas = [part for part in question.parts if part.type == "area"]
    exporters = [part for part in areas if part.id in lexicon.exporters]
    if len(areas) != _PAIR or len(exporters) != 1 or any(part.alternatives for part in areas) or _are_joined(question, areas):
        return
    first, second = areas
    [exporter] = exporters
    han = not exporter.text.isascii()
    companies = f"{exporter.text}公司" if han else f"{lexicon.adjective(exporter.id)} companies"
    both = f"{first.text}{'和' if han else ' and '}{second.text}"
    at = question.parts.index(exporter)
    question.parts[at] = exporter._replace(alternatives=((companies, companies), (both, both)))


def _settled(question: Question, lexicon: Lexicon, part: Part, following: Part | None, *, places: bool) -> Part:
    between = question.tokens[part.end : following.start] if following else question.tokens[part.end :]
    of_companies = _is_before_companies(question, lexicon, part)
    if part.type == "adjective" and _is_lent_to(question, lexicon, part, of_companies=of_companies):
        return part._replace(type="area")
    if part.type == "area" and of_companies and _is_before_makers(question, part):
        return part._replace(type="seat")
    if part.type == "area" and not part.text.isascii() and (of_companies or _is_before_kind(question, lexicon, part, following)):
        return part._replace(type="seat")
    if part.type != "adjective":
        return part
    joined = following is not None and following.type in ("seat", "area") and bool(between) and set(between) <= JOINS
    if joined and following is not None and _is_adjective(lexicon, following):
        return part._replace(type=following.type)
    if of_companies:
        return part._replace(type="seat")
    if between[:1] and between[0] in _BANKS:
        return part._replace(type="seat")
    of_cities = any(marker.id == "cities" and marker.start == part.end for marker in question.markers)
    before = [other.id for other in question.parts if other.type == "adjective" and other.end <= part.start]
    inside = question.tokens[max(part.start - 1, 0) : part.start] in _INSIDE and not lexicon.exporters.isdisjoint(before)
    if of_cities or inside or any(" ".join(between).startswith(word) for word in question.unweighed):
        return part._replace(type="area")
    return part._replace(type="seat" if part.id in lexicon.exporters or places else "area")


def _is_lent_to(question: Question, lexicon: Lexicon, part: Part, *, of_companies: bool) -> bool:
    """Return whether an adjective names the country that receives money: “Chinese loans to Russian telecoms”, “lent to Russian
    telecoms”.

    After “in” or “for”, or before a word for companies, another country that lends and a word for money must come before it.
    """
    end = part.start - 1 if question.tokens[part.start - 1 : part.start] == ("the",) else part.start
    before, loans = question.tokens[max(end - 1, 0) : end], [other for other in question.parts if other.id == "money"]
    if not (loans and before and before[0] in _INTO):
        return False
    lenders = [other for other in question.parts if other.id in lexicon.lenders and other.type in _LENDING_PARTS]
    is_second = any(lender.end <= loan.start < part.start for lender in lenders for loan in loans)
    return is_second or (before == ("to",) and not of_companies)


def _is_before_companies(question: Question, lexicon: Lexicon, part: Part) -> bool:
    """Return whether a country is right before a word for companies, or before 的 and such a word if it is an exporter.

    Kinds may come between if the word is like “companies” or “makers”: “中国监控公司” (“Chinese surveillance companies”). But
    “伊朗 监控 供应商” (“Iran surveillance suppliers”) may mean suppliers to Iran.
    """
    position = part.end
    if part.id in lexicon.exporters and question.tokens[position : position + 1] == ("的",):
        position += 1
    begin = position
    while kinds := [other for other in question.parts if other.type == "kind" and other.start == position]:
        position = kinds[0].end
    following = [other for other in question.parts if other.type == "intent" and other.start == position]
    words = lexicon.companies if position == begin else _COMPANIES
    return any(tokens(other.text) in words for other in following)


def _is_before_makers(question: Question, part: Part) -> bool:
    """Return whether the first intent after a country is a word for makers or exporters: “Taiwan spyware exporters”."""
    following = [other for other in question.parts if other.type == "intent" and other.start >= part.end]
    return bool(following) and following[0].text in _MAKERS


def _is_before_kind(question: Question, lexicon: Lexicon, part: Part, following: Part | None) -> bool:
    """Return whether an exporter is right before a kind in Chinese, and another place is named: “玻利维亚的中国监控项目”
    (“Chinese surveillance projects in Bolivia”).

    Return False if “and” or “or” precedes it, or if the question names an organisation. In a question about money, also return
    False if the country borrows. It does if a word for “to” such as 对 or 给 precedes it (“中国对俄罗斯电信的贷款”, “China's
    loans to Russian telecoms”), or if another country lends (“印度电信的中国贷款”, “Chinese loans for Indian telecoms”).
    """
    if following is None or following.type != "kind" or following.start != part.end or part.id not in lexicon.exporters:
        return False
    more_places = [other for other in question.parts if other.type in PLACES and other is not part]
    joined = part.start > 0 and question.tokens[part.start - 1] in JOINS
    is_towards = question.tokens[max(part.start - 1, 0) : part.start] in _TOWARDS
    is_lent_to = "money" in question.ids("intent") and (
        is_towards or any(is_before_money(question, lexicon.creditors, other) for other in more_places)
    )
    return bool(more_places) and not (joined or is_lent_to) and not question.ids("organization")


def _is_maker(question: Question, lexicon: Lexicon, part: Part) -> bool:
    """Return whether a country makes or gives what the question is about: “made in”, “exported by”, “projects by China”.

    Without a seller's verb, only an exporter after kinds, projects or money counts: “surveillance by Kenya” is Kenya's own.
    """
    before = question.tokens[max(0, part.start - 2) : part.start]
    if not part.text.isascii() and any(start == part.end for start, _ in question.verbs):
        return "的" in question.tokens[part.end :] and before[-1:] not in _BEFORE_BUYERS  # as in “data centres built by China”
    if before[-1:] != ("by",):
        return before == ("made", "in")
    if is_financed_by(question, part):
        return True
    at = part.start - 1
    goods = any(other.end == at and (other.type == "kind" or other.id in ("projects", "money")) for other in question.parts)
    is_given = goods and part.id in lexicon.exporters and set(question.ids("intent")) <= {*_COUNTED, "places", "money"}
    return is_given or any(end == at for _, end in question.verbs)


def _gives(question: Question, lexicon: Lexicon, part: Part) -> bool:
    """Return whether a country lends or gives to somebody: “中国向哪些国家提供贷款”, “which countries does China lend to”.

    A country right before a verb such as “gave” counts, too, and so does a country to which others owe money: “who owes China
    most”.
    """
    gives = any(question.tokens[part.end : part.end + len(phrase)] == phrase for phrase in lexicon.creditors.giving)
    if gives or question.tokens[part.end : part.end + 1] in _TOWARDS:
        return True
    if is_owed(question, lexicon.creditors, part):
        return True
    ends_in_to = question.tokens[-1:] == ("to",) or question.tokens[:2] == ("to", "which")
    return ends_in_to and question.tokens[part.start - 1 : part.start] != ("to",)


def _is_after_goods(question: Question, part: Part) -> bool:
    """Return whether only “from”, perhaps after a word such as “systems”, is between a kind, suppliers or money and a country."""
    goods = {"suppliers", "money"}
    at = part.start - 1
    while at and question.tokens[at - 1] in _GOODS:
        at -= 1
    ends = {at, part.start - 1}
    return any(before.end in ends and (before.type == "kind" or before.id in goods) for before in question.parts)


def _is_adjective(lexicon: Lexicon, part: Part) -> bool:
    return any(sense.type == "adjective" for sense in lexicon.senses(tokens(part.text)))


def _begins_at(parts: list[Part], start: int) -> bool:
    return any(part.start == start for part in parts)


def _are_joined(question: Question, areas: list[Part]) -> bool:
    first, last = areas[0], areas[-1]  # “And” beside a country can be read as part of its name.
    return not JOINS.isdisjoint(question.tokens[first.end - 1 : last.start + 1])
