"""Version numbers of an atlas's file formats. Newer formats are refused; `overt upgrade` converts an older atlas and ledger."""

from overt.model.errors import OvertError

WORKSPACE = 2
"""Format number of workspaces: `format` in overt.toml. Format 1 (or no number) had no history of releases."""
LEDGER = 2
"""Format number of ledgers, in the table `ledger_format`. In format 1 (or without the table), entries could not be signed."""
MANIFEST = 2
"""Format number of manifests: `format` in a release's manifest. In format 1, judgements and retractions named editors."""
HISTORY = 1
"""Format number of the history of releases: `format` in each line of releases/history.jsonl."""
WITNESS = 1
"""Format number of witnesses: `format` in the output of `overt witness`."""
EDITION = 2
"""Format number of static editions, as in `overt-edition-2` in an edition's manifest. In format 1, a manifest had no
SHA-256 of its own content.
"""
COPY = 1
"""Format number of copies for servers: `format` in a copy's description."""


def check_format(where: object, what: str, number: object, known: int) -> None:
    """Raise OvertError, with `where` and `what` in its message, if a format number is missing, invalid or newer than `known`."""
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise OvertError(f"{where}: {what} has no readable format number ({number!r}); restore it from a copy")
    if number > known:
        raise OvertError(
            f"{where}: {what} has format {number}, and this Overt knows formats up to {known}; install a newer Overt"
        )
