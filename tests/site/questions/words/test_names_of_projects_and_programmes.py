"""Projects and programmes that a question names by their titles, or by words from their titles."""

import pytest

from overt.index.search_text import written
from overt.site.search.related_projects import contains_words
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes
from tests.site.questions.conftest import AskSmallAtlas

IJOP = "Integrated Joint Operations Platform (IJOP)"


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("is cambodia's national internet gateway operational", "(Announced or planned)"),
        ("柬埔寨國家網際網路閘道已經上線了嗎", "（已宣布或计划中）"),
    ],
)
def test_a_project_of_the_name_is_beside_its_law(question: str, status: str, answer: Ask) -> None:
    assert status in answer(question)["sentence"]


def test_a_missing_name_does_not_hide_the_others(understood_answer: Ask) -> None:
    assert "only “Xinjiang” in their names" in notes(understood_answer("Xinjiang ECU 911"))


def test_two_records_of_one_name_are_both_meant(answer_in_english: Ask) -> None:
    data = answer_in_english("新华社跟外国媒体签的合作协议")
    assert any("ANSA–Xinhua" in label for label in labels(data))


def test_words_with_digits_are_found_in_names(answer_in_english: Ask) -> None:
    assert labels(answer_in_english("circles ss7 botswana")) == ["Circles SS7 interception system in Botswana"]


def test_a_name_with_more_of_the_questions_words_comes_first(answer: Ask) -> None:
    data = answer("Which Chinese state programme gave satellite TV to African villages, and how many villages?")
    assert (
        labels(data)[0] == "Access to Satellite TV for 10,000 African Villages"
        and "10,112 villages" in data["items"][0]["detail"]
    )


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("CEIBA-2 cable", "CEIBA-2 submarine cable (Malabo–Bata–Kribi)"),
        ("How does China's Golden Shield Project work?", "Golden Shield Project"),
        ("Smart Sampa contract winner", "Smart Sampa: cameras with face recognition for the city of São Paulo"),
        ("which app scans phones at the Xinjiang border", "BXAQ (Fengcai) phone-scanning app at the Xinjiang border"),
        ("What is the Great Firewall?", "Great Firewall"),
    ],
)
def test_a_name_leads_to_its_record(answer_in_english: Ask, question: str, name: str) -> None:
    data = answer_in_english(question)
    assert data["understood"] and data["intent"] in ("record", "texts") and labels(data) == [name]


def test_unused_words_beside_a_name_are_named(answer_in_english: Ask) -> None:
    assert "winner" in answer_in_english("Smart Sampa contract winner")["unweighed"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("克拉古耶瓦茨 数据中心", "克拉古耶瓦茨：中国援建的城市数据中心"),
        ("柬埔寨 国家互联网网关", "柬埔寨：国家互联网网关"),
        ("巴基斯坦国家防火墙是谁提供的设备", "巴基斯坦网络监控系统（WMS 2.0），即国家防火墙"),
    ],
)
def test_chinese_names_lead_to_their_records(answer_in_chinese: Ask, question: str, name: str) -> None:
    assert name in labels(answer_in_chinese(question))[:2]


def test_a_denial_keeps_its_conditions_beside_a_name(answer_in_english: Ask) -> None:
    data = answer_in_english("Peru 5G Entel Huawei")
    assert labels(data) == ["Entel (Peru): 5G antennas of Huawei"]
    assert "No project is recorded under all these conditions: 5G network in Peru, Entel, Huawei" in data["sentence"]
    assert not any("in its name" in note["text"] for note in data["notes"]), "the answer already names the record"
    assert answer_in_english("has Brazil banned Huawei")["items"] == []


def test_projects_are_named_by_the_beginning_of_their_name(ask_small_atlas: AskSmallAtlas) -> None:
    assert [part["type"] for part in ask_small_atlas("Nairobi safe city kenya")["parts"]].count("area") == 1
    data = ask_small_atlas("test sea cable")
    assert data["parts"][0]["type"] == "project_name" and data["total"] == 1


def test_one_record_does_not_stand_for_all_that_share_its_name(answer: Ask) -> None:
    data = answer("list of countries where Predator spyware was sold or seen")
    assert data["intent"] == "places" and data["total"] == 9
    assert all(country in data["sentence"] for country in ("Jordan", "Kenya", "Qatar", "United Arab Emirates"))


