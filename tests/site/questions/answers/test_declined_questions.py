"""Questions that are declined, why, the questions that are suggested instead, and similar ones that are answered."""

import pytest

from overt.language.language import ENGLISH
from overt.model.content_catalogue import Catalogue
from overt.queries.database import Reader
from overt.queries.labels import load_words
from overt.queries.questions.names.non_name_words import counts_people
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.site.search.question_answering import ask
from tests.site.conftest import Ask
from tests.support.client import Client


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("total chinese funding for ghana in aiddata's table", "total chinese funding for ghana"),
        ("huawei projects of the quxzzt", "huawei projects"),
        ("quxzzt's huawei projects in kenya", "huawei projects in kenya"),
        ("which countries does china lend quxzzt to", "which countries does china lend to"),
    ],
)
def test_the_suggested_question_is_whole(answer: Ask, question: str, known: str) -> None:
    assert answer(question)["known"] == known


def test_the_answer_without_a_word_is_not_that_there_is_none(answer_in_english: Ask) -> None:
    data = answer_in_english("cellebrite in bangladesh quietly frobnicated")
    assert data["reason"] == "words" and data["known_sentence"] is None


def test_people_are_not_counted(answer: Ask) -> None:
    assert not answer("how many Uyghurs use WeChat")["understood"]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("莫桑比克监听中心的负责人是谁？", "outside"),
        ("Who heads the interception centre in Mozambique?", "unrecorded"),
        ("华为的总裁是谁", "unrecorded"),
    ],
)
def test_who_heads_something_isnt_recorded(question: str, reason: str, answer: Ask) -> None:
    data = answer(question)
    assert data["reason"] == reason and not data["items"]


@pytest.mark.parametrize("question", ["Who leads Huawei?", "Who leads the Hikvision group?", "Who leads Russia?"])
def test_who_leads_an_organisation_or_a_country_isnt_recorded(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["reason"] == "unrecorded" and not data["items"]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("huawei safe city revenue 2023", "revenue"),
        ("字节跳动 向政府提供用户数据 多少条", "向政府提供用户数据"),
        ("How many user data requests did Telegram get from India?", "user data requests"),
        ("华为2023年营收多少", "营收"),
        ("hikvision share price", "share price"),
    ],
)
def test_what_no_record_has_is_declined_by_name(question: str, word: str, answer: Ask) -> None:
    data = answer(question)
    assert data["reason"] == "unrecorded" and f"“{word}”" in data["explanation"] and not data["items"]


def test_an_authority_with_such_a_word_in_its_name_isnt_declined(answer: Ask) -> None:
    assert answer("Zimbabwe Revenue Authority")["reason"] is None
    assert answer("Huawei revenue surveillance")["reason"] != "unrecorded"


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("how many people are watched by cameras in kenya", True),
        ("有多少人被监控", True),
        ("几内亚有多少居民受影响", True),
        ("几内亚人脸识别考勤", False),
        ("有多少人脸识别项目用于考勤", False),
        ("多少无人机用于巡逻", False),
        ("谁是被监控的人", False),
    ],
)
def test_only_questions_for_a_number_of_people_count_people(
    shipped_reader: Reader, lexicon: Lexicon, text: str, counts: bool
) -> None:
    assert counts_people(read_question(shipped_reader, lexicon, text), lexicon) == counts


def test_a_question_for_a_motive_is_answered_with_what_a_record_says(answer_in_english: Ask) -> None:
    why = answer_in_english("Sandvine Belarus why was the contract ended")
    assert why["sentence"].startswith("Overt doesn’t record why")
    assert "free flow of information" in why["items"][0]["detail"]


@pytest.mark.parametrize(
    "question",
    [
        "how many people are watched by Chinese cameras worldwide",
        "How many people were arrested because of facial recognition in Moscow?",
        "63 countries chinese surveillance technology - where does that number come from",
    ],
)
def test_no_text_answers_a_question_for_a_number_of_people_or_a_figure(answer_in_english: Ask, question: str) -> None:
    assert not answer_in_english(question)["understood"]


