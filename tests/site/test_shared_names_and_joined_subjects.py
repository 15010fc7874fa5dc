"""Questions on records that share a name, on joined subjects and on scores, and with everyday words."""

from overt.site.search.answered_question import is_question
from tests.site.conftest import Ask


def test_one_record_does_not_stand_for_all_that_share_its_name(answer: Ask) -> None:
    data = answer("list of countries where Predator spyware was sold or seen")
    assert data["intent"] == "places" and data["total"] > 10
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


def test_joined_subjects_need_not_all_be_in_one_text(answer: Ask) -> None:
    data = answer("中俄之间有哪些网络和信息安全协议？")
    assert any("上海合作组织" in item["label"] and "2009" in item["detail"] for item in data["items"])
    other = next(note["text"] for note in data["notes"] if "未提及" in note["text"])
    assert "“网络”或“信息安全”" in other and "信息安全" not in other.partition("：")[2]


def test_subjects_side_by_side_must_all_be_mentioned(answer: Ask) -> None:
    both = answer("laws on encryption and cybersecurity in China")
    side_by_side = answer("encryption cybersecurity laws in China")
    assert side_by_side["total"] < both["total"]
    assert any("only a part of this" in note["text"] for note in side_by_side["notes"])


def test_a_text_that_mentions_a_subject_only_in_translation_is_named(answer: Ask) -> None:
    notes = [note["text"] for note in answer("Which countries have data localisation laws?")["notes"]]
    translated = next(text for text in notes if "only in the Chinese translation" in text)
    assert "Data Security Law" in translated


def test_a_name_with_a_left_out_word_gets_its_projects(answer: Ask) -> None:
    data = answer("clearview ai police")
    assert is_question(data) and "customers or operators are of this kind (“police”)" in data["sentence"]
    assert data["total"] == 6 and "1 more project has customers of another kind only." in data["sentence"]
    assert {item["type"] for item in data["items"]} == {"project"}
    assert not is_question(answer("clearview ai"))


def test_countries_are_ranked_by_a_score(answer: Ask) -> None:
    data = answer("top 5 countries digital repression index 2021")
    assert data["intent"] == "scores" and "North Korea: 2.97" in data["sentence"]
    assert "Nicaragua" in data["sentence"] and "China" not in data["sentence"]
    assert "lowest" in answer("lowest digital repression index in africa")["sentence"]
    assert "朝鲜" in answer("数字压制指数最高的五个国家")["sentence"]


def test_a_score_is_of_the_year_asked_for_or_names_the_year_as_left_out(answer: Ask) -> None:
    assert answer("vietnam freedom on the net score 2021")["unweighed"] == []
    assert answer("digital repression index 2019 kenya")["unweighed"] == ["2019"]
    assert set(answer("freedom on the net between 2018 and 2021 china")["unweighed"]) == {"2018", "2021"}


def test_replacements_of_services_are_named(answer: Ask) -> None:
    sentence = answer("what do people use instead of google and youtube in china")["sentence"]
    assert "Baidu for Google Search" in sentence and "Youku" in sentence
    assert "No recorded restriction names" in answer("alternatives to twitter in Russia")["sentence"]
    assert not answer("what is used instead of Huawei in UK 5G")["understood"]


def test_words_around_a_few_others_are_read(answer: Ask) -> None:
    data = answer("Which EU member states have laws or decisions that keep Huawei out of 5G?")
    assert data["intent"] == "agreements" and {"typed": "keep … out of", "read": "exclude … from"} in data["readings"]
    assert answer("把华为排除在5G之外的国家")["intent"] == "agreements"


def test_words_for_another_name_mean_nothing_between_two_names(answer: Ask) -> None:
    data = answer("who owns HMN Tech, formerly Huawei Marine?")
    assert data["intent"] == "owners" and data["unweighed"] == []
    for question in ("hikvision formerly known as what", "what is Hikvision known as"):
        assert not answer(question)["understood"], "a note with the word “known” doesn't answer it"
