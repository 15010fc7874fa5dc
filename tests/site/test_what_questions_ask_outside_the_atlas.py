"""Answers to questions about what the atlas doesn't record first say so, then what it has about the names in the question."""

import pytest

from overt.language.language import ENGLISH
from overt.model.content_catalogue import Catalogue
from overt.queries.database import Reader
from overt.queries.labels import load_words
from overt.queries.questions.question_lexicon import Lexicon
from overt.site.search.answered_question import ask
from tests.site.conftest import Ask
from tests.support.client import Client


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


@pytest.mark.parametrize("question", ["6", "systems 6", "cameras in Kenya 6"])
def test_a_short_number_matches_no_text(question: str, answer: Ask) -> None:
    assert "mention" not in (answer(question)["sentence"] or "")


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Why did Kenya choose Huawei?", "Overt doesn’t record why"),
        ("what was the motive for Uganda's social media block in 2021", "Overt doesn’t record why"),
        ("匈牙利为什么支持华为？", "Overt不记录动机"),
        ("赞比亚购买中兴监控系统的动机是什么", "Overt不记录动机"),
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
    """The names in a declined question are asked about again, and these could be the phrase of an atlas's own words."""
    words = load_words(shipped_reader, content.areas.names)
    lexicon = Lexicon(content.question_grammar.model_copy(update={"outside": {"help": ["huawei"]}}), words, {})
    data = ask(shipped_reader, words, ENGLISH, lexicon, "huawei kenya")
    assert (data["reason"], data["known"], data["known_sentence"]) == ("outside", "", None)
