"""One Chromium, started through Selenium: locally or on a Grid.

Which browser: ``STEPFREE_BROWSER`` and ``STEPFREE_DRIVER`` when set, else a Chromium or
Chrome with its driver on this machine, else what Selenium's own manager finds or fetches.
As root, and with ``STEPFREE_SANDBOX=off``, it starts without its sandbox.
On a Grid the browser's protocol is reached through the ``se:cdp`` address that Grid 4 gives.

The window is 1280 by 800 CSS px, device ratio 1, sRGB; language and time zone are those of the site's visitors.
"""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import os
import platform
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from selenium.common.exceptions import WebDriverException
from urllib3.exceptions import HTTPError

from audit.browser import sandbox
from audit.browser.channel import Channel, NoAnswer, ProtocolError
from audit.browser.processes import end_group, end_named
from audit.browser.targets import Targets
from audit.errors import BrowserError

if TYPE_CHECKING:
    # Takes a quarter of what an audit needs to begin; only who starts a browser waits for it.
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.remote.webdriver import WebDriver

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DRIVERS = ("chromedriver", "chromium.chromedriver")
MACOS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)

#: What stands in the name of a browser that has no screen.
MASK = "Headless"
#: What browsers say of the system that they run on. On Windows a browser that is asked for its version opens.
SYSTEMS = {"Linux": "X11; Linux x86_64", "Darwin": "Macintosh; Intel Mac OS X 10_15_7"}

#: Bytes that a browser needs for its profile at least.
ROOM = 8_000_000
#: Seconds in which a Grid must give a browser, somewhat more than it takes to notice that a node is gone (two minutes),
#: and seconds between two requests.
GRID_PATIENCE, GRID_PAUSE = 150.0, 3.0

WIDTH, HEIGHT = 1280, 800

# Selenium writes down, with its own lines of code, that a driver had to be killed: nothing for a terminal.
logging.getLogger("selenium").addHandler(logging.NullHandler())

FLAGS = (
    "--headless=new",
    "--window-size=1280,800",
    "--force-device-scale-factor=1",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--disable-lcd-text",
    "--font-render-hinting=none",
    "--disable-font-subpixel-positioning",
    "--mute-audio",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # With the tab that is kept open: a process of its own for each page would begin cold each time.
    "--process-per-site",
    "--disable-hang-monitor",
    "--disable-prompt-on-repost",
    "--disable-popup-blocking",
    "--disable-search-engine-choice-screen",
    "--metrics-recording-only",
    "--password-store=basic",
    "--use-mock-keychain",
    "--autoplay-policy=no-user-gesture-required",
    (
        "--disable-features=Translate,OptimizationHints,MediaRouter,InterestFeedContentSuggestions,"
        "AutofillServerCommunication,CertificateTransparencyComponentUpdater,DialMediaRouteProvider,"
        "PaintHolding,BackForwardCache,Prerender2,SpeculationRules,LazyFrameLoading,LazyImageLoading,"
        # Pages of the address bar's own, each loaded in a process besides before anybody types in it.
        "WebUIOmniboxPopup,WebUIOmniboxAimPopup"
    ),
    # What goes past the page's own requests: UDP of WebRTC and QUIC.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    # A page must not be another one for the audit than for its visitors: ``navigator.webdriver`` is false.
    "--disable-blink-features=AutomationControlled",
    # A visitor with a mouse, whatever is plugged into the machine: where there is none, a page would say so.
    (
        "--blink-settings=scrollAnimatorEnabled=false,primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,"
        "availablePointerTypes=4"
    ),
    # The browser's own window draws its tabs opening and loading, seen by nobody; pages keep their animations.
    "--animation-duration-scale=0",
)


@dataclass(frozen=True, slots=True)
class BrowserSettings:
    """How to get a browser. ``timeout``: seconds for one command of the protocol.

    ``hosts``: what it may reach at all, as host or host and port (``127.0.0.1:8123``); the browser finds no
    other host, whatever asks for it. ``None``: everything. ``language`` (a BCP 47 tag) and ``time_zone`` (an
    IANA name): what pages are told of their visitor.
    """

    grid: str | None = None
    timeout: float = 30.0
    binary: Path | None = None
    driver: Path | None = None
    flags: tuple[str, ...] = field(default=())
    hosts: tuple[str, ...] | None = ("127.0.0.1", "localhost", "[::1]")
    language: str = "en"
    time_zone: str = "UTC"


