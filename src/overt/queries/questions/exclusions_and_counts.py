"""Applies words that exclude, compare or count: “not”, “compare”, “more than 5”, “how many”.

A marker that can't be applied makes its words unknown, so that no condition is dropped silently.
"""

from collections.abc import Collection

from overt.queries.questions.and_or_words import settle_conjunctions
from overt.queries.questions.countries_as_answers import asks_for_countries, read_countries
from overt.queries.questions.customer_kind_words import is_before_customer
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import JOINS, WHO, tokens
from overt.queries.questions.understood_question import Marker, Part, Question

_EXCLUDED = frozenset({"organization", "absent", "seat", "area", "region", "kind", "subject", "status"})
"""Types of parts that can be left out of an answer."""
_LINKS = frozenset(
    {"by", "from", "in", "of", "the", "a", "an", "made", "or", "and", "for", "to", "about"}
    | {"由", "是", "在", "的", "和", "或", "与", "及", "了"}
)
"""Words between a negation and what it leaves out. After other words, a question asks what is absent: “not used in Kenya”."""
_WITHOUT = frozenset({"without", "with no", "没有", "没"})
_OUTSIDE = (("以", "外"), ("之", "外"))
"""Tokens of 以外 and 之外, “outside”, which follow what is left out: 中国以外 (outside China)."""
_ORIGINS = frozenset({"from", "made", "by", "由", "自"})
"""Words between a negation and a country that make the country a seat: “not made in China”."""
_SUPPLIED = frozenset({"built", "supplied", "sold", "provided", "installed", "delivered", "made", "constructed"})
"""Participles of suppliers’ verbs between a negation and “by”."""
_ENDS_IN_ORIGIN = (" from", " by")
"""Ends of negations before a country that make the country a seat: “not from China”."""
_EXCEPT = frozenset({"apart from", "aside from"})
"""Exclusions that end in “from” but never make a country a seat: “apart from Kenya”."""
_HOW_MANY = ("how many", "in how many", "多少")
_NO_SUPPLY = frozenset({"operate", "operates", "operated", "run", "runs", "use", "uses", "used", "buy", "buys", "bought"})
"""Verbs of operators and buyers: “who operates” doesn't ask for suppliers."""
_GAPS = range(3)  # Up to two words may come between: “how many African police forces”.
_COUNTED = frozenset({"projects", "places", "suppliers", "agreements", "money"})
"""Intents whose answers have a number."""
_ONE_OF = "哪个"
_NON = "非"
_COMPARED = ("organization", "area", "region", "kind", "seat")


def settle_exclusions(question: Question, lexicon: Lexicon) -> None:
    """Move what the question leaves out to its excluded parts, so that no other step takes it for a condition.

    “Excluding” can mean a ban instead: “countries excluding Huawei from 5G” asks what is blocked.
    """
    _exclude_before(question)
    for marker in list(question.markers):
        if _leaves_out_supplier(question, lexicon, marker):
            question.markers[question.markers.index(marker)] = marker = marker._replace(id="exclusion")
        if marker.id == "exclusion" and _is_ban(question, marker):
            question.markers.remove(marker)
            question.ask_for("blocked", marker.text, marker.start, marker.end)
        elif marker.id == "exclusion":
            _exclude(question, marker, lexicon.exporters)


def _exclude_before(question: Question) -> None:
    """Move the parts before 以外 or 之外 (“outside”) to the excluded parts: “中国以外的数据中心” (“data centres outside China”).

    Without such a part, the words are unknown. After 除 (“except”), which is an exclusion of its own, nothing changes.
    """
    words = question.tokens
    for at in range(len(words) - 1):
        if words[at : at + 2] not in _OUTSIDE or any(
            marker.id == "exclusion" and marker.start < at for marker in question.markers
        ):
            continue
        before = [part for part in question.parts if part.end == at and part.type in _EXCLUDED]
        question.parts = [part for part in question.parts if part not in before]
        question.excluded += before
        if not before:
            question.unknown_at.update((at, at + 1))


