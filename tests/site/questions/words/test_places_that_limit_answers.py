"""Names of places in questions of many kinds limit the answer, are named first as left out, or lead to no answer."""

import re
from itertools import product
from typing import Any

import pytest

from tests.site.conftest import Ask

TEMPLATES = [
    "surveillance projects in {}",
    "huawei in {}",
    "who supplied cameras in {}",
    "which countries in {} use spyware",
    "chinese loans for safe cities in {}",
    "how many data centres are in {}",
    "latest facial recognition project in {}",
    "most expensive projects in {}",
    "laws on data localisation in {}",
    "which countries in {} banned huawei",
    "social media blocked in {}",
    "suppliers other than huawei in {}",
    "what did NSO say about {}",
    "compare huawei and zte in {}",
    "why was a project cancelled in {}",
    "training of journalists in {}",
    "Sandvine PacketLogic devices blocking websites in {}",
]
HAN_TEMPLATES = [
    "{}的监控项目",
    "华为在{}的项目",
    "谁给{}提供了摄像头",
    "{}哪些国家用了间谍软件",
    "中国对{}的平安城市贷款",
    "{}有多少数据中心",
    "{}的数据本地化法律",
    "{}哪些国家禁用华为",
    "中国电子进出口有限公司在{}的监控项目",
    "贝尔格莱德平安城市塞尔维亚警方的华为摄像头在{}",
    "华为对{}监控报道的回应",
]
PLACES = ["LatAm", "MENA", "CEE", "the stans", "the Baltics", "Gulf states", "post-Soviet countries", "G7 countries"]
HAN_PLACES = ["拉美", "中东欧", "西非", "东欧", "海湾国家", "中亚五国", "前苏联国家", "北约国家", "葡语国家"]
UNKNOWN = ["Zembla", "the Global South", "francophone Africa", "rural areas", "2031 onwards", "Ruritanian provinces"]
HAN_UNKNOWN = ["全球南方", "法语非洲", "邻国", "卓布卡", "农村地区"]
_WORD = re.compile(r"[a-z]+|\d+|[\u3400-\u9fff]+")
_IDLE = frozenset({"the", "areas", "onwards", "states", "countries", "africa", "provinces", ""})
"""Words of the places above that need not limit an answer by themselves."""


def _first_sentence(data: dict[str, Any]) -> str:
    sentence: str = data["sentence"] or ""
    # A sentence on motives may come before the answer.
    sentence = re.sub(r"^Overt(?: doesn’t record why|不记录动机)[^.。]*[.。] ?", "", sentence)
    return re.split(r"(?<=[.。]) ?", sentence, maxsplit=1)[0]


def _limiting_words(place: str) -> list[str]:
    words = (re.sub("(?:国家|地区)$", "", word) for word in _WORD.findall(place.lower()))
    return [word for word in words if word not in _IDLE]


def _check(data: dict[str, Any], place: str) -> None:
    """Check that each limiting word of a place limits an answer that was given, or is in its first sentence."""
    first = _first_sentence(data).lower()
    for word in _limiting_words(place) if data["understood"] else ():
        assert _is_used(data, word) or word in first, (place, data["parts"], data["sentence"])


def _is_used(data: dict[str, Any], word: str) -> bool:
    """Return whether the answer applies a word as a limit: the word is in a part of the question that isn't left out."""
    parts = [*data["parts"], *data["excluded"]]
    read = [part["text"].lower() for part in parts if part["type"] != "intent" and part["text"] not in data["unweighed"]]
    return any(word in text for text in read) or (word.isdigit() and bool(data["years"]))


@pytest.mark.slow(after=2)
@pytest.mark.parametrize(("template", "places"), [*product(TEMPLATES, [PLACES]), *product(HAN_TEMPLATES, [HAN_PLACES])])
def test_names_of_regions_limit_an_answer_or_are_named_first(template: str, places: list[str], answer: Ask) -> None:
    for place in places:
        _check(answer(template.format(place)), place)


@pytest.mark.slow(after=2)
@pytest.mark.parametrize(("template", "places"), [*product(TEMPLATES, [UNKNOWN]), *product(HAN_TEMPLATES, [HAN_UNKNOWN])])
def test_words_that_no_answer_follows_are_named_first_or_decline_the_question(
    template: str, places: list[str], answer: Ask
) -> None:
    for place in places:
        data = answer(template.format(place))
        if data["items"]:  # an answer without items says that there is no record, which is also true if a word is ignored
            _check(data, place)


@pytest.mark.ci
@pytest.mark.parametrize("place", [place for place in PLACES if place != "G7 countries"])
def test_most_names_of_regions_are_read(place: str, answer: Ask) -> None:
    data = answer(f"surveillance projects in {place}")
    assert data["understood"] and {part["type"] for part in data["parts"]} & {"region", "area"}


def test_words_left_out_are_named_once(answer: Ask) -> None:
    data = answer("facial recognition at airports in Asia")
    assert data["limits_left_out"] == ["airports"] == data["unweighed"]
    assert data["sentence"].startswith("This leaves out “airports”, so it may cover more than you ask for.")
    assert answer("facial recognition in Asia")["limits_left_out"] == []


def test_a_denial_needs_no_warning(answer: Ask) -> None:
    data = answer("spyware in rural Iceland")
    assert data["total"] == 0 and data["limits_left_out"] == [] and data["unweighed"] == ["rural"]