class Browser:
    """One browser with one tab for pages, and one that is kept; a context manager. ``pages``: how many it has visited."""

    def __init__(self, settings: BrowserSettings | None = None) -> None:
        self.settings = settings or BrowserSettings()
        self.pages = 0
        #: Focus indicators that were compared on earlier pages; see :mod:`audit.capture.indicators`.
        self.indicators: dict[object, Any] = {}
        #: Looks of texts in which axe-core found nothing on earlier pages; see :mod:`audit.capture.axe_runs`.
        self.looks: set[object] = set()
        #: What was seen behind texts on earlier pages; see :mod:`audit.capture.backdrops`.
        self.backdrops: dict[object, Any] = {}
        #: What stands at the ends of links, by the root of the site; see :mod:`audit.capture.destinations`.
        self.linked: dict[str, Any] = {}
        self._driver: WebDriver | None = None
        self._service: Service | None = None
        self._channel: Channel | None = None
        self._binary: Path | None = None
        self._profile: Path | None = None
        self._kept: tuple[str, str] | None = None
        #: The targets of the tab for pages, and of the one where the driver is.
        self._tab = self._followed = ""
        self._targets: Targets | None = None
        #: Under which name it asks for pages; ``None``: its own.
        self._agent: str | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def driver(self) -> WebDriver:
        """Selenium's driver, in the tab for pages.

        It follows when it is asked for: a visit needs the channel only, and costs less where no driver listens too.
        """
        driver = self._running
        if self._followed != self._tab:
            driver.switch_to.window(self._tab)
            self._followed = self._tab
        return driver

    @property
    def _running(self) -> WebDriver:
        if self._driver is None:
            raise BrowserError("The browser is not running.")
        return self._driver

    @property
    def channel(self) -> Channel:
        """The protocol's session with the tab."""
        if self._channel is None:
            raise BrowserError("The browser is not running.")
        return self._channel

    @property
    def version(self) -> str:
        """Such as ``Chrome 156.0.8078.79``."""
        capabilities = self._running.capabilities
        return f"{str(capabilities.get('browserName', '')).capitalize()} {capabilities.get('browserVersion', '')}"

    def start(self) -> None:
        """Start it.

        Raises:
            BrowserError: none was found, or it did not start.
        """
        try:
            self._driver = self._unmasked()
            self._driver.set_script_timeout(self.settings.timeout)
            self._tab = self._followed = self._driver.current_window_handle
            self._targets = Targets(Channel(self._whole(), self.settings.timeout))
            self.open_channel()
            # Not the browser's own start page, which runs scripts.
            self.channel.call("Page.navigate", url="about:blank")
        except (WebDriverException, HTTPError) as error:
            # The second: the driver has ended while it was asked.
            self.stop()
            if shutil.disk_usage(tempfile.gettempdir()).free < ROOM:
                raise BrowserError(
                    "The browser did not start: there is hardly any room left in the folder for temporary files.",
                    "Make room there, or name another folder in TMPDIR.",
                ) from error
            if sandbox.refused(self._binary):
                raise BrowserError(
                    "The browser did not start: this machine does not let it put a sandbox around pages.",
                    f"Install chromium-sandbox; in a container that holds nothing else, set {sandbox.VARIABLE}=off.",
                ) from error
            raise BrowserError(
                f"The browser did not start: {_first_line(error)}",
                "Install Chromium and its driver, or name them in STEPFREE_BROWSER and STEPFREE_DRIVER.",
            ) from error
        except BaseException:
            self.stop()
            raise

    def _unmasked(self) -> WebDriver:
        """A driver of a browser that does not say in its requests that nobody sits in front of it.

        What a page gets then is what its visitors get. The name is set when the browser starts, so that it is the
        same in every frame, worker and window; what to set is known before, or from a browser that has said it.
        """
        driver = self._remote() if self.settings.grid else self._local()
        told = str(driver.execute_cdp_cmd("Browser.getVersion", {}).get("userAgent", ""))
        if MASK not in told:
            return driver
        self._agent = told.replace(MASK, "")
        self._driver = driver
        self._close_driver()
        return self._remote() if self.settings.grid else self._local()

    def restart(self) -> None:
        """A new process with a new profile, whatever state the old one is in."""
        self.stop()
        self.start()

    def fresh(self) -> Channel:
        """An empty tab for the next page: nothing of the last page's scripts, timers or handlers is left.

        Raises:
            BrowserError: the browser does not answer.
        """
        old = self.channel
        reply = self._new_tab(old)
        previous, self._tab = self._tab, str(reply["targetId"])
        if self.settings.grid:
            # A Grid ends a session in which it hears of no command for some minutes.
            self._followed = self.driver.current_window_handle
        # A tab that is still being left for an empty page does not hear that it is to close, and would stay.
        with contextlib.suppress(NoAnswer, ProtocolError):
            old.call("Runtime.evaluate", expression="0", wait=2)
        old.close()
        self.open_channel()
        self.channel.send("Target.closeTarget", targetId=previous)
        self.pages += 1
        return self.channel

    @property
    def kept(self) -> str | None:
        """The target of the tab that :meth:`keep` has opened."""
        return self._kept[1] if self._kept else None

    def keep(self, url: str) -> None:
        """Keep an empty tab of the site of ``url`` open, so that one process draws all its pages.

        A process of its own for each page would compile the same scripts and read the same fonts again.
        Nothing is asked of the site for it. Without the tab everything works, only slower.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.hostname}"
        if self._kept is not None and self._kept[0] == site:
            return
        if self._kept is not None:
            self.channel.send("Target.closeTarget", targetId=self._kept[1])
        target = self._new_tab(self.channel, background=True)["targetId"]
        self._kept = (site, target)
        with contextlib.suppress(BrowserError), contextlib.closing(self._channel_of(target)) as channel:
            channel.on("Fetch.requestPaused", lambda paused: _fulfil(channel, paused["requestId"]))
            channel.call("Fetch.enable", patterns=[{"urlPattern": "*"}])
            channel.call("Page.navigate", url=f"{parts.scheme}://{parts.netloc}/")

    @property
    def targets(self) -> Targets:
        """The watch on windows and workers."""
        if self._targets is None:
            raise BrowserError("The browser is not running.")
        return self._targets

    def _new_tab(self, channel: Channel, **more: Any) -> dict[str, Any]:
        with self.targets.creating() as ours:
            reply = channel.call("Target.createTarget", url="about:blank", **more)
            ours.append(str(reply["targetId"]))
        return reply

    def _whole(self) -> str:
        """The address of the protocol for the browser as a whole."""
        if (through := self._through_grid()) is not None:
            return through
        endpoint = self._endpoint()
        if not endpoint.startswith("ws://127.0.0.1:"):
            return endpoint
        try:
            with urllib.request.urlopen(endpoint.replace("ws:", "http:", 1) + "/json/version", timeout=10) as reply:  # noqa: S310 - loopback
                return str(json.load(reply)["webSocketDebuggerUrl"])
        except (OSError, ValueError, KeyError) as error:
            raise BrowserError(f"The browser does not say where to reach its protocol: {error}.") from error

    def open_channel(self) -> None:
        """Open the protocol's session with the current tab."""
        self._channel = self._channel_of(self._tab)

    def _channel_of(self, target: str) -> Channel:
        if (through := self._through_grid()) is not None:
            return Channel(through, self.settings.timeout, target)
        return Channel(f"{self._endpoint()}/devtools/page/{target}", self.settings.timeout)

    def kill(self) -> None:
        """End its processes at once, from any thread; whoever waits for an answer gets an error.

        A browser on a Grid is ended by the Grid, as soon as it hears of it.
        """
        channel, driver, service = self._channel, self._driver, self._service
        if service is None and driver is not None:
            if channel is not None:
                channel.send("Browser.close")
                channel.close()
            with contextlib.suppress(WebDriverException, OSError):
                driver.quit()
        self._end_processes(driver, service)

    def stop(self) -> None:
        """End it and everything it started, also when it answers no command. Never raises."""
        if self._targets is not None:
            self._targets.close()
        if self._channel is not None:
            with contextlib.suppress(NoAnswer, BrowserError):
                self._channel.send("Browser.close")
            self._channel.close()
        self._close_driver()
        self._channel = self._kept = self._targets = None

    def _close_driver(self) -> None:
        driver, service = self._driver, self._service
        if driver is not None and service is None:
            with contextlib.suppress(Exception):
                driver.quit()
        self._end_processes(driver, service)
        if self._profile is not None:
            shutil.rmtree(self._profile, ignore_errors=True)
            Path(f"{self._profile}-driver.log").unlink(missing_ok=True)
        self._driver = self._service = self._profile = None

    def _end_processes(self, driver: WebDriver | None, service: Service | None) -> None:
        groups = []
        if driver is not None and service is not None:
            groups.append(driver.capabilities.get("goog:processID"))
        process = getattr(service, "process", None)
        if process is not None:
            groups.append(process.pid)
        if self._profile is not None and (process is None or process.poll() is not None):
            # The driver has ended by itself: what it had started is known by the profile alone.
            end_named(self._profile)
        for pid in groups:
            if isinstance(pid, int):
                end_group(pid)
        if process is not None:
            with contextlib.suppress(Exception):
                process.wait(5)
            for pipe in (process.stdin, process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()
            service.process = None  # type: ignore[union-attr]

    def _options(self, profile: Path | None) -> Options:
        from selenium.webdriver.chrome.options import Options

        options = Options()
        options.page_load_strategy = "none"
        options.unhandled_prompt_behavior = "ignore"
        language = self.settings.language
        accepted = ",".join(dict.fromkeys((language, language.split("-", 1)[0])))
        named = (f"--user-agent={self._agent}",) if self._agent else ()
        for flag in (*FLAGS, f"--lang={language}", f"--accept-lang={accepted}", *named, *self.settings.flags):
            options.add_argument(flag)
        if self.settings.hosts is not None:
            # The first rule that fits a host counts.
            rules = (*(f"MAP {host} {host}" for host in self.settings.hosts), "MAP * ~NOTFOUND")
            options.add_argument(f"--host-resolver-rules={','.join(rules)}")
        # No prefetch and no prerendering; and no history, so that no link has the colour of a visited one because an
        # earlier page, or a press on this one, led there.
        options.add_experimental_option("prefs", {"net.network_prediction_options": 2, "history.saving_disabled": True})
        if profile is not None:
            options.add_argument(f"--user-data-dir={profile}")
            if not sandbox.used():
                options.add_argument("--no-sandbox")
        options.add_experimental_option("excludeSwitches", ["enable-automation", "enable-logging"])
        return options

    def _local(self) -> WebDriver:
        from selenium import webdriver

        binary = self._binary = self.settings.binary or find(
            os.environ.get("STEPFREE_BROWSER"), BROWSERS, "STEPFREE_BROWSER"
        )
        driver = self.settings.driver or find(os.environ.get("STEPFREE_DRIVER"), DRIVERS, "STEPFREE_DRIVER")
        self._agent = self._agent or usual_agent(binary)
        self._profile = Path(tempfile.mkdtemp(prefix=profile_prefix(os.getpid())))
        options = self._options(self._profile)
        if binary is not None:
            options.binary_location = str(binary)
        self._service = self._new_service(driver)
        try:
            return webdriver.Chrome(options=options, service=self._service)
        except (WebDriverException, HTTPError):
            # A loaded machine can fail the first start; the second failure is told.
            self._end_processes(None, self._service)
            self._service = self._new_service(driver)
            return webdriver.Chrome(options=options, service=self._service)

    def _new_service(self, driver: Path | None) -> Service:
        # The profile's name on the command line says whose the driver is, should this process be killed.
        from selenium.webdriver.chrome.service import Service

        return Service(
            str(driver) if driver else None,
            log_output=f"{self._profile}-driver.log",
            popen_kw={"start_new_session": True},
        )

    def _remote(self) -> WebDriver:
        from selenium import webdriver

        self._profile = None
        self._service = None
        grid = self.settings.grid
        assert grid is not None
        patience = time.monotonic() + GRID_PATIENCE
        while True:
            try:
                return webdriver.Remote(command_executor=grid, options=self._options(None))
            except (WebDriverException, HTTPError, OSError) as error:
                told = _first_line(error) if isinstance(error, WebDriverException) else f"{type(error).__name__}."
                # A node that is gone is still asked for browsers until the Grid has noticed; another has one. A hub that
                # was lost may be started again.
                late = time.monotonic() > patience
                if late and not reachable(grid):
                    raise BrowserError(
                        f"No Selenium Grid answers at {grid} any more.",
                        "Start it again, and then the check.",
                    ) from error
                if late or "No nodes support" in told:
                    raise BrowserError(
                        f"The Selenium Grid at {grid} did not provide a browser: {told}",
                        "Check that its nodes are running and have Chrome or Chromium.",
                    ) from error
                time.sleep(GRID_PAUSE)

    def _through_grid(self) -> str | None:
        """Where a Grid lets us through to the browser as a whole, and to nothing else; ``None`` without a Grid.

        What a Grid calls itself may be known only among its own machines; where it was reached is known here.
        """
        told = self._running.capabilities.get("se:cdp")
        if not told or self.settings.grid is None:
            return None
        grid = urlsplit(self.settings.grid)
        return f"{'wss' if grid.scheme == 'https' else 'ws'}://{grid.netloc}{urlsplit(str(told)).path.rstrip('/')}"

    def _endpoint(self) -> str:
        capabilities: dict[str, Any] = self._running.capabilities
        address = capabilities.get("goog:chromeOptions", {}).get("debuggerAddress")
        if not address:
            raise BrowserError(
                "The browser does not say where to reach its protocol.",
                "The Grid must be Selenium Grid 4 with Chrome or Chromium.",
            )
        # ``localhost`` may mean an IPv6 address first, on which Chromium does not listen.
        return "ws://" + str(address).replace("localhost", "127.0.0.1")


def _fulfil(channel: Channel, request: str) -> None:
    """Answer a request with an empty page."""
    headers = [{"name": "Content-Type", "value": "text/html"}]
    body = base64.b64encode(b"<!doctype html><title>Kept</title>").decode()
    channel.send("Fetch.fulfillRequest", requestId=request, responseCode=200, responseHeaders=headers, body=body)


def profile_prefix(pid: int) -> str:
    """How the profile of a browser begins that the process ``pid`` started: it is on the command line of
    the browser and its driver, and tells whose they are when that process is gone.
    """
    return f"stepfree-browser-{pid}-"


@cache
def usual_agent(binary: Path | None) -> str | None:
    """How this browser names itself on a screen; ``None`` when it has to be started to know.

    Of the version only the first number is in it, and of the system one name for all of its kind (User-Agent Reduction).
    """
    system = SYSTEMS.get(platform.system())
    if binary is None or system is None:
        return None
    try:
        told = subprocess.run([str(binary), "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"\b(\d+)\.\d+\.\d+", told)
    if version is None:
        return None
    return (
        f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version.group(1)}.0.0.0 Safari/537.36"
    )


def find(named: str | None, names: tuple[str, ...], variable: str) -> Path | None:
    """The program that was named, else the first of ``names`` that is installed, else ``None``.

    Raises:
        BrowserError: the named program does not exist.
    """
    if named:
        path = Path(shutil.which(named) or named)
        if not path.is_file():
            raise BrowserError(
                f"{variable} names “{named}”, which is not there.", "Name a program that exists, or unset it."
            )
        return path
    for name in names:
        found = shutil.which(name)
        if found:
            return Path(found)
    if names is BROWSERS and platform.system() == "Darwin":
        return next((path for path in MACOS if path.is_file()), None)
    return None


def reachable(address: str) -> bool:
    """Whether something answers there: used to say early that a Grid is not running."""
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/status", timeout=5) as reply:  # noqa: S310 - address from the user
            return isinstance(json.load(reply), dict)
    except (OSError, ValueError):
        return False


def _first_line(error: WebDriverException | HTTPError) -> str:
    if isinstance(error, HTTPError):
        return "its driver has ended."
    lines = (error.msg or type(error).__name__).strip().splitlines()
    return lines[0] if lines else type(error).__name__