def _leaves_out_supplier(question: Question, lexicon: Lexicon, marker: Marker) -> bool:
    """Return whether “without” leaves out projects of an organisation or seat: “safe city projects without Huawei”.

    It doesn't if the question asks for countries: no list of countries without an organisation can be right.
    """
    if marker.id != "absence" or marker.text not in _WITHOUT or asks_for_countries(question, lexicon):
        return False
    following = [part for part in question.parts if part.start == marker.end and part.type in ("organization", "seat", "absent")]
    projects = [part for part in question.parts if part.type == "kind" or (part.type, part.id) == ("intent", "projects")]
    return bool(following and projects)


def _is_ban(question: Question, marker: Marker) -> bool:
    """Return whether a word for an exclusion is about a ban: “countries excluding Huawei from 5G”.

    After a word for laws, it needs no “from”: “laws excluding Huawei”.
    """
    following = [part for part in question.parts if part.start == marker.end and part.type in ("organization", "seat")]
    ends_in_from = bool(following) and question.tokens[following[0].end : following[0].end + 1] == ("from",)
    of_laws = any(part.type == "intent" and part.id == "agreements" and part.end == marker.start for part in question.parts)
    return marker.text == "excluding" and bool(following) and (ends_in_from or of_laws)


def settle_markers(question: Question, lexicon: Lexicon) -> None:
    """Apply the markers of a question to its parts, or make their words unknown.

    Before that, words for countries, and “who” with a supplier's verb, become intents.
    """
    read_countries(question, lexicon)
    settle_conjunctions(question, lexicon)
    counted = [part for part in question.parts if part.type == "intent" and part.text.startswith(_HOW_MANY)]
    question.markers += [Marker("count", part.text, part.start, part.start) for part in counted]
    named = {part.type for part in question.parts} & {"organization", "absent", "seat"}
    if (
        question.has_verb
        and not (named or question.ids("intent"))
        and (who := WHO & set(question.tokens))
        and not _NO_SUPPLY & set(question.tokens)
    ):
        at = question.tokens.index(min(who))
        question.parts.insert(0, Part("intent", "suppliers", question.tokens[at], at, at + 1))
    if question.threshold and not question.threshold.counted:
        _read_counted(question)
    if question.has("count"):
        _read_count(question, lexicon)
    if question.has("comparison") and not _is_comparable(question):
        # Without things to compare, 哪个 only means “which”, not “which of the two”.
        question.markers = [each for each in question.markers if (each.id, each.text) != ("comparison", _ONE_OF)]
        _forget(question, "comparison")
    if question.has("most") and not (set(question.ids("intent")) & {"places", "suppliers", "money"}):
        _forget(question, "most")


def _exclude(question: Question, marker: Marker, exporters: Collection[str]) -> None:
    """Move the parts after a negation to the excluded parts. If there are none, the question asks what is absent.

    `exporters`: countries that become a seat between 非 (“non-”) and 的 if a kind follows: “非中国的摄像头” (“non-Chinese
    cameras”).
    """
    position, moved, intents = marker.end, False, question.ids("intent")
    for part in [part for part in question.parts if part.start >= marker.end]:
        between = question.tokens[position : part.start]
        joined = not moved or _is_joined(question, position, part) or part.start < position
        if part.type == "intent" and moved and not between:
            position = part.end
            if part.id == "suppliers" and question.excluded[-1].type == "seat" and _asks_for_systems(question, part):
                question.parts.remove(part)
            continue
        if between[1:2] == ("by",) and between[0] in _SUPPLIED:
            between = between[1:]  # Skip “built” in “data centres not built by Huawei”.
        if part.type not in _EXCLUDED or not set(between) <= _LINKS or not joined:
            break
        question.parts.remove(part)
        is_origin = not _ORIGINS.isdisjoint(between) or (
            not moved
            and marker.text.endswith(_ENDS_IN_ORIGIN)
            and marker.text not in _EXCEPT
            and not question.agreement_kinds
            and "agreements" not in intents
        )
        is_origin |= not moved and part.id in exporters and _describes_kind(question, marker, part)
        is_origin |= any(start == part.end for start, _ in question.verbs)  # 不是中国供应的 (“not supplied by China”)
        is_seat = part.type == "area" and is_origin
        question.excluded.append(part._replace(type="seat") if is_seat else part)
        position, moved = part.end, True
    if not moved:
        question.markers[question.markers.index(marker)] = marker._replace(id="absence")


