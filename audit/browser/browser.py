"""One Chromium, started through Selenium: locally or on a Grid.

Which browser: ``STEPFREE_BROWSER`` and ``STEPFREE_DRIVER`` when set, else a Chromium or
Chrome with its driver on this machine, else what Selenium's own manager finds or fetches.
On a Grid the browser's protocol is reached through the ``se:cdp`` address that Grid 4 gives.

The window is 1280 by 800 CSS px, device ratio 1, sRGB; language and time zone are those of the site's visitors.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import platform
import shutil
import tempfile
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.webdriver import WebDriver

from audit.browser.channel import Channel, NoAnswer
from audit.browser.processes import end_group
from audit.browser.targets import Targets
from audit.errors import BrowserError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DRIVERS = ("chromedriver", "chromium.chromedriver")
MACOS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)

WIDTH, HEIGHT = 1280, 800

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
        "PaintHolding,BackForwardCache,Prerender2,SpeculationRules,LazyFrameLoading,LazyImageLoading"
    ),
    # What goes past the page's own requests: UDP of WebRTC and QUIC.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    # A page must not be another one for the audit than for its visitors: ``navigator.webdriver`` is false.
    "--disable-blink-features=AutomationControlled",
    "--blink-settings=scrollAnimatorEnabled=false",
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
        self._profile: Path | None = None
        self._kept: tuple[str, str] | None = None
        self._targets: Targets | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def driver(self) -> WebDriver:
        """Selenium's driver: for axe-core."""
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
        capabilities = self.driver.capabilities
        return f"{str(capabilities.get('browserName', '')).capitalize()} {capabilities.get('browserVersion', '')}"

    def start(self) -> None:
        """Start it.

        Raises:
            BrowserError: none was found, or it did not start.
        """
        try:
            self._driver = self._remote() if self.settings.grid else self._local()
            self._driver.set_script_timeout(self.settings.timeout)
            self._targets = Targets(Channel(self._whole(), self.settings.timeout))
            self.open_channel()
            # Not the browser's own start page, which runs scripts.
            self.channel.call("Page.navigate", url="about:blank")
        except WebDriverException as error:
            self.stop()
            raise BrowserError(
                f"The browser did not start: {_first_line(error)}",
                "Install Chromium and its driver, or name them in STEPFREE_BROWSER and STEPFREE_DRIVER.",
            ) from error
        except BrowserError:
            self.stop()
            raise

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
        previous = self.driver.current_window_handle
        self.driver.switch_to.window(reply["targetId"])
        old.send("Target.closeTarget", targetId=previous)
        old.close()
        self.open_channel()
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
        endpoint = self._endpoint()
        if not endpoint.startswith("ws://127.0.0.1:"):
            return endpoint
        try:
            with urllib.request.urlopen(endpoint.replace("ws:", "http:", 1) + "/json/version", timeout=10) as reply:  # noqa: S310 - loopback
                return str(json.load(reply)["webSocketDebuggerUrl"])
        except (OSError, ValueError, KeyError) as error:
            raise BrowserError(f"The browser does not say where its protocol is: {error}.") from error

    def open_channel(self) -> None:
        """Open the protocol's session with the current tab."""
        self._channel = self._channel_of(self.driver.current_window_handle)

    def _channel_of(self, target: str) -> Channel:
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
        driver, service = self._driver, self._service
        if self._targets is not None:
            self._targets.close()
        if self._channel is not None:
            with contextlib.suppress(NoAnswer, BrowserError):
                self._channel.send("Browser.close")
            self._channel.close()
        if driver is not None and service is None:
            with contextlib.suppress(Exception):
                driver.quit()
        self._end_processes(driver, service)
        if self._profile is not None:
            shutil.rmtree(self._profile, ignore_errors=True)
            Path(f"{self._profile}-driver.log").unlink(missing_ok=True)
        self._driver = self._service = self._channel = self._profile = self._kept = self._targets = None

    def _end_processes(self, driver: WebDriver | None, service: Service | None) -> None:
        groups = []
        if driver is not None and service is not None:
            groups.append(driver.capabilities.get("goog:processID"))
        process = getattr(service, "process", None)
        if process is not None:
            groups.append(process.pid)
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
        options = Options()
        options.page_load_strategy = "none"
        options.unhandled_prompt_behavior = "ignore"
        language = self.settings.language
        accepted = ",".join(dict.fromkeys((language, language.split("-", 1)[0])))
        for flag in (*FLAGS, f"--lang={language}", f"--accept-lang={accepted}", *self.settings.flags):
            options.add_argument(flag)
        if self.settings.hosts is not None:
            # The first rule that fits a host counts.
            rules = (*(f"MAP {host} {host}" for host in self.settings.hosts), "MAP * ~NOTFOUND")
            options.add_argument(f"--host-resolver-rules={','.join(rules)}")
        # No prefetch and no prerendering.
        options.add_experimental_option("prefs", {"net.network_prediction_options": 2})
        if profile is not None:
            options.add_argument(f"--user-data-dir={profile}")
            if hasattr(os, "geteuid") and os.geteuid() == 0:
                options.add_argument("--no-sandbox")
        options.add_experimental_option("excludeSwitches", ["enable-automation", "enable-logging"])
        return options

    def _local(self) -> WebDriver:
        binary = self.settings.binary or find(os.environ.get("STEPFREE_BROWSER"), BROWSERS, "STEPFREE_BROWSER")
        driver = self.settings.driver or find(os.environ.get("STEPFREE_DRIVER"), DRIVERS, "STEPFREE_DRIVER")
        self._profile = Path(tempfile.mkdtemp(prefix=profile_prefix(os.getpid())))
        options = self._options(self._profile)
        if binary is not None:
            options.binary_location = str(binary)
        self._service = self._new_service(driver)
        try:
            return webdriver.Chrome(options=options, service=self._service)
        except WebDriverException:
            # A loaded machine can fail the first start; the second failure is told.
            self._end_processes(None, self._service)
            self._service = self._new_service(driver)
            return webdriver.Chrome(options=options, service=self._service)

    def _new_service(self, driver: Path | None) -> Service:
        # The profile's name on the command line says whose the driver is, should this process be killed.
        return Service(
            str(driver) if driver else None,
            log_output=f"{self._profile}-driver.log",
            popen_kw={"start_new_session": True},
        )

    def _remote(self) -> WebDriver:
        self._profile = None
        self._service = None
        assert self.settings.grid is not None
        return webdriver.Remote(command_executor=self.settings.grid, options=self._options(None))

    def _endpoint(self) -> str:
        capabilities: dict[str, Any] = self.driver.capabilities
        if "se:cdp" in capabilities:
            return str(capabilities["se:cdp"]).removesuffix("/")
        address = capabilities.get("goog:chromeOptions", {}).get("debuggerAddress")
        if not address:
            raise BrowserError(
                "The browser gives no address of its protocol.",
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


def _first_line(error: WebDriverException) -> str:
    lines = (error.msg or type(error).__name__).strip().splitlines()
    return lines[0] if lines else type(error).__name__
