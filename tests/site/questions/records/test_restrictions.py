"""Restrictions of services: services, groups, kinds, countries, causes and who ordered them."""

import pytest

from overt.queries.database import Reader
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels

_IN = ("They are in", "Countries:", "涉及", "国家：")
BANNING = {"AU", "BE", "CA", "GB", "NO", "NZ", "TW", "US"}
"""The countries that ban TikTok on official devices."""


def _services(reader: Reader, country: str) -> set[str]:
    return {row["service"] for row in reader.select(f"SELECT DISTINCT service FROM answer_services WHERE country = '{country}'")}


def _started(reader: Reader, service: str, year: str) -> int:
    """Return the number of restrictions of a platform that began in a year."""
    [row] = reader.select(
        "SELECT count(DISTINCT p.id) AS restrictions FROM facts AS p JOIN facts AS s ON s.id = p.id AND s.property = 'start' "
        "AND s.shown JOIN records AS r ON r.id = p.id AND r.type = 'restriction' "
        "WHERE p.property = 'platform' AND p.value = ? AND p.shown AND substr(s.value, 1, 4) = ?",
        (service, year),
    )
    return int(row["restrictions"])


def test_a_ban_on_official_devices_is_no_block(understood_answer: Ask) -> None:
    sentence = understood_answer("Is TikTok blocked in Canada?")["sentence"]
    assert sentence.startswith("TikTok was banned on official devices in Canada") and "Yes" not in sentence


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


def test_blocks_and_removals_are_both_meant(answer: Ask) -> None:
    listed = labels(answer("What did Italy block or take out of the app stores?"))
    assert [label.partition(",")[0] for label in listed] == ["ChatGPT", "DeepSeek"]
    devices = answer("which countries ban TikTok on government devices")
    assert "Ban on official devices" in devices["sentence"]


def test_restrictions_of_other_kinds_are_counted_and_not_their_countries(answer: Ask, shipped_reader: Reader) -> None:
    [row] = shipped_reader.select(
        "SELECT count(DISTINCT f.id) AS restrictions FROM facts AS f JOIN records AS r ON r.id = f.id AND r.type = 'restriction' "
        "WHERE f.property = 'platform' AND f.value = 'tiktok' AND f.shown "
        "AND f.id NOT IN (SELECT id FROM facts WHERE property = 'kind' AND value = 'device-ban' AND shown)"
    )
    notes = [note["text"] for note in answer("which countries banned TikTok on government devices?")["notes"]]
    of_other_kinds = [note["text"] for note in answer("哪些国家禁止政府设备使用TikTok")["notes"]]
    assert any(text.startswith(f"另有{row['restrictions']}项其他类别的限制记录，涉及") for text in of_other_kinds)
    assert any(text.startswith(f"{row['restrictions']} restrictions of other kinds are on record, in ") for text in notes)


@pytest.mark.parametrize(
    "question",
    [
        "How often did courts block WhatsApp in Brazil?",
        "巴西法院封过WhatsApp几次？",
        "social media blocks during elections in uganda",
        "乌干达选举期间的社交媒体封锁",
    ],
)
def test_the_only_country_of_a_question_is_a_condition(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] and not any(text in data["sentence"] for text in _IN)
    assert all(part["label"] in data["sentence"] for part in data["parts"] if part["type"] in ("area", "service"))


