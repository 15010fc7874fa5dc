"""Applies words about the role of an organisation: “foreign companies”, “companies that operate”, “bought from”."""

from collections.abc import Mapping, Sequence

from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import JOINS, WHO, WITH
from overt.queries.questions.understood_question import PLACES, Marker, Part, Question

_BETWEEN = frozenset({"that", "which", "who", "are", "is", "的", "在", "to", "now"})
"""Words between “companies” and “operate”, or “foreign” and “companies”."""
_TWO = 2
_LENDERS = frozenset({"lender", "donor", "financier", "funder", "investor", "backer", "sponsor"})
_LENDERS |= {"出资方", "出资人", "贷款方", "资助方", "债权人", "投资方"}
_DONATION = "donation"
_BY = ("by",)
_TOWARDS = (("向",), ("给",), ("对",), ("为",))
_INVOLVING = (("with",), ("by",), ("from",), ("involving",), ("naming",), ("between",), ("involve",), ("include",), ("name",))
"""Words between “projects” and “both”."""
_STATE = frozenset({"政", "府", "的", "government", "s"})
"""Words between a country and what its government donates."""
_FINANCIER = "financier"
_SUBSIDIARY = "subsidiary"
"""The kind of projects that are subsidiaries. A question with this kind and an organisation asks for that organisation's
subsidiaries.
"""

_OWNS = frozenset({"own", "owns"})
"""Verbs after an owner. After an organisation, they ask for what it owns."""
_OWNED_BY, _BELONGS = "owned by", "belong"
_HAN_OWNS = ("拥", "有")
_OF_PROJECTS = frozenset({"kind", "area", "region", "place", "project_name"})
"""Types of parts that turn a question about owners into a question about projects."""


def settle_roles(question: Question, lexicon: Lexicon) -> None:
    """Apply words about the roles of organisations: as suppliers, customers, operators, subsidiaries, donors or lenders.

    “Foreign” and “domestic” must describe a word for suppliers. “Foreign” can also go with an organisation or a seat.
    Otherwise, the two words are reported as left out. Companies that use or operate something are customers and operators, not
    suppliers.
    """
    for marker in [marker for marker in question.markers if marker.id in ("foreign", "domestic")]:
        _settle_side(question, marker)
    _settle_operators(question)
    question.markers = [marker for marker in question.markers if marker.id != "operators"]
    _settle_subsidiaries(question)
    _settle_owned(question)
    _settle_donors(question, lexicon)
    _settle_biggest_lender(question)


def settle_together(question: Question, roles: Mapping[str, str]) -> None:
    """Mark organisations that must be in the same project: “what did Safaricom buy from Huawei”.

    `roles`: the role of each organisation, by its id, in the projects that both share. If the roles differ, two names side by
    side are enough, such as those of a bank and a customer. If one of the two is a lender, and the question asks for nothing
    else, it is about money.

    Otherwise, the question must have a word such as “jointly”, or “both” as in “projects with both”, or a verb or a word such
    as “with” must come between the names, without “and”. If the question compares, or doesn't name two organisations,
    “jointly” is reported as left out.
    """
    for at, marker in enumerate(question.markers):
        if marker.id == "both" and _is_of_projects(question, marker):
            question.markers[at] = marker._replace(id="together")
    jointly = [marker for marker in question.markers if marker.id == "together"]
    question.markers = [marker for marker in question.markers if marker.id != "together"]
    named = sorted((part for part in question.parts if part.type == "organization"), key=lambda part: part.start)
    spans = list(dict.fromkeys((part.start, part.end) for part in named))
    if len(spans) != _TWO or question.has("comparison") or len({part.id for part in named}) == 1:
        question.unweighed += [marker.text for marker in jointly]
        return
    (_, first), (second, _) = spans
    between = question.tokens[first:second]
    verbs = [*question.verbs, *((marker.start, marker.end) for marker in question.markers if marker.id == "buyers")]
    sides = [{roles.get(part.id, "") for part in named if (part.start, part.end) == span} for span in spans]
    if first == second and all(len(side) == 1 and "" not in side for side in sides) and sides[0] != sides[1]:
        question.are_together = True
        if _FINANCIER in sides[0] | sides[1] and not question.ids("intent") and not question.excluded:
            question.ask_for("money", "", second, second)
        return
    is_verb = any(first <= start and end <= second for start, end in verbs)
    is_joint = not JOINS & set(between) and (is_verb or bool(WITH & set(between)))
    question.are_together = bool(jointly) or (is_joint and not _has_each_a_place(question, first, second))