@pytest.mark.parametrize(
    "question",
    [
        "What was the price of a camera system in Nairobi?",
        "How much does a camera network in Belgrade cost?",
        "price of a surveillance camera network in Nairobi",
        "一个摄像头项目在肯尼亚花了多少钱",
        "一个摄像头系统在内罗毕要多少钱",
        "Which projects does the Chinese government finance in my country, Kenya?",
        "Which Chinese projects are in my city, Nairobi?",
        "我的国家肯尼亚有哪些中国项目？",
        "Which general directorate of security bought Hacking Team?",
        "What is the best documented system in Serbia?",
        "How well is Huawei connected to the state?",
        "How well documented are the cameras in Belgrade?",
        "Which governments said they will ban Huawei?",
        "哪些国家表示会禁用华为",
        "会不会有华为的项目在肯尼亚",
        "How do governments block Telegram?",
    ],
)
def test_parts_of_declined_phrases_decline_no_question(question: str, answer: Ask) -> None:
    assert answer(question)["reason"] != "outside"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What was the price of a camera system in Nairobi?", "KES 14.9 bn"),
        ("Which projects does the Chinese government finance in my country, Kenya?", "Kenya"),
        ("我的国家肯尼亚有哪些华为项目？", "肯尼亚"),
        ("会不会有华为的项目在肯尼亚", "肯尼亚"),
    ],
)
def test_questions_with_parts_of_declined_phrases_are_answered(question: str, text: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and data["total"] and text in data["sentence"]


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("What is the price of a camera?", "price of one unit"),
        ("How much does a camera cost?", "price of one unit"),
        ("一个摄像头多少钱", "不记录单价"),
        ("Is TikTok blocked in my country?", "where you are"),
        ("Which projects in my area were financed by China?", "where you are"),
        ("Should my country ban TikTok?", "no advice"),
        ("which general bought Pegasus in Mexico", "not the persons in them"),
        ("is the best camera from Huawei", "doesn’t rate how good"),
        ("肯尼亚会不会封锁Telegram", "不作预测"),
        ("我的学校封了哪些网站", "无从得知您身在何处"),
    ],
)
def test_what_the_atlas_never_has_is_still_declined(question: str, about: str, answer: Ask) -> None:
    data = answer(question)
    assert data["reason"] == "outside" and about in data["explanation"]


def test_suggestions_are_near_or_none(client: Client) -> None:
    def near(question: str) -> list[str]:
        [unknown] = client.get(f"/api/v1/ask?q={question}").json()["unknown"]
        return [name["label"] for name in unknown["near"]]

    assert near("kenya cheapest huawei") == [] == near("肯尼亚 飞鸟")
    assert any("Huawei" in name for name in near("kenya huaw"))


def test_a_refusal_says_why(client: Client) -> None:
    def why(question: str) -> str:
        return str(client.get(f"/api/v1/ask?q={question}").json()["explanation"])

    assert "because of “without”: Overt records what sources document" in why("countries without huawei")
    assert "counts projects, not the devices" in why("how many satellites are in kenya")
    assert "which organisations sell, not which states" in why("does kenya sell spyware")
    assert "no answer that combines these parts: denied, agreements, kenya" in why("denied agreements kenya")
    assert "无法列出" in client.get("/api/v1/ask?q=没有huawei的国家&lang=zh").json()["explanation"]


def test_a_page_names_the_word_that_was_not_understood(shipped: Client) -> None:
    page = shipped.get("/search?q=whose+countries+bought+geedge+qwzx").text
    assert "because of" in page and "qwzx" in page.partition('aria-label="Question"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("question", "known"),
    [("下次加纳大选会不会断网", ""), ("when did huawei leave kenya", ""), ("huawei projects of the quxzzt", "huawei projects")],
)
def test_a_suggestion_is_a_question_with_an_answer(answer: Ask, question: str, known: str) -> None:
    data = answer(question)
    assert (data["understood"], data["known"]) == (False, known)
    assert not known or answer(known)["total"] > 0


