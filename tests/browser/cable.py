"""The cable between a device and the server: it can be cut, mended, and lose an answer on its way back.

Chromium's own pretence of being offline lets a request slip through now and then, so the network itself has to go.
"""

import socket
import threading
from contextlib import suppress


class Cable:
    """Listens on a port of its own and passes every byte on to the server's port."""

    def __init__(self, server_port: int) -> None:
        self.lost = 0
        self._server = ("127.0.0.1", server_port)
        self._whole = True
        self._loses_next = False
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """End every connection, and refuse new ones."""
        with self._lock:
            self._whole = False
            ends = list(self._ends)
        for end in ends:
            _hang_up(end)

    def mend(self) -> None:
        """Take connections again."""
        with self._lock:
            self._whole = True

    def lose_next_answer(self) -> None:
        """Break the connection when the server next says something: it has heard, and nobody hears of it."""
        self._loses_next = True

    def close(self) -> None:
        """End it for good."""
        self.cut()
        _hang_up(self._listener)
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.socket()
            with self._lock:
                whole = self._whole
                self._ends |= {near, far}
            threading.Thread(target=self._connect, args=(near, far, whole), daemon=True).start()

    def _connect(self, near: socket.socket, far: socket.socket, whole: bool) -> None:
        with suppress(OSError):
            if whole:
                far.connect(self._server)
                back = threading.Thread(target=self._pass_on, args=(far, near, True), daemon=True)
                back.start()
                self._pass_on(near, far, False)
                back.join()
        with self._lock:
            self._ends -= {near, far}
        near.close()
        far.close()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if is_answer and self._loses_next:
                    self._loses_next = False
                    self.lost += 1
                    break
                target.sendall(data)
        _hang_up(source)
        _hang_up(target)


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
