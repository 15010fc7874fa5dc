"""Chinese pages of the shipped edition have Chinese names: in the search, on a country's page, and in the explorer."""

import re
from html import unescape

from tests.support.client import Client


def test_chinese_pages_use_chinese_names_and_no_space_after_a_full_stop(shipped: Client) -> None:
    page = shipped.get("/zh/search?q=huawei+kenya").text
    assert "Safaricom：肯尼亚5G网络，由华为和诺基亚供应" in page.partition('id="group-1"')[2], "also among the matches"
    assert "名称含这些词的页面：" in page and ">项目</th>" in page
    assert "： " not in page and "。 " not in page
    assert "塞尔维亚政府" in shipped.get("/zh/country/RS").text


def test_the_browser_names_projects_in_chinese_as_the_page_does(shipped: Client) -> None:
    columns = shipped.get("/api/v1/explore/columns?lang=zh").json()
    ids = [f"ovt-{columns['ids'][at : at + 12]}" for at in range(0, len(columns["ids"]), 12)]
    langs = columns["values"]["lang"]
    named = {id_: (name, langs[lang]) for id_, name, lang in zip(ids, columns["names"], columns["lang"], strict=True)}
    row = r'<th scope="row">.*?href="/zh/project/(ovt-[a-z2-7]+)"><bdi(?: lang="([a-z-]+)")?>(.*?)</bdi>'
    listed = re.findall(row, shipped.get("/zh/explorer?country=KE").text)
    assert len(listed) >= 10 and any(not lang for _, lang, _ in listed)
    assert {id_: (unescape(name), lang or "zh") for id_, lang, name in listed} == {id_: named[id_] for id_, _, _ in listed}
