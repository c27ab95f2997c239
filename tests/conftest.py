"""What all tests share: one build of the small library, and a guard over whose content is read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from audit.browser.browser import Browser
from audit.run.run import usual_workers
from audit.writing.house_words import use_own_list
from library_words.voice import Voice, speak
from tests import second_look
from tests.site import whole_site
from tests.site.projects import REPOSITORY
from tests.site.whole_site import LIBRARY, WholeSite

#: What belongs to the library of this checkout, and not to the tool.
_THEIRS = tuple(str(REPOSITORY / name) for name in ("content", "words.toml"))
_read: list[str] = []


def _note(event: str, args: tuple[Any, ...]) -> None:
    """Note what is opened or listed of a library's own; audit hooks cannot be taken back, so this one is quick."""
    if event in {"open", "os.listdir", "os.scandir"} and isinstance(args[0], str | os.PathLike):
        path = os.fspath(args[0])
        if isinstance(path, str):
            path = path if path.startswith("/") else f"{Path.cwd()}/{path}"
            if path.startswith(_THEIRS):
                _read.append(path)


sys.addaudithook(_note)

# The same examples on every machine, however busy it is; ``--hypothesis-profile default`` draws others.
settings.register_profile("same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")


def pytest_configure(config: pytest.Config) -> None:
    """What needs a browser is run once more when it fails."""
    if not config.pluginmanager.has_plugin(second_look.__name__):
        config.pluginmanager.register(second_look, second_look.__name__)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """As many processes as an audit has workers: tests with a browser wait for frames, and seconds for what moves."""
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else usual_workers()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for the browser, itself or through another fixture, needs one: nobody keeps a list."""
    for item in items:
        if isinstance(item, pytest.Function) and "browser" in item.fixturenames:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """No test opens a browser that does not say so, not even through a command or in a process of its own."""
    with pytest.MonkeyPatch.context() as patch:
        if item.get_closest_marker("browser") is None:
            patch.setenv("STEPFREE_BROWSER", "a browser, without the marker “browser”")
        return (yield)


def pytest_collection_finish() -> None:
    """Whether this library's tests are run at all is decided by looking into its content."""
    _read.clear()


@pytest.fixture(autouse=True)
def another_librarys_content_is_left_alone(request: pytest.FixtureRequest) -> Iterator[None]:
    """The tool's tests hold whatever library stands in content/; those in maple_lake/ are about this one."""
    yield
    read = list(_read)
    _read.clear()
    if "maple_lake" not in request.path.parts:
        assert read == [], "A test of the tool reads a library's own files; tests/library is there for it."


@pytest.fixture(autouse=True)
def library_of_one_test() -> None:
    """Each test begins with the languages, the country and the words of no library in particular.

    This comes after the fixtures of modules and of the whole run, which read libraries of their own.
    """
    usual = Voice()
    speak(usual.country, usual.languages)
    use_own_list(None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process. Whoever changes more of it than the page calls ``fresh`` first."""
    with Browser() as started:
        yield started


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> WholeSite:
    """The small library of these tests, built as it would be published on a fixed day."""
    return whole_site.build(LIBRARY, tmp_path_factory.mktemp("small-site"))
