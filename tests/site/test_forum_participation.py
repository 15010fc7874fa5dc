"""Participation in standards bodies and forums, on the pages of organisations and countries."""

import re

from overt.model.record_ids import canonical_id
from tests.site.test_country import section
from tests.support.client import Client

HUAWEI = f"/organization/{canonical_id('secret_map:huawei')}"
FORUM = f"/organization/{canonical_id('open_register:forum')}"


def rows(html: str) -> list[str]:
    """Return the text of each row of a table's body."""
    body = re.sub(r'<span class="tip.*?</span>', "", html, flags=re.DOTALL)
    cells = re.findall(r"<tr>(.*?)</tr>", body.partition("<tbody>")[2].partition("</tbody>")[0], re.DOTALL)
    return [" ".join(re.sub(r"<a class=\"evidence-mark.*?</a>|<[^>]+>", " ", row).split()) for row in cells]


def test_an_organisation_has_a_row_for_each_part(client: Client) -> None:
    counted, member = rows(section(client.get(HUAWEI).text, "participation"))
    assert counted == "3GPP On mailing lists huawei.example E-mail addresses: 875 , Mailing lists: 77 2019 to 2021"
    assert member.startswith("Standards Forum Member") and "not counted" in member


def test_a_body_lists_who_takes_part(client: Client) -> None:
    [member] = rows(section(client.get(FORUM).text, "participants"))
    assert member.startswith("Huawei Technologies") and "Member" in member


def test_a_country_counts_its_organisations_and_names_them(client: Client) -> None:
    part = section(client.get("/country/CN/agreements").text, "participation")
    forums, _, participants = part.partition("</table>")
    assert rows(forums) == ["3GPP On mailing lists 1 E-mail addresses: 875 2019 to 2021"], "lists are not added up"
    assert f"{HUAWEI}#participation" in participants and "875" in participants
    assert "Open Register" in section(client.get("/country/CN/unknown").text, "sources")


def test_a_country_that_takes_part_itself(client: Client) -> None:
    [host] = rows(section(client.get("/country/RU/agreements").text, "participation"))
    assert host.startswith("ITU-T Host Y.2770") and host.endswith("period not stated")