def test_a_chinese_name_finds_titles_with_the_latin_one(answer: Ask) -> None:
    data = answer("捕食者软件曾出现在哪些国家")
    assert "“Predator”" in data["sentence"] and "约旦" in data["sentence"]


def test_a_list_is_not_answered_by_a_few_names(answer: Ask) -> None:
    data = answer("which countries have Predator operator qwzx")
    assert data["intent"] != "record"


def test_a_record_found_by_name_says_which_others_share_the_word(answer: Ask) -> None:
    data = answer("Predator Madagascar anti-fraud agency bought")
    assert data["total"] == 1 or any("predator" in note["text"].lower() for note in data["notes"])


def test_a_title_with_the_country_is_named_without_its_supplier(answer: Ask) -> None:
    sentence = answer("Is it true that Hungary agreed to put Chinese face-recognition cameras in?")["sentence"]
    assert "Reported Chinese AI cameras" in sentence and "Denied" in sentence


@pytest.mark.parametrize(
    ("name", "word", "is_in"),
    [
        ("Safe city and smart city", "art", False),
        ("Spyware and software", "war", False),
        ("Reported Chinese AI cameras", "AI", True),
        ("Belgrade: smart city", "smart city", True),
        ("平安城市视频监控", "监控", True),
        ("平安城市视频监控", "战争", False),
    ],
)
def test_parts_of_words_are_no_words(name: str, word: str, is_in: bool) -> None:
    assert contains_words(written(name), written(word)) is is_in


@pytest.mark.parametrize("question", ["绿坝是哪家公司开发的", "who developed green dam"])
def test_a_short_name_finds_the_programme(question: str, answer: Ask) -> None:
    assert answer(question)["items"][0]["label"] in ("绿坝·花季护航", "Green Dam Youth Escort")


@pytest.mark.parametrize("question", ["新疆 一体化联合作战平台 谁做的", "who built the IJOP"])
def test_a_programme_is_a_record_too(answer_in_english: Ask, question: str) -> None:
    data = answer_in_english(question)
    assert labels(data) == [IJOP] and "suppliers: Landasoft" in data["sentence"]


@pytest.mark.parametrize("question", ["what is the golden shield", "金盾是谁做的", "golden shield suppliers"])
def test_a_programme_is_found_by_a_shorter_name(answer_in_english: Ask, question: str) -> None:
    assert labels(answer_in_english(question)) == ["Golden Shield Project"]


def test_a_title_beside_other_conditions_is_named(answer_in_english: Ask) -> None:
    data = answer_in_english("新疆 IJOP 华为")
    assert data["sentence"].startswith(f"On record under this title: {IJOP}") and labels(data) == [IJOP]
    assert "No project is recorded under all these conditions: Xinjiang, “IJOP”, Huawei" in data["sentence"]
    assert IJOP not in notes(data), "the answer already names the record"
    assert "Only projects were searched" in notes(data)


def test_a_denial_names_programmes_with_words_of_the_question(answer: Ask) -> None:
    data = answer("ITU standards facial recognition China")
    assert data["items"][0]["label"].startswith("ITU standards for facial recognition") and data["total"] == 1
    assert "ITU standards" not in notes(data), "the answer already names the record"


@pytest.mark.parametrize("question", ["新疆有哪些監控計畫", "surveillance programmes in Xinjiang"])
def test_programmes_are_named_beside_projects(question: str, answer: Ask) -> None:
    texts = [note["text"] for note in answer(question)["notes"]]
    assert any("Skynet" in text or "天网" in text for text in texts)


def test_a_programme_comes_with_its_projects(answer: Ask) -> None:
    data = answer("What is the Chinese state programme that gives African villages satellite TV, and was Nigeria part of it?")
    assert data["items"][0]["type"] == "programme" and "Nigeria" in data["items"][1]["detail"] and not data["limits_left_out"]


@pytest.mark.parametrize("country", ["Norway", "Fiji"])
def test_a_programme_without_a_record_in_a_country_is_not_denied_there(country: str, answer: Ask) -> None:
    sentence = answer(f"Chinese state programme that gives African villages satellite TV, and was {country} part of it?")[
        "sentence"
    ]
    assert f"No project with words of its name is on record in: {country}. That is not evidence of absence." in sentence
