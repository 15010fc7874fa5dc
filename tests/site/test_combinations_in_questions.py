"""Questions with two conditions, ends, places or parts: each side is used, and what counts for one side only isn't listed."""

import pytest

from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("countries with both Pegasus and Predator", {"Saudi Arabia", "Jordan", "United Arab Emirates"}),
        ("Which countries have Pegasus as well as Predator?", {"Saudi Arabia", "Jordan", "United Arab Emirates"}),
        ("飞马和捕食者都有的国家", {"沙特阿拉伯", "约旦", "阿联酋"}),
        ("哪些国家既有飞马又有捕食者", {"沙特阿拉伯", "约旦", "阿联酋"}),
    ],
)
def test_resellers_of_a_product_are_named_for_both(question: str, names: set[str], answer: Ask) -> None:
    """Nexa's sales of Predator to Jordan and the Emirates aren't verified, so the answer names these countries separately."""
    data = answer(question)
    assert labels(data) in (["Saudi Arabia"], ["沙特阿拉伯"]) and all(name in data["sentence"] for name in names)
    assert "Kenya" not in data["sentence"] and "肯尼亚" not in data["sentence"]  # it only has one of them


@pytest.mark.parametrize(
    "question",
    [
        "which countries that block Signal also block Telegram",
        "哪些国家既封锁Signal又封锁Telegram",
        "封锁Signal的国家中哪些也封锁Telegram",
    ],
)
def test_services_blocked_in_the_same_countries(question: str, answer: Ask) -> None:
    data = answer(question)
    either = answer("which countries block Signal or Telegram")
    assert 0 < data["total"] < either["total"]
    assert ("Turkmenistan" in data["sentence"]) or ("土库曼斯坦" in data["sentence"])
    assert not any(label.startswith(("Telegram, Brazil", "Telegram、巴西")) for label in labels(data))


def test_kinds_and_seats_are_combined(answer: Ask) -> None:
    both = answer("which countries have both Chinese and Israeli surveillance")
    assert both["sentence"].split()[1:6] == ["countries", "have", "documented", "projects", "of"] and not both["unweighed"]
    kinds = answer("哪些非洲国家既有间谍软件又有人脸识别")
    assert "摩洛哥" in labels(kinds) and "肯尼亚" not in labels(kinds)


def test_a_kind_after_the_first_name_belongs_to_it(answer: Ask) -> None:
    data = answer("which countries have both Huawei cameras and Pegasus")
    assert data["total"] > 0 and "Ghana" in labels(data)


def test_an_unused_both_is_named_first(answer: Ask) -> None:
    assert answer("both Kenya and Uganda: Huawei projects")["sentence"].startswith("This leaves out “both”")


def test_the_earliest_and_the_newest(answer: Ask) -> None:
    data = answer("what is the earliest spyware on record and which is the newest")
    assert "The earliest date on record" in data["sentence"] and "The latest date on record" in data["sentence"]
    assert labels(data)[0] in data["sentence"]
    data = answer("最早和最近被封锁的WhatsApp分别在哪国")
    assert "记录中最早开始的" in data["sentence"] and "记录中最晚开始的" in data["sentence"]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("国家安全法和国家情报法哪个先生效", "国家安全法", "国家情报法"),
        ("which law is older, the Data Security Law or the Cybersecurity Law", "Cybersecurity Law", "Data Security Law"),
        ("China's Data Security Law vs Personal Information Protection Law: which is newer", "Personal", "Data Security Law"),
    ],
)
def test_laws_in_the_order_of_their_dates(question: str, first: str, second: str, answer: Ask) -> None:
    data = answer(question)
    assert first in labels(data)[0] and second in labels(data)[-1]
    assert 0 < data["sentence"].index(first) < data["sentence"].index(second)


def test_a_law_that_is_not_on_record_is_no_side(answer: Ask) -> None:
    assert answer("密码法和数据安全法谁先出台")["sentence"].startswith("回答不包括“密码”")


