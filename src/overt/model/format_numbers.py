"""Numbers of the formats in which an atlas is stored. A newer one is refused; `overt upgrade` brings an older one up."""

from overt.model.errors import OvertError

WORKSPACE = 2
"""`format` in overt.toml. 1, or no number: before there was a history of releases."""
LEDGER = 2
"""The table `ledger_format`. 1, or no table: before entries could be signed."""
MANIFEST = 2
"""`format` in a release's manifest. In 1, judgements and retractions named editors."""
HISTORY = 1
"""`format` in each line of releases/history.jsonl."""
WITNESS = 1
"""`format` in what `overt witness` prints."""
EDITION = 1
"""The number in `overt-edition-1`, the format of a static edition's manifest."""


def check_format(where: object, what: str, number: object, known: int) -> None:
    """Raise OvertError if the format of something is newer than this code knows, or no number."""
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise OvertError(f"{where}: {what} has no readable format number ({number!r}); restore it from a copy")
    if number > known:
        raise OvertError(
            f"{where}: {what} has format {number}, and this Overt knows formats up to {known}; install a newer Overt"
        )
