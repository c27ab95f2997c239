"""A test that needs a browser and fails is run once more, as the gate looks a second time at a page that gave no answer.

A browser on a busy machine now and then shows a frame late. What passes only at the second look is not hidden: it is
listed at the end of the run. A test that fails twice fails, and one without a browser is run once.
"""

from __future__ import annotations

import pytest
from _pytest.runner import runtestprotocol

_KEY = "passed at the second look"
_AGAIN: pytest.StashKey[list[pytest.TestReport]] = pytest.StashKey()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test with the marker “browser”, and run it again if it failed."""
    if item.get_closest_marker("browser") is None:
        return None
    if _AGAIN in item.stash:
        item.stash[_AGAIN] = runtestprotocol(item, nextitem=nextitem, log=False)
        return True
    hook = item.ihook
    hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if first := [report for report in reports if report.failed]:
        if isinstance(item, pytest.Function):
            item._initrequest()
        item.stash[_AGAIN] = []
        # Through the hook, so that what surrounds a test, its time limit above all, begins anew.
        hook.pytest_runtest_protocol(item=item, nextitem=nextitem)
        reports = item.stash[_AGAIN]
        if not any(report.failed for report in reports):
            for report in reports:
                if report.when == "call":
                    report.user_properties.append((_KEY, first[0].longreprtext.strip().rpartition("\n")[2]))
    for report in reports:
        hook.pytest_runtest_logreport(report=report)
    hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests passed only when they were looked at again, and where they failed before."""
    found = sorted(
        (report.nodeid, str(value))
        for report in terminalreporter.stats.get("passed", [])
        for key, value in report.user_properties
        if key == _KEY
    )
    if found:
        terminalreporter.section(f"{len(found)} {_KEY}")
        for name, where in found:
            terminalreporter.write_line(f"{name}: {where}")