@pytest.mark.parametrize(
    "question",
    [
        "Compare Kazakhstan and Uzbekistan: who has more surveillance systems and whose tech is it",
        "compare Kazakhstan and Uzbekistan",
    ],
)
def test_places_are_compared_one_by_one(question: str, answer: Ask) -> None:
    data = answer(question)
    first, second = data["sentence"].split(" Uzbekistan: ")
    assert first.startswith("Kazakhstan: ") and "Sergek" in first and "Sergek" not in second
    assert "documented projects" in first and "Costar" in second


def test_respectively_asks_for_each_place(answer: Ask) -> None:
    assert answer("肯尼亚和埃塞俄比亚的监控系统分别是谁供应的")["sentence"].startswith("肯尼亚：")


def test_blocks_and_removals_are_both_meant(answer: Ask) -> None:
    listed = labels(answer("What did Italy block or take out of the app stores?"))
    assert [label.partition(",")[0] for label in listed] == ["ChatGPT", "DeepSeek"]
    devices = answer("which countries ban TikTok on government devices")
    assert "Ban on official devices" in devices["sentence"]


@pytest.mark.parametrize(
    "question",
    ["Surveillance systems in Pakistan that were not supplied by Chinese companies", "巴基斯坦不是中国供应的监控系统有哪些"],
)
def test_systems_that_are_not_from_somewhere_are_listed(question: str, answer: Ask) -> None:
    data = answer(question)
    assert all(item["type"] == "project" for item in data["items"]) and data["total"] > 1
    assert any("WMS 2.0" in note["text"] for note in data["notes"]) and not any("WMS 2.0" in label for label in labels(data))


def test_suppliers_from_elsewhere_remain_suppliers(answer: Ask) -> None:
    data = answer("Non-Chinese suppliers of surveillance to Kazakhstan")
    assert data["intent"] == "suppliers" and all(item["type"] == "organization" for item in data["items"])


def test_a_country_after_its_banks_name_is_no_place(answer: Ask) -> None:
    data = answer("exim bank china tajikistan safe city")
    assert "China: no project" not in data["sentence"] and "2 commitments, together $23.6 m" in data["sentence"]
    assert not answer("exim bank india mozambique")["understood"]


@pytest.mark.parametrize(
    "question", ["How many African countries have surveillance systems supplied by Huawei?", "多少个非洲国家有华为的监控系统"]
)
def test_countries_with_only_denied_projects_are_counted_apart(question: str, answer: Ask) -> None:
    data = answer(question)
    every = answer("which African countries have surveillance systems supplied by Huawei")
    assert 0 < data["total"] < every["total"] and str(data["total"]) in data["sentence"]
    assert "Algeria" in data["sentence"] or "阿尔及利亚" in data["sentence"]


def test_cancelled_projects_count_if_they_are_asked_for(answer: Ask) -> None:
    assert answer("how many countries have cancelled Huawei projects")["total"] > 0


def test_only_similar_kinds_are_called_so(answer: Ask) -> None:
    notes = [note["text"] for note in answer("spyware kenya")["notes"]]
    assert any("under similar kinds: Circles" in note for note in notes) and not any(
        "under other kinds" in note for note in notes
    )


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("police system Kenya", "3 customers or operators are of this kind (“police”), as far as names say so: Kenya:"),
        ("who supplied the police in Kenya", "Sources name 3 suppliers (Kenya): FlexiSPY, Huawei Technologies and Safaricom."),
    ],
)
def test_users_choose_projects(question: str, beginning: str, answer: Ask) -> None:
    data = answer(question)
    assert data["sentence"].startswith(beginning)
    assert not any("Konza" in label or "ZTE" in label for label in labels(data))


def test_costs_and_suppliers_are_both_answered(answer: Ask) -> None:
    data = answer("肯尼亚警察的监控系统是谁做的，花了多少钱？")
    assert "149亿肯尼亚先令" in data["sentence"] and "Safaricom" in data["sentence"]
    assert not any("孔扎" in label for label in labels(data))


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("哈萨克斯坦的国家安全证书是什么法律规定的？现在还在用吗？", "已暂停"),
        ("is the national security certificate in Kazakhstan still in use and under which law", "Suspended"),
    ],
)
def test_a_law_and_the_state_of_a_system(question: str, status: str, answer: Ask) -> None:
    data = answer(question)
    assert {item["type"] for item in data["items"]} == {"agreement", "project"} and status in data["sentence"]
