"""`overt serve --replica`: serves copies of releases that another machine publishes."""

from contextlib import closing
from datetime import UTC, datetime

from overt.cli.messages_and_progress import messages
from overt.cli.web_server import address_of, listen, run_application
from overt.model.workspace import Workspace
from overt.replica.copy_check import CopySource
from overt.replica.copy_updates import CopyUpdates
from overt.replica.replica_application import ReplicaApplication


def run_replica(machine: Workspace, source: CopySource, host: str, port: int) -> None:
    """Serve the newest copy in the folder of `source` to the public until interrupted, and newer ones as they arrive.

    `machine`: the folder with the settings and the cache of this machine. Raises OvertError if the copy doesn't pass all checks,
    or if the address can't be used.
    """
    updates = CopyUpdates(source, machine, lambda line: messages.error(f"overt: {line}"), datetime.now(UTC))
    # Listen only after the copy is checked: a proxy would keep readers waiting for a server that accepts connections too early.
    with closing(updates), listen(host, port) as listener:
        release = updates.served.prepared.release
        messages.print(f"Overt is at {address_of(listener)}  (release {release}, a copy; stop with Ctrl-C)")
        run_application(listener, ReplicaApplication(updates), machine.settings.site, public=True)
