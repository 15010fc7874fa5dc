"""Handles Ctrl-C: any command ends soon, with one line and exit code 130, and leaves nothing half-written.

Python raises KeyboardInterrupt between two instructions of the main thread. While that thread is inside a library, the exception
can come late, and the library may catch it. So another thread watches for the signal, too: it gives the command a second to end
on its own, then kills child processes, removes unfinished files and exits.
"""

import os
import select
import signal
import socket
import sys
import threading
from types import FrameType
from typing import Any, NoReturn

EXIT_CODE = 130
GRACE_SECONDS = 1.0
"""Seconds that a command has to end on its own. A second Ctrl-C ends it at once."""
MESSAGE = "overt: stopped"


class Interruption:
    """Records that Ctrl-C was pressed, and then ends the process."""

    def __init__(self) -> None:
        self.received = False
        self._raised = False
        self._announced = False
        self._ending = threading.Lock()

    def install(self) -> None:
        """Watch for Ctrl-C until the process ends. Call it in the main thread."""
        receiver, sender = socket.socketpair()
        sender.setblocking(False)
        signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._handle)
        threading.Thread(target=self._watch, args=[receiver, sender], name="interruption", daemon=True).start()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=lambda: signal.set_wakeup_fd(-1))

    def _handle(self, number: int, frame: FrameType | None) -> None:
        """Raise KeyboardInterrupt, but only once, because a second one could interrupt the cleanup after the first."""
        self.received = True
        if not self._raised:
            self._raised = True
            self._silence()
            raise KeyboardInterrupt

    def _silence(self) -> None:
        """Suppress the error messages of other threads and finalizers that Ctrl-C can cause."""
        sys.unraisablehook = lambda arguments: None
        threading.excepthook = lambda arguments: None

    def _watch(self, receiver: socket.socket, sender: Any) -> None:
        """Wait for the signal, then end the process after `GRACE_SECONDS` or at a second Ctrl-C.

        `sender` is only passed so that it stays open.
        """
        while signal.SIGINT not in receiver.recv(1):
            pass
        self.received = True
        self._silence()
        rest = GRACE_SECONDS
        # Other signals end `select` early, too. Each halves the rest of the time, so that the loop always ends.
        while rest > 0 and select.select([receiver], [], [], rest)[0]:
            rest = 0 if signal.SIGINT in receiver.recv(1) else rest / 2
        self.end()

    def ignore(self) -> None:
        """Ignore Ctrl-C from now on, because the command is done and the process is about to exit. Has no effect outside the
        main thread.
        """
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    def announce(self) -> None:
        """Print that the command was stopped. After Ctrl-C, this is printed only once."""
        if self._announced and self.received:
            return
        self._announced = True
        try:
            if self.received and sys.stderr.isatty():
                sys.stderr.write("\x1b[?25h")  # A progress bar hides the cursor.
            print(MESSAGE, file=sys.stderr, flush=True)
        except (OSError, ValueError):
            pass

    def end(self) -> NoReturn:
        """Kill child processes, remove unfinished files, print a message, and exit without waiting for threads."""
        with self._ending:
            if "multiprocessing" in sys.modules:
                import multiprocessing

                for child in multiprocessing.active_children():
                    child.kill()
            if "overt.model.files.atomic_writes" in sys.modules:
                from overt.model.files.atomic_writes import remove_unfinished

                remove_unfinished()
            self.announce()
            os._exit(EXIT_CODE)


interruption = Interruption()
"""The handler of Ctrl-C in this process."""