@pytest.mark.parametrize(
    ("question", "countries", "condition"),
    [
        ("Which court blocked Telegram?", "Brazil; Iran; Russia", "Telegram"),
        ("courts blocking in India and Brazil", "Countries: Brazil.", "India"),
        ("哪个法院封锁了Telegram？", "巴西；伊朗；俄罗斯", "Telegram"),
        ("哪些国家在考试期间断网", "阿尔及利亚", "考试"),
        ("Which countries shut down the internet during exams?", "Algeria", "Exams"),
    ],
)
def test_countries_are_named_after_the_conditions(question: str, countries: str, condition: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    where = max(sentence.rfind(text) for text in _IN)
    assert countries in sentence[where:] and condition in sentence[:where] and condition not in sentence[where:]


@pytest.mark.parametrize(
    ("question", "service", "group"),
    [
        ("Are messaging apps and Wikipedia blocked in China?", "Wikipedia", "Telegram"),
        ("中国封锁了聊天软件和维基百科吗", "维基百科", "Telegram"),
        ("messaging apps or Wikipedia blocked in Turkey", "Wikipedia", "WhatsApp"),
    ],
)
def test_a_service_and_a_group_both_count(question: str, service: str, group: str, answer: Ask) -> None:
    data = answer(question)
    listed = " ".join(item["label"] for item in data["items"])
    assert service in listed and group in listed and not data["unweighed"]


def test_a_word_for_the_kind_of_a_service_adds_no_other_service(answer: Ask) -> None:
    data = answer("Is the messaging app Signal blocked in China?")
    assert data["items"] and all("Signal" in item["label"] for item in data["items"])


@pytest.mark.parametrize("question", ["Which platforms did China's national firewall block?", "防火长城封锁了哪些平台？"])
def test_what_the_firewall_blocks_is_what_china_blocks(question: str, answer: Ask) -> None:
    assert ("area", "CN") in {(part["type"], part["id"]) for part in answer(question)["parts"]}


@pytest.mark.parametrize("question", ["calls blocked in morocco", "apps removed from app stores in china"])
def test_kinds_of_restriction_have_countries(answer: Ask, question: str) -> None:
    assert [item["type"] for item in answer(question)["items"]] == ["country"]


def test_countries_are_ranked_by_services(answer: Ask, shipped_reader: Reader) -> None:
    rows = shipped_reader.select("SELECT count(DISTINCT service) AS services FROM answer_services WHERE country = 'CN'")
    assert f"China ({rows[0]['services']} services)" in answer("which country blocks the most services")["sentence"]
    assert f"China ({rows[0]['services']} services)" in answer("does russia block more than china")["sentence"]


def test_services_of_two_countries_are_compared(answer: Ask, shipped_reader: Reader) -> None:
    iran, russia = _services(shipped_reader, "IR"), _services(shipped_reader, "RU")
    assert iran & russia
    assert iran - russia
    both, first = answer("which services are blocked in both iran and russia"), answer("blocked in iran but not in russia")
    assert (both["total"], both["unweighed"]) == (2 * len(iran & russia), [])
    assert (first["total"], first["unweighed"]) == (len(iran - russia), [])


def test_countries_with_both_services(answer: Ask, shipped_reader: Reader) -> None:
    [row] = shipped_reader.select(
        "SELECT count(*) AS n FROM (SELECT country FROM answer_services WHERE service IN ('facebook', 'whatsapp') "
        "GROUP BY country HAVING count(DISTINCT service) = 2)"
    )
    assert answer("how many countries block both facebook and whatsapp")["total"] == 2 * row["n"]


def test_blocked_or_throttled_means_any_restriction(answer: Ask) -> None:
    assert answer("throttled or blocked Telegram countries")["total"] == answer("countries that restricted Telegram")["total"]


def test_restrictions_are_told_apart_by_kind(answer: Ask) -> None:
    sentence = answer("where is TikTok banned")["sentence"]
    assert "Blocking (26 countries), Ban on official devices (8 countries), Throttling (1 country)" in sentence
    for question in ("哪些国家政府设备禁用TikTok？", "which countries banned TikTok on government devices"):
        data = answer(question)
        assert data["total"] == len(BANNING) and {item["id"].split()[0] for item in data["items"]} == BANNING
    data = answer("TikTok removed from app stores")
    assert data["sentence"].startswith("No record meets all of this") and data["total"] == 35
    assert "YouTube" in str(answer("2023年埃塞俄比亚断网")["items"])


def test_where_a_service_comes_from_is_named_as_left_out(answer: Ask) -> None:
    for question, origin in (("Chinese apps banned in India", "chinese"), ("American websites blocked in China", "american")):
        data = answer(question)
        assert data["intent"] == "blocked" and origin in data["unweighed"]
        assert len([part for part in data["parts"] if part["type"] == "area"]) == 1
    assert not answer("which Chinese apps are blocked")["understood"]


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
    "question", ["circumvention in Turkmenistan", "土库曼斯坦 翻墙", "circumvention tools blocked in Turkmenistan"]
)
def test_circumvention_is_about_restrictions_of_vpns(question: str, answer: Ask) -> None:
    data = answer(question)
    assert "2019" in data["sentence"] and data["items"][0]["type"] == "service"


