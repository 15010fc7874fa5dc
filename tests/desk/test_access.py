"""Only people who know the desk's address can reach it; pages of other servers and malformed requests are refused."""

import pytest

from overt.http.response_headers import SECURITY_HEADERS
from overt.importing import machine_clock_check
from overt.model.errors import UsageError
from overt.server.app import ServeSettings, create_app
from tests.desk.conftest import HERE, TOKEN, DeskClient
from tests.desk.test_desk import ANSWER
from tests.desk.test_signed_desk import serve
from tests.support.client import HOST, Client
from tests.support.command_built_atlas import Atlas

FIELDS = {**ANSWER, "verdict": "same"}
PAGES = ("", "queue", "relations", "judgements", "?at=1", "judgements?undo=1")


@pytest.fixture(scope="module")
def untouched(original: tuple[Atlas, str]) -> tuple[DeskClient, Atlas]:
    """A desk and its atlas. The tests that share them assert that no request writes to the ledger."""
    return DeskClient(create_app(ServeSettings(original[0].workspace, original[1], desk=TOKEN))), original[0]


def test_desk_is_off_by_default(made: tuple[Atlas, str]) -> None:
    client = Client(create_app(ServeSettings(made[0].workspace, made[1])))
    for path in PAGES:
        assert client.get(HERE + path).status_code == 404
    assert client.request("POST", f"{HERE}judge", data=FIELDS, headers={"Origin": HOST}).status_code in (404, 405)
    assert made[0].ledger.entries() == []


def test_desk_never_runs_beyond_loopback(made: tuple[Atlas, str]) -> None:
    with pytest.raises(UsageError, match="the desk is for this machine only"):
        create_app(ServeSettings(made[0].workspace, made[1], public=True, desk=TOKEN))


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "%00", "é", "None"])
def test_a_wrong_token_finds_nothing(untouched: tuple[DeskClient, Atlas], token: str) -> None:
    desk, atlas = untouched
    plain = desk.get("/nothing-here")
    for path in PAGES:
        answer = desk.get(f"/desk/{token}/{path}")
        assert answer.status_code == 404
        assert "judge" not in answer.text.lower() and answer.text == plain.text
    for path in ("judge", "undo"):
        answer = desk.request("POST", f"/desk/{token}/{path}", data={**FIELDS, "entry": "1"}, headers={"Origin": HOST})
        assert answer.status_code in (404, 405)
    assert atlas.ledger.entries() == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://attack.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://localhost"},
        {"Origin": f"{HOST}.attack.example"},
        {"Origin": "https://127.0.0.1@attack.example"},
        {"Origin": "file://127.0.0.1"},
        {"Origin": "http://attack.example", "Host": "attack.example"},
    ],
)
@pytest.mark.parametrize("path", ["judge", "undo"])
def test_forms_of_other_pages_are_refused(untouched: tuple[DeskClient, Atlas], headers: dict, path: str) -> None:
    """One of these pages is on a foreign host whose name resolves to this machine. The server refuses that name."""
    desk, atlas = untouched
    answer = desk.request("POST", HERE + path, data={**FIELDS, "entry": "1"}, headers=headers)
    assert answer.status_code == (421 if "Host" in headers else 403)
    assert atlas.ledger.entries() == []


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765"])
def test_every_name_of_this_machine_will_do(desk: DeskClient, atlas: Atlas, host: str) -> None:
    answer = desk.request("POST", f"{HERE}judge", data=FIELDS, headers={"Origin": f"http://{host}", "Host": host})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b'{"verdict": "same"}', "application/json", 415),
        (b"verdict=same", "text/plain", 415),
        (b"", "", 415),
        (b"why=" + b"x" * 70_000, None, 413),
        (b"why=%ff", None, 400),
        (b"why=\xff", None, 400),
        (b"why=a&why=b", None, 400),
        (b"&".join(b"f%d=1" % number for number in range(50)), None, 400),
        (b"at=-1", None, 400),
        (b"at=99999999999999", None, 400),
        ("at=٣".encode(), None, 400),
    ],
)
def test_malformed_forms_are_refused(untouched: tuple[DeskClient, Atlas], body: bytes, kind: str | None, code: int) -> None:
    desk, atlas = untouched
    kind = "application/x-www-form-urlencoded; charset=utf-8" if kind is None else kind
    answer = desk.request("POST", f"{HERE}judge", content=body, headers={"Origin": HOST, "Content-Type": kind})
    assert answer.status_code == code
    assert "Traceback" not in answer.text
    assert atlas.ledger.entries() == []


@pytest.mark.parametrize("path", ["?at=x", "?at=-1", "?done=1e9", "judgements?undo=x", f"?at={'9' * 5000}"])
def test_addresses_that_mean_nothing(untouched: tuple[DeskClient, Atlas], path: str) -> None:
    assert untouched[0].get(HERE + path).status_code == 400


def test_pages_are_not_cached_have_security_headers_and_set_no_cookie(desk: DeskClient) -> None:
    answers = [desk.get(HERE + path) for path in PAGES] + [desk.post("judge", **FIELDS), desk.get(f"/desk/{TOKEN}")]
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers and "set-cookie" not in answer.headers
        assert answer.headers["referrer-policy"] == "same-origin", "else a browser would send no origin with a form"
        for name in SECURITY_HEADERS.keys() - {"Referrer-Policy"}:
            assert answer.headers[name] == SECURITY_HEADERS[name]
    assert answers[-1].headers["location"] == f"{TOKEN}/"


def test_the_token_is_on_no_page(untouched: tuple[DeskClient, Atlas]) -> None:
    desk, _ = untouched
    for path in (HERE, f"{HERE}queue", f"{HERE}relations", f"{HERE}judgements", "/", "/method", "/api/openapi.json"):
        assert TOKEN not in desk.get(path).text
        if not path.startswith(HERE):
            assert "/desk/" not in desk.get(path).text


def test_reading_changes_nothing(untouched: tuple[DeskClient, Atlas]) -> None:
    desk, atlas = untouched
    for path in (*PAGES, "judge", "undo", "judge?left=a&verdict=same"):
        desk.get(HERE + path)
    assert atlas.ledger.entries() == []
    assert not (atlas.root / "ledger.db").exists()


def test_the_desk_refuses_a_clock_that_runs_behind(made: tuple[Atlas, str], monkeypatch: pytest.MonkeyPatch) -> None:
    atlas, release = made
    desk = serve(atlas, release)
    assert desk.post("judge", **FIELDS).status_code == 303
    monkeypatch.setattr(machine_clock_check, "today", lambda: "2025-12-24")
    monkeypatch.setattr(machine_clock_check, "is_future", lambda day: day > "2025-12-25")
    answer = desk.post("undo", entry="1", why="two websites", who="Ada")
    assert answer.status_code == 400 and "clock says 2025-12-24" in answer.text
    assert atlas.ledger.head().sequence == 1