def _has_each_a_place(question: Question, first: int, second: int) -> bool:
    """Return whether each of two names has a place of its own: “Huawei sold to Kenya, ZTE sold to Uganda”.

    `first`: the index of the token after the first name. `second`: the index of the second name's first token.
    """
    places = [part.start for part in question.parts if part.type in PLACES]
    between = [at for at in places if first <= at < second]
    return bool(between) and len(between) < len(places)


def _is_of_projects(question: Question, marker: Marker) -> bool:
    """Return whether “both” is right after “projects with” or a similar word, in a question that doesn't ask for countries."""
    projects = [part for part in question.parts if part.type == "intent" and part.id == "projects" and part.end <= marker.start]
    is_after = question.tokens[marker.start - 1 : marker.start] in _INVOLVING
    return bool(projects) and is_after and "places" not in question.ids("intent")


def _settle_side(question: Question, marker: Marker) -> None:
    """Keep “foreign” or “domestic” if a word for suppliers follows, perhaps after kinds. Otherwise, report it as left out.

    “Foreign” is also kept in a question with an organisation or a seat.
    """
    position = marker.end
    for part in sorted(question.parts, key=lambda part: part.start):
        between = question.tokens[position : part.start]
        if part.start < position or not set(between) <= _BETWEEN:
            continue
        if part.type == "intent" and part.id == "suppliers":
            side = "abroad" if marker.id == "foreign" else "domestic"
            question.markers[question.markers.index(marker)] = marker._replace(id=side)
            return
        if part.type != "kind":
            break
        position = part.end
    if marker.id == "foreign" and (question.ids("organization") or question.ids("seat")):
        question.markers[question.markers.index(marker)] = marker._replace(id="abroad")
        return
    question.markers.remove(marker)
    question.unweighed.append(marker.text)


def _settle_operators(question: Question) -> None:
    """Read “companies that operate cables” and “which companies use Cellebrite” as asking for operators and customers."""
    for part in [part for part in question.parts if part.type == "intent" and part.id == "suppliers"]:
        position = part.end
        while question.tokens[position : position + 1] and question.tokens[position] in _BETWEEN:
            position += 1
        follows = [marker for marker in question.markers if marker.id in ("operators", "buyers") and marker.start == position]
        is_passive = any(question.tokens[marker.end : marker.end + 1] == _BY for marker in follows)  # “suppliers used by police”
        if follows and not is_passive:
            question.parts.remove(part)
            question.markers.append(Marker("customers", part.text, part.start, part.end))
            return


def _settle_subsidiaries(question: Question) -> None:
    of_kind = [part for part in question.parts if part.type == "kind" and part.id == _SUBSIDIARY]
    if of_kind and question.ids("organization"):
        question.parts = [part for part in question.parts if part not in of_kind]
        question.markers.append(Marker("subsidiaries", of_kind[0].text, of_kind[0].start, of_kind[0].end))


def _settle_owned(question: Question) -> None:
    """Read “which companies does Huawei own”, “companies owned by Huawei” and “华为拥有哪些公司” as asking for subsidiaries.

    A question that names a kind, place or project is not changed. A question that names several organisations is changed only
    if “own” follows each of them.
    """
    named = {part.start: part for part in question.parts if part.type == "organization"}
    if not named or {part.type for part in question.parts} & _OF_PROJECTS:
        return
    if len(named) > 1:
        _settle_each_owner(question, [named[start] for start in sorted(named)])
        return
    [name] = named.values()
    for at, marker in enumerate(question.markers):
        owns = marker.text in _OWNS and name.end <= marker.start
        belongs = marker.text.startswith(_BELONGS) and "suppliers" in question.ids("intent")  # “which companies belong to X”
        is_before = (marker.text == _OWNED_BY or belongs) and marker.end <= name.start
        if marker.id == "owners" and (owns or is_before):
            question.markers[at] = marker._replace(id="subsidiaries")
            return
    end = name.end + len(_HAN_OWNS)
    if question.tokens[name.end : end] == _HAN_OWNS and "suppliers" in question.ids("intent"):
        question.markers = [marker for marker in question.markers if marker.start != name.end]
        question.markers.append(Marker("subsidiaries", "".join(_HAN_OWNS), name.end, end))