def test_a_question_without_dates_is_limited_to_its_kind(answer: Ask) -> None:
    data = answer("Are WhatsApp calls blocked in Russia?")
    assert [label for label in labels(data) if "(Blocking)" in label] == []


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("which AI services are blocked in Italy", {"ChatGPT, Italy (Blocking)", "DeepSeek, Italy (Removal from app stores)"}),
        (
            "意大利最近封锁或下架了哪些人工智能服务？",
            {"ChatGPT、意大利（封锁）", "深度求索（DeepSeek）、意大利（从应用商店下架）"},
        ),
    ],
)
def test_a_group_of_services_limits_restrictions(question: str, names: set[str], answer: Ask) -> None:
    data = answer(question)
    assert data["intent"] == "blocked" and {item["label"] for item in data["items"]} == names
    assert data["total"] == len(names) and not data["unweighed"]


def test_countries_with_restrictions_of_a_group_are_named(answer: Ask) -> None:
    sentence = answer("countries that blocked AI apps")["sentence"]
    assert "They are in 7 countries" in sentence and "South Korea" in sentence and "…" not in sentence


def test_a_group_without_restrictions_leads_to_those_of_other_services(answer: Ask) -> None:
    data = answer("dating apps blocked in Turkey")
    assert data["sentence"].startswith("No restriction of services of this kind") and "“dating apps”" in data["sentence"]
    assert any(
        "of other services is on record" in note["text"] or "of other services are on record" in note["text"]
        for note in data["notes"]
    )


def test_restrictions_of_the_group_itself_are_not_those_of_other_services(answer: Ask) -> None:
    of_group, of_all = (answer(f"{what} blocked in Iran")["total"] for what in ("messaging apps", "services"))
    notes = [note["text"] for note in answer("shutdowns of messaging apps in Iran")["notes"]]
    assert 0 < of_group < of_all
    assert notes[:2] == [
        f"{of_group} restrictions of such services of other kinds are on record there.",
        f"{of_all - of_group} restrictions of other services are on record there.",
    ]


def test_a_service_that_is_named_is_never_left_out_for_a_common_word(answer: Ask) -> None:
    assert "facebook" not in answer("Facebook blocked office network")["unweighed"]


def test_replacements_of_services_are_named(answer: Ask) -> None:
    sentence = answer("what do people use instead of google and youtube in china")["sentence"]
    assert "Baidu for Google Search" in sentence and "Youku" in sentence
    assert "No recorded restriction names" in answer("alternatives to twitter in Russia")["sentence"]
    assert not answer("what is used instead of Huawei in UK 5G")["understood"]


@pytest.mark.parametrize("question", ["which countries blocked X in 2024", "哪些国家在2024年封锁了X"])
def test_a_service_of_one_letter_is_read_in_questions_about_blocking(question: str, answer: Ask, shipped_reader: Reader) -> None:
    data = answer(question)
    assert data["total"] == _started(shipped_reader, "x", "2024")
    assert {part["id"] for part in data["parts"] if part["type"] == "service"} == {"x"}


def test_a_short_name_of_a_service_remains_an_ordinary_word_elsewhere(answer: Ask) -> None:
    assert answer("nuctech x-ray lithuania")["items"][0]["label"].startswith("Kena border station")


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        (
            "how many times has uganda blocked social media",
            "5 restrictions of services of this kind are on record: Uganda, “social media”.",
        ),
        ("乌干达封锁过几次社交媒体", "记录了5项对此类服务的限制：乌干达、“社交媒体”。"),
    ],
)
def test_how_many_times_counts_restrictions(question: str, beginning: str, answer: Ask) -> None:
    assert beginning in answer(question)["sentence"]


