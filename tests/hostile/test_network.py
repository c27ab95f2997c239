"""Nothing that a page, its windows or its workers ask for leaves the machine, and each attempt is told."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from audit.model.finding import PageState
from tests.hostile.sites import page, run, web, write

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


class Sink:
    """Listens where nobody should ask, on two loopback addresses, by TCP and UDP. ``got``: what came."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self._open: list[socket.socket] = []
        first = self._listen("127.0.0.1", 0, socket.SOCK_STREAM)
        self.port: int = first.getsockname()[1]
        self._listen("127.0.0.2", self.port, socket.SOCK_STREAM)
        for host in ("127.0.0.1", "127.0.0.2"):
            self._listen(host, self.port, socket.SOCK_DGRAM)

    def _listen(self, host: str, port: int, kind: int) -> socket.socket:
        made = socket.socket(socket.AF_INET, kind)
        made.bind((host, port))
        if kind == socket.SOCK_STREAM:
            made.listen(50)
        self._open.append(made)
        threading.Thread(target=self._hear, args=(made, kind), daemon=True).start()
        return made

    def _hear(self, made: socket.socket, kind: int) -> None:
        while True:
            try:
                if kind == socket.SOCK_DGRAM:
                    self.got.append(f"UDP {made.recvfrom(2000)[0]!r}")
                else:
                    caller, _ = made.accept()
                    with caller:
                        caller.settimeout(1)
                        self.got.append(f"TCP {caller.recv(200)!r}")
            except OSError:
                if made.fileno() < 0:
                    return
                self.got.append("TCP without a word")

    def close(self) -> None:
        for each in self._open:
            each.close()


@contextmanager
def listening() -> Iterator[Sink]:
    sink = Sink()
    with ExitStack() as stack:
        stack.callback(sink.close)
        # A sink that hears nothing proves something only if it can hear.
        with socket.create_connection(("127.0.0.2", sink.port)) as caller:
            caller.sendall(b"here")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"here", ("127.0.0.1", sink.port))
        deadline = time.monotonic() + 5
        while len(sink.got) < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert sorted(sink.got) == ["TCP b'here'", "UDP b'here'"]
        sink.got.clear()
        yield sink


def script(text: str) -> str:
    return f"<script>{text}</script>"


#: By name: what a page does to reach ``OUT``. Each is told as a request to somebody else.
ASKS = {
    "image": '<img alt="x" src="http://OUT/image">',
    "styles": "<style>@import 'http://OUT/import'; h1 { background: url(http://OUT/picture) }</style>",
    "fetch": script("fetch('http://OUT/fetch', {method: 'POST', body: 'x', keepalive: true}).catch(() => 0)"),
    "beacon": script("navigator.sendBeacon('http://OUT/beacon', 'x')"),
    "socket": script("new WebSocket('ws://OUT/socket?secret=1')"),
    "events": script("new EventSource('http://OUT/events')"),
    "frame": '<iframe title="f" src="http://OUT/frame"></iframe>',
    "sandboxed": "<iframe title=f sandbox=allow-scripts srcdoc=\"<script>fetch('http://OUT/sandboxed')</script>\"></iframe>",
    "window": script("window.open('http://OUT/window?secret=1')"),
    "written": script("const w = window.open('about:blank'); w && w.document.write('<img src=http://OUT/written>')"),
    "worker": script("new Worker(URL.createObjectURL(new Blob([\"fetch('http://OUT/worker')\"])))"),
    "shared": script("new SharedWorker('/shared.js')"),
    "service": script("navigator.serviceWorker.register('/service.js')"),
    "calls": script(
        "const c = new RTCPeerConnection({iceServers: [{urls: 'stun:OUT'}, {urls: 'turn:OUT?transport=tcp', username: 'u', credential: 'p'}]});"
        " c.createDataChannel('x'); c.createOffer().then((offer) => c.setLocalDescription(offer))"
    ),
    "transport": script("try { new WebTransport('https://OUT/transport').closed.catch(() => 0) } catch {}"),
}
#: What only happens when somebody presses or sends, or what the browser leaves undone by itself.
QUIET = {
    "form": '<form action="http://OUT/form" method="post"><label>Q <input name="q"></label><button>Send</button></form>',
    "form-window": '<form action="http://OUT/form-window" method="post" target="_blank"><label>Q <input name="q"></label>'
    "<button>Send</button></form>",
    "form-frame": '<form action="http://OUT/form-frame" method="post" target="f"><label>Q <input name="q"></label>'
    '<button>Send</button></form><iframe name="f" title="f"></iframe>',
    "button": "<button type=button onclick=\"window.open('http://OUT/button')\">Open</button>",
    "speculation": '<script type="speculationrules">{"prefetch": [{"source": "list", "urls": ["http://OUT/prefetch"]}],'
    ' "prerender": [{"source": "list", "urls": ["http://OUT/prerender"]}]}</script>',
    "hidden": script("addEventListener('pagehide', () => navigator.sendBeacon('http://OUT/pagehide', 'x'))"),
    "later": script("setTimeout(() => { location.href = 'http://OUT/later' }, 400)"),
    "link": '<a href="http://OUT/one">More</a> <a href="http://OUT/two">More</a>',
}


def test_nothing_leaves_and_each_attempt_is_told(tmp_path: Path) -> None:
    with listening() as sink:
        out = f"127.0.0.1:{sink.port}"
        pages = {f"{name}.html": page(name, body.replace("OUT", out)) for name, body in {**ASKS, **QUIET}.items()}
        pages["other-host.html"] = page("other", f'<img alt="x" src="http://127.0.0.2:{sink.port}/image">')
        workers = {"shared.js": f"fetch('http://{out}/shared')", "service.js": f"fetch('http://{out}/service')"}
        site = write(tmp_path / "site", {"index.html": page(), **pages, **workers})
        report = run(site, tmp_path, only=("third-party-request", "errors-not-announced", "pressing-acts-at-once"))
        time.sleep(1)
        assert sink.got == []
    assert [(each.address, each.reason) for each in report.pages if each.state is not PageState.AUDITED] == []
    told = {
        address
        for each in report.findings
        if each.rule == "third-party-request"
        for address in each.pages or (each.page,)
    }
    # A frame in a sandbox has a process of its own; its request is held, but is not told in every run.
    assert told | {"/sandboxed.html"} == {f"/{name}.html" for name in (*ASKS, "other-host")}


def test_nothing_is_pressed_changed_or_sent_where_it_is_not_ours(tmp_path: Path) -> None:
    asked: list[str] = []
    body = page(
        "Admin",
        "<button type=button onclick=\"fetch('/delete', {method: 'POST'})\">Delete everything</button>"
        "<label>Plan <select onchange=\"fetch('/change', {method: 'POST'})\"><option>a<option>b</select></label>"
        '<form action="/sent" method="post"><label>Q <input name="q"></label><button>Send</button></form>'
        "<script>addEventListener('keydown', (event) => { if (event.key === 'd') fetch('/key', {method: 'POST'}) })</script>",
    )

    def answer(path: str, agent: str) -> tuple[int, dict[str, str], bytes]:
        asked.append(path)
        return (200, {"Content-Type": "text/html"}, body.encode()) if path == "/" else (404, {}, b"")

    with web(answer) as root:
        run(root, tmp_path, only=("errors-not-announced", "single-key-shortcut", "pressing-acts-at-once"))
    assert "/" in asked
    assert not {"/delete", "/change", "/sent", "/key"} & set(asked)
