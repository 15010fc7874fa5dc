"""The desk as users start it, and many simultaneous users."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from tests.desk.conftest import HERE, SCORED, DeskClient
from tests.desk.test_desk import ANSWER
from tests.support.command_built_atlas import Atlas


@contextmanager
def started(atlas: Atlas, *words: str) -> Iterator[list[str]]:
    """Run `overt serve` in a separate process; yield the first line that it prints or, with `words`, the first two."""
    command = [sys.executable, "-m", "overt", "serve", "--port", "0", "--workspace", str(atlas.root), *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield [process.stderr.readline() for _ in range(2 if words else 1)]
        finally:
            process.terminate()
            process.stderr.read()


@pytest.mark.slow
def test_each_start_has_an_address_of_its_own(atlas: Atlas) -> None:
    addresses = []
    for verdict in ("same", "different"):
        with started(atlas, "--desk") as (site, output), httpx.Client(timeout=60) as browser:
            assert output.startswith("The desk is at http://127.0.0.1:")
            address = output.split()[4]
            addresses.append(address.rstrip("/").rpartition("/")[2])
            assert browser.get(address).status_code == 200
            origin = site.split()[3].rstrip("/")
            form = {**ANSWER, "verdict": verdict}
            assert browser.post(f"{address}judge", data=form, headers={"Origin": origin}).status_code == 303
            assert browser.post(f"{address}judge", data=form, headers={"Origin": "http://attack.example"}).status_code == 403
            assert browser.get(f"{origin}/desk/{addresses[0][::-1]}/").status_code == 404
    assert len(set(addresses)) == 2
    assert all(len(token) >= 32 for token in addresses), "24 random bytes"
    assert [judgement.verdict for judgement in atlas.ledger.judgements()] == ["different"]


@pytest.mark.slow
def test_without_the_option_there_is_no_desk(atlas: Atlas) -> None:
    with started(atlas) as (site,), httpx.Client(timeout=60) as browser:
        assert browser.get(f"{site.split()[3]}desk/x/").status_code == 404


def test_many_editors_at_once(desk: DeskClient, atlas: Atlas) -> None:
    pairs = [*SCORED, ("alpha:bluestem", "beta:quiet"), ("alpha:quartz", "beta:quiet"), ("alpha:quiet", "beta:quartz")]

    def sit(number: int) -> list[int]:
        left, right = pairs[number % len(pairs)]
        fields = {**ANSWER, "left": left, "right": right, "who": f"Editor {number}", "verdict": "unsure"}
        return [desk.get(HERE).status_code, desk.post("judge", **fields).status_code, desk.get(f"{HERE}queue").status_code]

    with ThreadPoolExecutor(6) as hands:
        answers = list(hands.map(sit, range(12)))
    assert answers == [[200, 303, 200]] * 12
    ledger = atlas.ledger
    assert list(ledger.verify()) == []
    assert sorted(entry.who for entry in ledger.entries()) == sorted(f"Editor {number}" for number in range(12))
    assert len(ledger.judgements()) == len(pairs)
