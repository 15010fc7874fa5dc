"""Replies to questions state what they leave out, and never deny a record that exists."""

from typing import Any

import pytest

from tests.support.atlas import overt
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

NAIROBI, DENIED = "Safe City Nairobi", "Denied data centre"


@pytest.fixture
def ask(public_client: Client) -> Any:
    def answer(question: str, lang: str = "en") -> dict[str, Any]:
        data: dict[str, Any] = public_client.get(f"/api/v1/ask?q={question}&lang={lang}").json()
        assert data["understood"], data
        for address in filter(None, (data["address"], *(note["address"] for note in data["notes"]))):
            assert public_client.get(address.partition("#")[0]).status_code == 200, address
        return data

    return answer


def notes_of(data: dict[str, Any]) -> str:
    return " ".join(note["text"] for note in data["notes"])


def labels_of(data: dict[str, Any]) -> list[str]:
    return [item["label"] for item in data["items"]]


@pytest.mark.slow
def test_a_denied_project_is_shown_as_denied(ask: Any) -> None:
    data = ask("who built the data centre in laos")
    assert data["sentence"].startswith("1 project is recorded, but none that counts as supplied")
    assert labels_of(data) == [DENIED] and data["items"][0]["detail"].endswith("Denied")
    assert "1 project is recorded as “Denied”: Denied data centre." in notes_of(data)
    assert "“Announced”: 5G trial in Laos" in notes_of(ask("huawei laos mobile networks"))
    assert "“已否认”" in notes_of(ask("谁建设了老挝的数据中心", "zh"))


def test_projects_under_other_kinds_are_named(ask: Any) -> None:
    data = ask("huawei facial recognition kenya")
    assert (
        data["sentence"].startswith("No record meets all of this")
        and "index of 2022 names it" in data["sentence"]
        and labels_of(data) == [NAIROBI]
    )
    assert labels_of(ask("facial recognition in kenya")) == [NAIROBI]
    assert "other kinds" not in notes_of(ask("spyware in kenya"))


def test_years_find_what_was_in_place(public_client: Client, ask: Any) -> None:
    data = ask("smart cities in kenya in 2018")
    assert labels_of(data) == [NAIROBI] and "1 of them has another date" in notes_of(data)
    assert "as_of=2018" in data["address"]
    listed = public_client.get(f"/api/v1/projects{data['address'].removeprefix('/explorer')}").json()
    assert listed["total"] == data["total"]
    for period, year in (("in 2011", "2011"), ("since 2018", "2018"), ("before 2012", "2012")):
        sentence = ask(f"smart cities in kenya {period}")["sentence"]
        assert "No record meets all of this" in sentence and f"Without “{year}”: " in sentence, "the year as typed"
    data = ask("smart cities in kenya in 2014")
    assert labels_of(data) == [NAIROBI]


def test_undated_projects_are_mentioned(ask: Any) -> None:
    data = ask("projects in laos since 2019")
    assert DENIED not in labels_of(data)
    assert "1 project without a date is not in the answer, but may be meant: Denied data centre." in notes_of(data)


def test_notes_are_about_the_members_of_the_year(ask: Any) -> None:
    """Laos joined ASEAN in 1997, and Pakistan the SCO in 2017. Kenya never joined the SCO."""
    assert "possibly in place then: Denied data centre" in notes_of(ask("projects in asean in 2016"))
    assert "without a date" not in notes_of(ask("projects in asean in 1995"))
    assert ask("projects in kenya in the sco in 2014")["sentence"].startswith("No record meets all of this")


def test_each_of_several_organisations_and_countries_is_counted(ask: Any) -> None:
    sentence = ask("Huawei or Huawei Marine smart cities in kenya")["sentence"]
    assert sentence.endswith(
        "Huawei Technologies Co., Ltd.: 1 project; Huawei Marine: no project on record (smart or safe city in Kenya). "
        "That is not evidence of absence."
    )
    assert (
        "Kenya: 1 project; Pakistan: no project on record (Smart or safe city)."
        in ask("smart cities in kenya and pakistan")["sentence"]
    )
    assert "：1个项目" in ask("肯尼亚和巴基斯坦的智慧城市", "zh")["sentence"]


def test_lenders_and_other_parties_have_their_roles(ask: Any) -> None:
    data = ask("Huawei loan Export Bank of Ruritania kenya")
    assert labels_of(data) == [NAIROBI] and "Export Bank of Ruritania" in data["sentence"]
    data = ask("Huawei Marine loan Export Bank of Ruritania kenya")
    assert data["items"] == [] and data["sentence"].startswith("No record here")


def test_a_seat_is_in_the_address_of_the_answer(ask: Any) -> None:
    data = ask("Chinese suppliers of smart cities in kenya")
    assert len(data["items"]) == 1 and f"company={data['items'][0]['id']}" in data["address"]
    none = ask("Israeli suppliers of smart cities in kenya")
    assert "No record meets all of this, as far as home countries are recorded: based in Israel" in none["sentence"]


def test_shutdowns_by_year(ask: Any) -> None:
    assert ask("internet shutdowns in kenya 2023")["sentence"].startswith("1 restriction on record began then, in 1 country")
    data = ask("was the internet shut down in kenya in 2024")
    assert data["sentence"].startswith("No record meets all of this: Shutdown, Kenya, 2024. Without “2024”: 1 restriction")
    assert "here are about 1 country only: Kenya." in notes_of(data)
    assert "No record meets all of this" in ask("internet shutdowns in kenya before 2023")["sentence"]