def test_court_cases_are_no_customers(answer: Ask) -> None:
    assert not answer("court cases about face recognition")["understood"]


def test_an_unknown_word_leaves_an_answer_without_it(answer: Ask) -> None:
    data = answer("zorblax Huawei cameras in Kenya")
    assert not data["understood"] and data["sentence"] is None
    assert data["known_sentence"] == answer("Huawei cameras in Kenya")["sentence"]
    for question in ("cheapest Huawei cameras in Kenya", "most zorblax supplier in Africa", "zorblax Huawei"):
        assert answer(question)["known_sentence"] is None, question


@pytest.mark.ci
@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("my iPhone was hacked with Pegasus, what now", "clean or protect a device"),
        ("我手机中了间谍软件如何清除", "不能检测、清理或保护设备"),
        ("recommend a VPN for Iran", "gives no advice"),
        ("伊朗哪个VPN好用", "不提供建议"),
        ("who is the country manager of Huawei in Kenya", "no persons"),
        ("海康威视在塞尔维亚的联系方式", "不收录个人"),
        ("economic cost of the blocks in Uganda", "incomes, profits or losses"),
        ("埃塞俄比亚断网造成的经济损失", "不记录收入、利润或损失"),
        ("how many protesters were arrested with the Belgrade cameras", "doesn’t count arrests"),
        ("莫斯科的人脸识别抓了多少人", "不统计逮捕"),
        ("names of the journalists hacked with Pegasus", "no list or number of the people"),
        ("飞马的受害者有多少", "没有被监控者的名单或人数"),
        ("lawsuits against NSO Group", "no register of court cases"),
        ("article 22 of the GDPR", "has the name “gdpr”"),
        ("欧盟两用物项条例第三条", "没有名为“两用物项条例”的"),
        ("how much does one camera of the Nairobi system cost", "the price of one unit"),
        ("price per licence of Pegasus in Mexico", "the price of one unit"),
        ("乌干达 华为 摄像头 单价", "不记录单价"),
        ("internal e-mails of Huawei about Uganda", "no internal messages"),
        ("加纳和NSO的合同全文", "不收录内部邮件"),
        ("Is WhatsApp blocked on my wifi in Tehran?", "blocked in your network"),
        ("我公司的网络能上Telegram吗", "您所在的网络"),
        ("Will Kenya block Telegram again?", "makes no forecasts"),
        ("哪个国家会下一个禁TikTok", "不作预测"),
        ("how accurate are the cameras in Belgrade", "doesn’t rate how good"),
        ("海康威视和大华哪家更好", "不评价系统"),
        ("which minister signed the Huawei deal in Uganda", "not the persons in them"),
        ("坦桑尼亚哪位部长签了中兴的合同", "不是其中的个人"),
    ],
)
def test_what_isnt_recorded_is_declined_by_its_kind(question: str, about: str, answer: Ask) -> None:
    data = answer(question)
    assert (data["understood"], data["reason"]) == (False, "outside")
    assert about in data["explanation"] and not data["items"]


@pytest.mark.parametrize(
    "question",
    [
        "Was Telegram blocked in Russia in 2030?",
        "Was Telegram blocked in Russia in 2027?",
        "Was Telegram blocked in Russia since 2030?",
        "Was Telegram blocked in Russia in December 2026?",
        "Which services were blocked in 2027?",
        "Which countries blocked TikTok after 2026?",
        "Internet shutdowns in Uganda 2031",
        "2030年俄罗斯封锁哪些服务？",
        "2026年12月俄罗斯封锁了Telegram吗",
    ],
)
def test_restrictions_after_the_edition_are_forecasts(question: str, answer: Ask) -> None:
    data = answer(question)
    assert (data["understood"], data["reason"], data["items"]) == (False, "outside", [])
    assert ("makes no forecasts" if question.isascii() else "不作预测") in data["explanation"]
    assert "2026年12月" not in (data["known"] or "") and not data["known"].endswith(("2026", "2027", "2030"))


