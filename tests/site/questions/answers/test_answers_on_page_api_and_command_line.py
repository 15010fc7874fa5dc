"""Questions have the same answer on the search page, in the API and on the command line."""

import html
import re

import orjson

from overt.model.record_ids import canonical_id
from tests.support.client import Client
from tests.support.command_runs import overt
from tests.support.small_atlas import SmallAtlas

HUAWEI = canonical_id("secret_map:huawei")


def main_of(page: str) -> str:
    return html.unescape(page.partition("<main")[2])


def test_page_interface_and_command_give_one_answer(client: Client, atlas: SmallAtlas) -> None:
    answer = client.get("/api/v1/ask?q=huawei+kenya").json()
    assert answer["understood"] and answer["intent"] == "answer"
    assert [(part["type"], part["id"]) for part in answer["parts"]] == [("organization", HUAWEI), ("area", "KE")]
    released = client.get(f"/api/v1/answers?organization={HUAWEI}&area=KE").json()["items"]
    assert [answer["sentence"]] == [item["sentence"] for item in released]
    assert answer["address"] == released[0]["page"]
    page = main_of(client.get("/search?q=huawei+kenya").text)
    assert re.sub(r"\s+", " ", answer["sentence"]) in re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page))
    assert f'href="{answer["address"]}"' in page
    printed = overt("ask", "huawei", "kenya", "--json", "--workspace", atlas.workspace.root)
    assert printed.code == 0
    data = orjson.loads(printed.out)
    assert {name: data[name] for name in answer if name not in ("release", "address", "items")} == {
        name: answer[name] for name in answer if name not in ("release", "address", "items")
    }
    text = overt("ask", "huawei", "kenya", "--workspace", atlas.workspace.root).out
    assert answer["sentence"] in text and text.startswith("understood: organization")


def test_a_name_asked_for_twice_has_the_answer_of_the_name(client: Client) -> None:
    once, twice = (client.get(f"/api/v1/ask?q={words}").json() for words in ("huawei", "huawei+huawei"))
    assert [part["id"] for part in twice["parts"]] == [HUAWEI, HUAWEI]
    assert (twice["sentence"], twice["address"]) == (once["sentence"], once["address"]) and once["address"]


def test_what_was_understood_can_be_removed(client: Client) -> None:
    page = main_of(client.get("/search?q=who+supplied+cameras+to+kenya").text)
    assert 'href="/search?q=who+supplied+to+kenya"' in page
    assert 'kind: Video surveillance <span aria-hidden="true">×</span>' in page
    chinese = main_of(client.get("/zh/search?q=huawei在肯尼亚").text)
    assert "国家" in chinese and 'href="/zh/search?q=' in chinese


def test_what_is_not_understood_is_said(client: Client, atlas: SmallAtlas) -> None:
    answer = client.get("/api/v1/ask?q=when+did+huawei+leave+kenya").json()
    assert (answer["understood"], answer["reason"], answer["sentence"], answer["items"]) == (False, "words", None, [])
    assert [row["word"] for row in answer["unknown"]] == ["leave"]
    page = main_of(client.get("/search?q=when+did+huawei+leave+kenya").text)
    assert "Not understood as a question, because of “leave”." in page
    assert "Ask without" not in page  # “when did huawei kenya” isn't a question
    printed = overt("ask", "leave", "huawei", "--workspace", atlas.workspace.root)
    assert (printed.code, "not understood: “leave”" in printed.out) == (1, True)
    assert overt("ask", "huawei", "--lang", "fr", "--workspace", atlas.workspace.root).code == 2


def test_a_name_is_searched_for_and_not_answered(client: Client) -> None:
    for query in ("huawei", "kenya"):
        page = main_of(client.get(f"/search?q={query}").text)
        assert 'class="asked"' not in page and "Not understood" not in page, query


def test_a_page_explains_a_text_without_any_match_as_the_api_does(client: Client) -> None:
    for query in ("nothing is called so", "wie viel kostet das"):
        page = main_of(client.get(f"/search?q={query}").text)
        explanation = client.get(f"/api/v1/ask?q={query}").json()["explanation"]
        assert explanation.startswith("Not understood as a question, because of “") and explanation in html.unescape(page), query


def test_every_intent_answers(client: Client) -> None:
    questions = {
        "answer": "huawei africa",
        "suppliers": "who supplied kenya",
        "places": "where is huawei",
        "projects": "cctv kenya",
        "money": "loans to kenya",
        "blocked": "what is blocked in kenya",
        "agreements": "laws of china",
        "lists": "is huawei sanctioned",
        "organization": "huawei",
        "country": "kenya",
        "region": "asean",
        "kind": "facial recognition",
    }
    for intent, question in questions.items():
        for lang in ("en", "zh"):
            answer = client.get(f"/api/v1/ask?q={question}&lang={lang}").json()
            assert answer["intent"] == intent, answer
            assert answer["sentence"] and answer["total"] >= len(answer["items"])
            assert client.get(answer["address"].partition("#")[0]).status_code == 200, answer["address"]
            for item in answer["items"]:
                assert client.get(item["address"]).status_code == 200, item


def test_numbers_of_a_reply_are_those_of_its_page(client: Client) -> None:
    answer = client.get("/api/v1/ask?q=projects+in+kenya").json()
    listed = client.get(f"/api/v1/projects{answer['address'].removeprefix('/explorer')}").json()
    assert answer["total"] == listed["total"]
    assert {item["id"] for item in answer["items"]} <= {item["id"] for item in listed["items"]}


def test_readings_and_words_left_out_are_shown(client: Client, atlas: SmallAtlas) -> None:
    page = client.get("/search?q=hauwei+airport+cameras+kenya").text
    assert "“hauwei” was read as Huawei." in page and "This leaves out “airport”" in page
    printed = overt("ask", "hauwei", "airport", "cameras", "kenya", "--workspace", atlas.workspace.root).out
    assert "read “hauwei” as Huawei" in printed and "This leaves out “airport”" in printed
    police = client.get("/search?q=hauwei+police+cameras+kenya").text
    assert "“hauwei” was read as Huawei." in police and "is of this kind (“police”)" in police