def test_laws_and_agreements_by_kind_country_and_subject(ask: Any) -> None:
    assert [item["label"] for item in ask("real name registration law russia")["items"]] == ["Russian Networks Act"]
    assert ask("encryption law russia")["total"] == 2
    data = ask("cybercrime law russia")
    assert data["sentence"].startswith("No name, summary or provision here mentions “cybercrime”. Without that, 2 laws")
    data = ask("treaty between china and russia")
    assert data["total"] == 1 and "isn’t limited to: China" in notes_of(data)
    assert ask("treaty between china and kenya")["items"] == []
    assert ask("laws of russia after 2020")["total"] == 1
    data = ask("law or treaty russia since 2000")
    assert (data["total"], data["address"]) == (3, "/country/RU") and "isn’t limited to: since 2000" in notes_of(data)
    assert [item["id"] for item in ask("which countries have a treaty with china")["items"]] == ["RU"]


def test_an_organisation_of_no_record_is_named(ask: Any) -> None:
    data = ask("world bank loans for smart cities in kenya")
    assert data["sentence"].endswith("No record here names World Bank. That is not evidence of absence.")
    assert data["unweighed"] == ["loans"]
    assert "Without the organisation, 1 project is recorded: Safe City Nairobi" in notes_of(data)


def test_who_is_named_if_the_answer_names_nobody(ask: Any) -> None:
    assert ask("who banned huawei in kenya")["unweighed"] == ["who"]


def test_projects_are_named_by_the_beginning_of_their_name(ask: Any) -> None:
    assert [part["type"] for part in ask("Nairobi safe city kenya")["parts"]].count("area") == 1
    data = ask("test sea cable")
    assert data["parts"][0]["type"] == "project_name" and data["total"] == 1


def test_readings_and_words_left_out_are_shown(client: Client, atlas: SmallAtlas) -> None:
    page = client.get("/search?q=hauwei+airport+cameras+kenya").text
    assert "“hauwei” was read as Huawei." in page and "This leaves out “airport”" in page
    printed = overt("ask", "hauwei", "airport", "cameras", "kenya", "--workspace", atlas.workspace.root).out
    assert "read “hauwei” as Huawei" in printed and "This leaves out “airport”" in printed
    police = client.get("/search?q=hauwei+police+cameras+kenya").text
    assert "“hauwei” was read as Huawei." in police and "is of this kind (“police”)" in police


def test_suggestions_are_near_or_none(client: Client) -> None:
    def near(question: str) -> list[str]:
        [unknown] = client.get(f"/api/v1/ask?q={question}").json()["unknown"]
        return [name["label"] for name in unknown["near"]]

    assert near("kenya cheapest huawei") == [] == near("肯尼亚 飞鸟")
    assert any("Huawei" in name for name in near("kenya huaw"))


def test_an_answer_about_a_pair_names_its_projects(ask: Any) -> None:
    assert NAIROBI in labels_of(ask("huawei kenya"))


def test_what_is_excluded_is_left_out_and_named(ask: Any) -> None:
    data = ask("smart cities in kenya not by huawei")
    assert data["items"] == [] and "not Huawei Technologies Co., Ltd" in data["sentence"]
    assert [part["label"] for part in data["excluded"]] == ["Huawei Technologies Co., Ltd."]
    assert "isn’t limited to: not Huawei" in notes_of(data)


def test_a_shared_cable_remains_one_of_the_other_countries(ask: Any) -> None:
    data = ask("which countries other than kenya have submarine cables")
    assert labels_of(data) == ["Pakistan"] and data["items"][0]["detail"] == "1 project"
    data = ask("submarine cables in pakistan not in kenya")
    assert "1 project is left out because it is also in a country that the question excludes: Test Sea Cable." in notes_of(data)


def test_dates_and_amounts_are_ranked(ask: Any) -> None:
    data = ask("when did the smart city in kenya start")
    assert "No date of that event (“start”) is on record" in data["sentence"] and labels_of(data) == [NAIROBI]
    assert "The earliest date on record (agreed 20" in data["sentence"]
    assert ask("latest project in kenya")["sentence"].startswith("The latest date on record (")
    assert ask("when did the data centre in laos start")["sentence"].startswith("1 project is recorded, without a date")
    assert "projects has one" in notes_of(ask("most expensive project in kenya"))
    assert ask("projects in kenya worth more than 900 billion dollars")["items"] == []


def test_no_money_is_no_denial_of_the_project(ask: Any) -> None:
    data = ask("who paid for the data centre in laos")
    assert data["sentence"].startswith("No lender or donor is on record here") and labels_of(data) == [DENIED]


def test_official_lists_in_the_atlas_are_named(ask: Any) -> None:
    assert "only some entries of official lists: US DoD list of Chinese military companies." in notes_of(
        ask("is huawei on the us entity list")
    ), "no list that isn't in the atlas is named"


def test_a_refusal_says_why(client: Client) -> None:
    def why(question: str) -> str:
        return str(client.get(f"/api/v1/ask?q={question}").json()["explanation"])

    assert "because of “without”: Overt records what exists" in why("countries without huawei")
    assert "counts projects, not the devices" in why("how many satellites are in kenya")
    assert "which organisations sell, not which states" in why("does kenya sell spyware")
    assert "no answer that combines these parts: denied, agreements, kenya" in why("denied agreements kenya")
    assert "无法列出" in client.get("/api/v1/ask?q=没有huawei的国家&lang=zh").json()["explanation"]


def test_customers_are_named(ask: Any) -> None:
    [item] = ask("who uses the data centre in laos")["items"]
    assert item["label"] == DENIED and "customer" in item["detail"]