@pytest.mark.parametrize(
    "question",
    [
        "Was Telegram blocked in Russia in November 2026?",
        "Was Telegram blocked in Russia in 2026?",
        "Was Telegram blocked in Russia from 2025 to 2030?",
        "Was Telegram blocked in Russia until 2030?",
        "which cables are planned for 2028",
        "submarine cables 2027",
        "2027年有哪些海缆",
        "Which laws take effect in 2027?",
        "Which countries banned Huawei since 2027",
        "5G projects in Germany since 2029",
        "planned block of WhatsApp in Russia 2027",
    ],
)
def test_periods_that_have_begun_and_planned_dates_are_no_forecasts(question: str, answer: Ask) -> None:
    assert answer(question)["understood"]


def test_no_restriction_is_said_to_have_been_in_force_after_the_edition(answer_in_english: Ask) -> None:
    sentence = answer_in_english("planned block of WhatsApp in Russia 2027")["sentence"]
    assert "Those named here began earlier or have no recorded start." in sentence and "may have been in force" not in sentence


def test_the_record_that_fits_is_named(answer: Ask) -> None:
    data = answer("How many people were arrested because of the cameras in Moscow's metro?")
    assert data["known"] == "cameras moscow" and "Moscow: city cameras and metro" in data["known_sentence"]
    assert not data["readings"]  # Moscow isn't read as Russia


@pytest.mark.parametrize(
    "question",
    [
        "which vpn services are blocked in Russia",
        "how many laws on computer crimes does Zambia have",
        "cloud computing in Kenya",
        "price of Pegasus in Ghana",
        "how much did the cameras in Nairobi cost",
        "which projects in Serbia are planned for next year",
        "华为什么时候进入肯尼亚",
        "Which officials' devices may not use TikTok",
        "call recordings retention law in Russia",
        "哪些项目明年完工",
    ],
)
def test_ordinary_questions_with_such_words_are_answered(question: str, answer: Ask) -> None:
    assert answer(question)["reason"] != "outside"


def test_a_page_says_so_first_and_not_that_nothing_has_the_name(shipped: Client) -> None:
    page = shipped.get("/search?q=best+vpn+for+turkmenistan").text
    assert "Overt gives no advice" in page and "1 restriction of VPNs in Turkmenistan" in page
    assert "Nothing here has the name" not in page


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Why did Kenya choose Huawei?", "Overt doesn’t record why"),
        ("what was the motive for Uganda's social media block in 2021", "Overt doesn’t record why"),
        ("匈牙利为什么支持华为？", "本站不记录动机"),
        ("赞比亚购买中兴监控系统的动机是什么", "本站不记录动机"),
    ],
)
def test_an_answer_to_why_begins_with_what_no_record_has(question: str, about: str, answer: Ask) -> None:
    data = answer(question)
    assert data["sentence"].startswith(about) and data["items"]


def test_a_name_with_the_characters_of_why_asks_for_no_motive(answer: Ask) -> None:
    assert "动机" not in answer("华为什么时候进入肯尼亚")["sentence"]


def test_a_network_that_isnt_known_leads_to_the_restrictions_of_the_service(answer: Ask) -> None:
    data = answer("Is Facebook blocked in my office network?")
    assert data["known"] == "facebook blocked" and "restrictions of Facebook" in data["known_sentence"]


def test_a_title_without_another_name_is_what_is_on_record(answer: Ask) -> None:
    data = answer("Sales price of one Tiangou Secure Gateway unit")
    assert data["known"] == "tiangou secure gateway" and "Kazakhstan" in data["known_sentence"]


def test_a_declined_phrase_with_only_names_is_declined_once(shipped_reader: Reader, content: Catalogue) -> None:
    """A declined question is asked again with only its names. That must stop if the atlas also declines one of the names."""
    words = load_words(shipped_reader, content.areas.names)
    lexicon = Lexicon(content.question_grammar.model_copy(update={"outside": {"help": ["huawei"]}}), words, {})
    data = ask(shipped_reader, words, ENGLISH, lexicon, "huawei kenya")
    assert (data["reason"], data["known"], data["known_sentence"]) == ("outside", "", None)