def _settle_each_owner(question: Question, names: Sequence[Part]) -> None:
    """Read “what does Huawei own and what does Hikvision own” as asking for the subsidiaries of both."""
    owning = [marker for marker in question.markers if marker.id == "owners" and marker.text in _OWNS]
    ends = [*(name.start for name in names[1:]), len(question.tokens) + 1]
    if len(owning) == len(names) and all(
        name.end <= marker.start and marker.end < end for name, marker, end in zip(names, owning, ends, strict=True)
    ):
        question.markers = [marker._replace(id="subsidiaries") if marker in owning else marker for marker in question.markers]


def _settle_donors(question: Question, lexicon: Lexicon) -> None:
    """Read a donation by a country, or “who donated”, as asking for grants: “donations of cameras by China”, “中国捐赠的”.

    If the question names an organisation, which may be the supplier, only “donated by” with a country is read in this way.
    """
    _read_giving(question, lexicon)
    donations = [part for part in question.parts if part.type == "kind" and part.id == _DONATION]
    if donations:  # 谁向 (“who to”) asks for suppliers only before another verb
        asking = lexicon.answer_words.givers
        question.parts = [part for part in question.parts if not (part.id == "suppliers" and part.text in asking)]
    if not donations or not set(question.ids("intent")) <= {"places"}:
        return
    begins = {donations[0].end + 1, donations[0].end + 2}
    is_passive = question.tokens[donations[0].end : donations[0].end + 1] == _BY
    givers = [part for part in question.parts if is_passive and part.type in ("area", "seat") and part.start in begins]
    if question.ids("organization") and not givers:
        return
    for at, part in enumerate(question.parts):
        between = question.tokens[part.end : donations[0].start]
        is_giver = set(between) <= _STATE or between[:1] in _TOWARDS  # “to which countries did China donate cameras”
        is_before = part.type == "area" and part.end <= donations[0].start and is_giver
        if part in givers or (is_before and part.id in lexicon.exporters):
            question.parts[at] = part._replace(type="seat")
    first = donations[0]
    asks_for_givers = any((part.id, part.end) == ("places", first.start) for part in question.parts)  # “which countries donated”
    if question.ids("seat") or not WHO.isdisjoint(question.tokens) or asks_for_givers:
        question.parts.insert(0, Part("intent", "money", first.text, first.start, first.end))
        question.flow_types.append("grant")
        question.parts = [part for part in question.parts if part not in donations]  # Projects of other kinds have grants, too.


def _read_giving(question: Question, lexicon: Lexicon) -> None:
    """Read “who gave” as asking who donated if a kind of project follows, and no other word for money: “who gave cameras”."""
    money = [part for part in question.parts if (part.type, part.id) == ("intent", "money")]
    if len(money) == 1 and money[0].text in lexicon.answer_words.giving and question.ids("kind") and not question.flow_types:
        question.parts[question.parts.index(money[0])] = money[0]._replace(type="kind", id=_DONATION)


def _settle_biggest_lender(question: Question) -> None:
    """Read “the biggest lender” as asking for lenders, and not for the projects with the highest amounts.

    If no organisation is named, “the biggest supplier” likewise means the supplier with the most projects.
    """
    for at, marker in enumerate(question.markers):
        if marker.id == "costliest" and _is_before_supplier(question, marker.end) and not question.ids("organization"):
            question.markers[at] = marker._replace(id="most")
            continue
        following = [part for part in question.parts if part.type == "intent" and part.id == "money" and part.start >= marker.end]
        if marker.id == "costliest" and following and following[0].text.rstrip("s") in _LENDERS:
            question.markers[at] = marker._replace(id="most")


def _is_before_supplier(question: Question, position: int) -> bool:
    """Return whether only kinds and seats are between a position and a word for suppliers: “largest Chinese company”."""
    for part in sorted(question.parts, key=lambda part: part.start):
        if part.start == position and part.type in ("kind", "seat"):
            position = part.end
        elif part.start == position:
            return (part.type, part.id) == ("intent", "suppliers")
    return False


def is_company_from(question: Question, part: Part) -> bool:
    """Return whether a country is where companies come from: “companies from Kenya”, “公司来自肯尼亚”.

    The country must follow a word for suppliers, with nothing between but years and words for what is asked. The question must
    not have a verb.
    """
    suppliers = [
        other for other in question.parts if other.type == "intent" and other.id == "suppliers" and other.end < part.start
    ]
    if not suppliers or question.has_verb:
        return False
    between = [other for other in question.parts if suppliers[-1].end <= other.start < part.start]
    return all(other.type in ("intent", "year") for other in between)
