"""The socket that `overt serve` listens on."""

import socket

from overt.cli.serve import _listen


def test_answers_are_sent_at_once() -> None:
    """asyncio sets TCP_NODELAY only where the listening socket names its protocol; the 40 ms that it spares are not seen by any
    test that does not look at a clock.
    """
    with _listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