def test_bans_on_officials_phones_are_bans_on_devices(answer: Ask) -> None:
    data = answer("Which countries banned TikTok from officials' phones?")
    assert data["items"] and all(item["detail"].startswith("Ban on official devices") for item in data["items"])


@pytest.mark.parametrize("question", ["social media blocks during elections in uganda", "乌干达选举期间封锁了什么"])
def test_restrictions_during_elections_have_that_cause(question: str, answer: Ask, shipped_reader: Reader) -> None:
    [row] = shipped_reader.select(
        "SELECT count(DISTINCT c.id) AS restrictions FROM facts AS c JOIN facts AS k ON k.id = c.id AND k.property = 'country' "
        "AND k.value = 'UG' AND k.shown WHERE c.property IN ('cause', 'justification') AND c.value = 'elections' AND c.shown"
    )
    data = answer(question)
    assert data["intent"] == "blocked" and data["total"] == row["restrictions"] > 1
    assert not {"elections", "during", "选举期间"} & set(data["unweighed"])


def test_a_cause_and_a_year_list_what_began_then(answer: Ask) -> None:
    items = answer("facebook blocked in election 2021")["items"]
    assert items and all("2021" in item["detail"].partition(",")[0] for item in items)


@pytest.mark.parametrize(
    "question", ["Which African countries shut off social media around elections?", "哪些非洲国家在选举期间断网？"]
)
def test_a_cause_remains_if_the_kind_of_restriction_is_left_out(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] == 16 and all("lections" in item["detail"] or "选举" in item["detail"] for item in data["items"])


def test_a_cause_that_an_answer_ignores_is_named_first(answer: Ask) -> None:
    assert "exams" in answer("shutdowns during exams in Iraq")["limits_left_out"]


def test_a_cause_without_the_kind_of_restriction_has_records(answer_in_english: Ask) -> None:
    exams = answer_in_english("internet shutdowns because of exams")
    assert exams["items"] and all("exams" in item["detail"].lower() for item in exams["items"])
    assert "Without “internet shutdowns”: 8 restrictions" in exams["sentence"]


def test_a_group_limits_restrictions_with_a_cause(answer: Ask) -> None:
    data = answer("social media blocks during elections in uganda")
    assert "“social media”" in data["sentence"] and not data["unweighed"]


@pytest.mark.parametrize("question", ["uganda 2021 election internet", "uganda 2021 election", "uganda elections"])
def test_a_topic_and_a_place_ask_for_restrictions_first(answer: Ask, question: str) -> None:
    data = answer(question)
    assert "Facebook" in data["sentence"], data["sentence"]
    assert any(word.startswith("election") for word in data["unweighed"])


@pytest.mark.parametrize("question", ["巴西法院封过WhatsApp几次？", "How often did courts block WhatsApp in Brazil?"])
def test_who_ordered_a_restriction_limits_it(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] == 3 and "3" in data["sentence"].split("（")[0].split("(")[0]


@pytest.mark.parametrize(
    "question", ["Which armies ordered blocks in Myanmar?", "缅甸部队封锁过哪些服务", "What did the military block in Myanmar?"]
)
def test_armies_limit_who_ordered_a_restriction(question: str, answer: Ask) -> None:
    data = answer(question)
    assert (
        data["total"]
        and not data["unweighed"]
        and all("Myanmar" in item["label"] or "缅甸" in item["label"] for item in data["items"])
    )


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Which armies ordered shutdowns?", "armies"),
        ("Did soldiers order blocks in Sudan?", "soldiers"),
        ("警队下令封锁过Telegram吗", "警队"),
    ],
)
def test_a_word_that_an_answer_leaves_out_is_named_first(question: str, word: str, answer: Ask) -> None:
    data = answer(question)
    assert data["limits_left_out"] == [word] and word in data["sentence"].split(".")[0].split("。")[0]