def _describes_kind(question: Question, marker: Marker, country: Part) -> bool:
    """Return whether 非 (“non-”) is right before a country, and 的 and a kind are right after it, as in “非中国的摄像头”."""
    is_before_kind = any(part.type == "kind" and part.start == country.end + 1 for part in question.parts)
    return marker.text == _NON and question.tokens[country.end : country.end + 1] == ("的",) and is_before_kind


def _is_joined(question: Question, position: int, part: Part) -> bool:
    """Return whether a joining word, such as “and”, comes before a part.

    The word can be between `position` and the part, or among the link words right before `position`, because a name can include
    the link words after it: “egypt and the” in “Egypt and the Emirates”.
    """
    first = position - 1
    while first > 0 and question.tokens[first] in _LINKS:
        first -= 1
    return not JOINS.isdisjoint(question.tokens[first : part.start])


def _asks_for_systems(question: Question, companies: Part) -> bool:
    """Return whether a question asks for systems, so that “companies” belongs to a seat: “cameras not from Chinese companies”.

    The question must have a word for a kind or for projects, and no other word that asks who supplied them. The word for the
    kind or the projects must come before the seat, or a verb or 的 must follow “companies”: 非中国公司供应的系统 (“systems
    supplied by non-Chinese companies”), but not “non-Chinese suppliers of filtering”.
    """
    asks_who = [part for part in question.parts if (part.type, part.id) == ("intent", "suppliers") and part is not companies]
    systems = [part for part in question.parts if part.type == "kind" or (part.type, part.id) == ("intent", "projects")]
    is_before = any(part.end <= question.excluded[-1].start for part in systems)
    is_described = any(start == companies.end for start, _ in question.verbs) or question.tokens[companies.end :][:1] == ("的",)
    return bool(systems) and (is_before or is_described) and not asks_who and WHO.isdisjoint(question.tokens)


def _read_counted(question: Question) -> None:
    """Decide what “more than 5” counts: suppliers or projects.

    The words “more than” are unknown unless the question asks for countries, and for either suppliers or projects, not both.
    """
    threshold, counted = question.threshold, set(question.ids("intent")) & {"suppliers", "projects"}
    if threshold and len(counted) == 1 and "places" in question.ids("intent"):
        question.threshold = threshold._replace(counted=counted.pop())
    else:
        question.threshold = None
        _forget(question, "above")
        _forget(question, "at_least")


def _read_count(question: Question, lexicon: Lexicon) -> None:
    """Refuse a question that counts what the atlas does not count, such as cameras.

    If the question counts people, or nothing that is understood, the words for counting are unknown.
    """
    marker = next(marker for marker in question.markers if marker.id == "count")
    following = [part for part in question.parts if part.start >= marker.end]
    of_units = [part for part in following if part.type == "kind" and tokens(part.text) in lexicon.uncounted]
    counted = next((part for part in following if part.type in ("intent", "kind", "subject", "restriction", "service")), None)
    before = _COUNTED.intersection(question.ids("intent"))
    of_people = [word for word in question.unweighed if question.tokens[marker.end :][: len(tokens(word))] == tokens(word)]
    is_repeated = marker.text in lexicon.answer_words.repetitions and "blocked" in question.ids("intent")
    if is_repeated or any(is_before_customer(lexicon, question.tokens, marker.end + gap) for gap in _GAPS):
        return
    is_uncounted = bool(of_people) and not question.ids("intent")  # “how many Uyghurs use WeChat”
    if of_units and not before:
        question.reason = "units"
    elif is_uncounted or (counted is None and not before and not question.has("customers")):
        _forget(question, "count")


def _is_comparable(question: Question) -> bool:
    return any(len(question.ids(kind)) > 1 for kind in _COMPARED)


def _forget(question: Question, marker_id: str) -> None:
    for marker in [marker for marker in question.markers if marker.id == marker_id]:
        question.unknown_at.update(
            at for at in range(marker.start, marker.end) if marker.end - marker.start == 1 or question.tokens[at] not in _LINKS
        )
        question.markers.remove(marker)
