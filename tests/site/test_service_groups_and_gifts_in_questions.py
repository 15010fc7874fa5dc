"""Groups of services, gifts under other kinds, first records, replies instead of denials, and words of Taiwan in questions."""

import pytest

from tests.site.conftest import Ask


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


def test_a_group_limits_restrictions_with_a_cause(answer: Ask) -> None:
    data = answer("social media blocks during elections in uganda")
    assert "“social media”" in data["sentence"] and not data["unweighed"]


def test_a_group_beside_laws_remains_a_subject(answer: Ask) -> None:
    assert answer("Generative AI rules in China")["intent"] == "agreements"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What was the first restriction of an online service on record?", "YouTube, Syria (Blocking)"),
        ("oldest block on record", "YouTube, Syria (Blocking)"),
        ("伊朗最早的封锁", "脸书（Facebook）、X（推特）、YouTube、伊朗（封锁）"),
        ("newest law on record", "Amendment of the act on the national cybersecurity system"),
    ],
)
def test_the_first_or_latest_of_all_records_is_named(question: str, name: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and data["items"][0]["label"] == name and name in data["sentence"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Did Ghana's police buy Cellebrite themselves or was it a gift?", "Cellebrite phone extraction given to Ghana's police"),
        ("donated CCTV in Papua New Guinea", "Lae Market CCTV given by"),
        ("法国哪个城市收到华为赠送的监控系统？", "瓦朗谢讷"),
        ("加纳警方的Cellebrite是赠送的吗", "美国赠予加纳警方的Cellebrite手机取证设备"),
    ],
)
def test_a_gift_counts_although_it_has_another_kind(question: str, name: str, answer: Ask) -> None:
    data = answer(question)
    assert name in data["items"][0]["label"] and data["total"] == 1
    assert "No record" not in data["sentence"] and "没有" not in data["sentence"]


def test_countries_that_donate_are_the_givers(answer: Ask) -> None:
    data = answer("which countries donated scanners to Kenya")
    assert data["intent"] == "money" and {item["type"] for item in data["items"]} == {"lender"}


def test_a_reply_is_named_if_nothing_is_denied(answer: Ask) -> None:
    data = answer("did Spain deny mass surveillance")
    assert "No record says “denied”" in data["sentence"]
    assert any("Centro Nacional de Inteligencia" in (item["detail"] or "") for item in data["items"])


def test_exclusions_of_suppliers_are_no_denial_of_a_network_ban(answer: Ask) -> None:
    assert answer("瑞典 5G 禁令")["sentence"].startswith("记录了1项法律或协议：排除供应方、瑞典。")
    assert answer("facial recognition ban EU")["sentence"].startswith("No ban here has “facial recognition”")


@pytest.mark.parametrize(
    "question", ["网络身份证 什么时候生效", "When did China's internet ID take effect?", "網路身分證 什麼時候生效"]
)
def test_a_law_is_found_by_the_name_that_readers_use(question: str, answer: Ask) -> None:
    [item] = answer(question)["items"]
    assert item["id"] == "ovt-mzel7bwv6l2y"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("中方在塞爾維亞的監視器計畫", {("seat", "CN"), ("area", "RS"), ("kind", "video-surveillance")}),
        ("維吉百科 封鎖", {("service", "wikipedia")}),
        ("紐西蘭 華為 5G 禁令", {("area", "NZ"), ("kind", "5g-network")}),
        ("緬甸軍政府買了什麼監控系統", {("area", "MM")}),
        ("厄瓜多 監控", {("area", "EC")}),
        ("the Maduro regime and ZTE", {("area", "VE")}),
        ("junta surveillance Mali", {("area", "ML")}),
        ("telegam kenya", {("service", "telegram"), ("area", "KE")}),
    ],
)
def test_words_of_taiwan_and_reporters_are_read(question: str, parts: set[tuple[str, str]], answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and parts <= {(part["type"], part["id"]) for part in data["parts"]}


def test_a_service_that_is_named_is_never_left_out_for_a_common_word(answer: Ask) -> None:
    assert "facebook" not in answer("Facebook blocked office network")["unweighed"]


@pytest.mark.parametrize("question", ["新疆有哪些監控計畫", "surveillance programmes in Xinjiang"])
def test_programmes_are_named_beside_projects(question: str, answer: Ask) -> None:
    texts = [note["text"] for note in answer(question)["notes"]]
    assert any("Skynet" in text or "天网" in text for text in texts)
