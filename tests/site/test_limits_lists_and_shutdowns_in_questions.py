"""A first, a largest, a number or a yes is an answer only if every limit is applied; each of several names gets its part."""

import pytest

from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels

OPEN = ("so what you ask for remains open", "因此无法确定所问的结果")
NARROWED = ("of this kind (“police”", "个此类客户或运营方")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (
            "Largest Chinese loan for a police or public security network in Africa",
            "National Public Security Communications System",
        ),
        ("中国给哪个国家的警察贷款最多", "尼日利亚"),
        ("飞马最早卖给哪个国家的军方", "墨西哥陆军"),
    ],
)
def test_a_superlative_follows_a_word_for_users_in_names(question: str, first: str, answer: Ask) -> None:
    data = answer(question)
    assert any(text in data["sentence"] for text in NARROWED) and labels(data)[0].startswith(first)
    assert not data["limits_left_out"] and not any(text in data["sentence"] for text in OPEN)


def test_a_number_follows_a_word_for_users_in_names(answer: Ask) -> None:
    every = answer("How many projects does Huawei have in Africa?")
    police = answer("How many police projects does Huawei have in Africa?")
    assert NARROWED[0] in police["sentence"] and "more projects have customers of other kinds" in police["sentence"]
    assert 0 < police["total"] < every["total"]


@pytest.mark.parametrize(
    "question",
    [
        "How many Huawei projects are there in prisons?",
        "oldest Hikvision contract with a university",
        "most expensive airport surveillance system in Asia",
        "which country has the most Huawei prisons",
        "哪家银行给警察贷款最多",
        "最贵的机场监控项目",
    ],
)
def test_a_decisive_question_without_one_of_its_limits_remains_open(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["limits_left_out"]
    assert data["sentence"].startswith(("This leaves out", "以下没有按")) and any(text in data["sentence"] for text in OPEN)


def test_other_questions_say_what_they_leave_out_as_before(answer: Ask) -> None:
    data = answer("Who sold the Serbian border guards its street cameras?")
    assert data["sentence"].startswith("No customer or operator on record here is of this kind (“border guards”)")


def test_no_yes_without_a_limit(answer: Ask) -> None:
    assert answer("Is Telegram still blocked in Iran?")["sentence"].startswith("Yes")
    assert "Yes" not in answer("Is Telegram still blocked in Iran for government officials?")["sentence"]


def test_a_nationality_before_a_company_drops_no_record(answer: Ask) -> None:
    data = answer("Did Zambia ever deny using the Israeli Circles interception system?")
    assert len(data["items"]) == 1 and "rumour" in data["items"][0]["detail"]
    assert "Circles is recorded as based in Bulgaria. Sources disagree: Bulgaria or Israel." in data["sentence"]
    assert "based in Israel" not in data["sentence"]
    assert answer("赞比亚否认过使用以色列Circles系统吗")["total"] == 1
    wrong = answer("Did Mexico buy from the American company NSO Group?")
    assert wrong["total"] == answer("NSO Group in Mexico")["total"] and "recorded as based in Israel" in wrong["sentence"]
    assert "recorded as" not in answer("What did the Italian company RCS Lab sell to Kazakhstan?")["sentence"]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("How long was Twitter shut off in Nigeria, and who gave the order?", "X (Twitter), Nigeria (Blocking)"),
        ("When was Facebook turned off in Myanmar and who ordered it?", "Myanmar (Blocking)"),
        ("推特在尼日利亚被关停多久", "尼日利亚（封锁）"),
        ("缅甸关掉脸书是谁下令的", "缅甸（封锁）"),
    ],
)
def test_a_service_that_was_shut_off_was_blocked(question: str, label: str, answer: Ask) -> None:
    data = answer(question)
    assert len(data["items"]) == 1 and label in data["items"][0]["label"]
    assert "ordered by" in data["items"][0]["detail"] or "下令方" in data["items"][0]["detail"]


def test_a_network_that_was_shut_off_is_a_shutdown(answer: Ask) -> None:
    parts = answer("Did Uganda shut down the internet and Facebook?")["parts"]
    assert any(part["type"] == "restriction" and part["id"] == "shutdown" for part in parts)


@pytest.mark.parametrize(
    "question",
    [
        "Which of these vendors has the EU put sanctions on?",
        "Has the EU imposed sanctions on NSO?",
        "欧盟制裁了海康威视吗",
        "英国有没有制裁大华",
    ],
)
def test_lists_of_other_issuers_are_declined(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["reason"] == "issuer" and not data["items"]


def test_each_of_several_organisations_has_its_entries(answer: Ask) -> None:
    sentence = answer("Which of DJI, Megvii and Nokia are not on the Pentagon list?")["sentence"]
    assert "SZ DJI Technology (since 5 October 2022)" in sentence and "Nokia (no entry on record)" in sentence
    assert "Beijing Megvii Technology (31 January 2024 to 7 January 2025)" in sentence
    both = answer("On which lists are Huawei and Baidu?")["sentence"]
    assert "US FCC covered list, since 12 March 2021" in both and "Baidu (US DoD list" in both
    assert "2024年1月31日至2025年1月7日" in answer("大疆、商汤、旷视，哪家已经不在1260H名单上？")["sentence"]


def test_a_service_beside_companies_is_the_company(answer: Ask) -> None:
    sentence = answer("腾讯是哪一年被列入美国国防部涉军企业名单的？阿里和百度呢？")["sentence"]
    assert "腾讯控股（2025年1月7日以来）" in sentence and sentence.count("2026年6月8日以来") == 2
    blocked = answer("Are Baidu and Facebook blocked in India?")
    assert {part["type"] for part in blocked["parts"] if part["text"] in ("baidu", "facebook")} == {"service"}


def test_no_longer_on_a_list_asks_for_removals(answer: Ask) -> None:
    data = answer("Which companies are no longer on the 1260H list?")
    assert "on record as ended" in data["sentence"] and data["total"] == answer("哪些公司已不再在1260H名单上")["total"] > 5


def test_the_newest_entries_of_a_list_leave_nothing_out(answer: Ask) -> None:
    data = answer("fcc covered list newest addition")
    assert not data["unweighed"] and labels(data)[0] == "Digitalsystem Technology Inc."


def test_no_total_of_devices_for_a_town_and_programmes_beside_projects(answer: Ask) -> None:
    data = answer("北京有多少个摄像头")
    assert "没有某个城市或国家的设备总数" in data["sentence"]
    assert all(name in data["sentence"] + " ".join(labels(data)) for name in ("天网工程", "雪亮工程"))


def test_parts_that_no_answer_combines_are_answered_without_one(answer: Ask) -> None:
    data = answer("What deals on policing has Hungary signed with China since 2020?")
    assert data["limits_left_out"] == ["deals"] and len(data["items"]) == 1


def test_scanners_are_named_beside_surveillance(answer: Ask) -> None:
    notes = [note["text"] for note in answer("Kenya surveillance projects between 2014 and 2019")["notes"]]
    assert any("cargo scanners at the port of Mombasa" in text for text in notes)
