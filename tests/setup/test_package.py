"""The wheel, installed elsewhere: it holds everything, the auditor alone needs little, and each command says what it lacks."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from audit.settings.extras import EXTRAS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
API_PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
#: Makes an installed package look as if it were not.
BLOCKER = """
import sys
class _Finder:
    def __init__(self, finder):
        self.finder = finder
    def __getattr__(self, name):
        return getattr(self.finder, name)
    def find_spec(self, name, path=None, target=None):
        return None if name.split(".")[0] in {modules!r} else self.finder.find_spec(name, path, target)
sys.meta_path[:] = [_Finder(finder) for finder in sys.meta_path]
"""
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>{title}</h1>{body}</main></body></html>"""


def package_run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder, capture_output=True, text=True, check=False, timeout=200, stdin=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "SE_AVOID_STATS": "true"},
    )  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from this checkout, with the build tool of the lock: nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "wheel")
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "-w", folder, ROOT], check=True)
    return next(folder.glob("*.whl"))


def environment(folder: Path, wheel: Path, *, without: Sequence[str] = ()) -> Path:
    """The programs of a fresh environment with the wheel. It sees the packages of this one, and no file of this checkout."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "--python", programs / "python")
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--no-compile", wheel], check=True)
    packages = Path(
        subprocess.check_output(
            [programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
        ).strip()
    )
    # Packages that a path file names bring no path files of their own, so this checkout stays out.
    (packages / "shared.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    if without:
        (packages / "not_installed.py").write_text(BLOCKER.format(modules=set(without)), encoding="utf-8")
        (packages / "not_installed.pth").write_text("import not_installed", encoding="utf-8")
    return programs


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """With every extra."""
    return environment(tmp_path_factory.mktemp("whole") / "env", wheel)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The auditor without any extra."""
    modules = [module for extra in EXTRAS.values() for module in extra]
    return environment(tmp_path_factory.mktemp("alone") / "env", wheel, without=modules)


def test_the_wheel_holds_everything_that_a_library_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "audit/run/run.py",
        "audit/py.typed",
        "audit/capture/scripts/axe_trim.js",
        "stepfree/commands/audit.py",
        "stepfree/content_rules/minutes_overdue/rule.py",
        "stepfree/starter/stepfree.toml",
        "stepfree/demo/content/library.yml",
        "stepfree/demo/stepfree.toml",
        "library_site/__init__.py",
        "library_site/theme/templates/base.html",
    ):
        assert name in names
    # What is kept here and not there is a fault that only others would meet.
    kept = subprocess.check_output(["git", "ls-files", "audit", "stepfree", "theme", "content"], cwd=ROOT, text=True)
    places = {"theme/": "library_site/theme/", "content/": "stepfree/demo/content/"}
    for file in filter(lambda file: (ROOT / file).is_file(), kept.splitlines()):
        top = next((top for top in places if file.startswith(top)), "")
        assert places.get(top, "") + file.removeprefix(top) in names
    assert {name.split("/")[0] for name in names} & {"tests", "benchmarks", "docs", "build"} == set()


def test_the_table_of_extras_is_that_of_the_project() -> None:
    distributions = packages_distributions()
    for extra, modules in EXTRAS.items():
        wanted = {
            canonicalize_name(Requirement(text).name)
            for text in PROJECT["optional-dependencies"][extra]
            if not text.startswith("stepfree[")
        }
        assert {canonicalize_name(name) for module in modules for name in distributions[module]} == wanted
    assert set(PROJECT["optional-dependencies"]) == {*EXTRAS, "all"}


def test_what_is_installed_is_used_by_more_than_tests() -> None:
    imported = {
        name.partition(".")[0]
        for top in ("audit", "stepfree", "plugins")
        for file in (ROOT / top).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    distributions = packages_distributions()
    used = {canonicalize_name(name) for module in imported for name in distributions.get(module, ())}
    extras = PROJECT["optional-dependencies"].values()
    wanted = {
        canonicalize_name(Requirement(text).name)
        for texts in (PROJECT["dependencies"], *extras)
        for text in texts
        if not text.startswith("stepfree[")
    }
    # Letters are data, found by the name of their package; fonttools asks for the compression.
    assert wanted - used == {"brotli", "font-source-sans-pro", "font-source-serif-pro"}


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("audit", 2, "TARGET"),
        ("audit .", 3, "there is no HTML file"),
        ("explain broken-link", 0, "Link leads nowhere"),
        ("explain minutes-overdue", 0, "inutes"),
        ("new program", 2, "There is no website here"),
        ("fix", 2, "There is no website here"),
        ("compare before.json after.json", 2, "before.json: the report cannot be read"),
        ("demo maple", 0, "stepfree preview"),
        ("init library --answers {answers}", 0, "stepfree preview"),
        ("check", 2, "There is no website here"),
        ("import libguides list.csv", 2, "list.csv"),
        ("convert minutes.docx", 2, "minutes.docx"),
    ],
)
def test_each_command_works_in_an_empty_folder_or_says_what_is_missing(
    whole: Path, tmp_path: Path, command: str, code: int, told: str
) -> None:
    answers = ROOT / "tests" / "founding" / "answers" / "ontario.toml"
    said = package_run(whole / "stepfree", *command.format(answers=answers).split(), folder=tmp_path)
    assert (said.returncode, said.stdout + said.stderr) == (code, said.stdout + said.stderr)
    assert told in said.stdout + said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize(
    ("command", "extra"),
    [
        ("new program", "site"),
        ("init library", "site"),
        ("import calendar programs.ics", "site"),
        ("convert minutes.docx", "imports"),
        ("fix content", "site"),
    ],
)
def test_the_auditor_alone_says_which_part_is_missing(alone: Path, tmp_path: Path, command: str, extra: str) -> None:
    demo = package_run(alone / "stepfree", "demo", "here", folder=tmp_path)
    assert demo.returncode == 0, demo.stderr
    (tmp_path / "here" / "minutes.docx").write_bytes(b"")
    said = package_run(alone / "stepfree", *command.split(), folder=tmp_path / "here")
    assert said.returncode == 2
    assert f'pip install "stepfree[{extra}]"' in said.stderr
    assert said.stderr.count("\n") == 1


def test_the_auditor_alone_explains_its_own_rules(alone: Path, tmp_path: Path) -> None:
    listed = package_run(alone / "stepfree", "explain", folder=tmp_path)
    assert listed.returncode == 0
    assert "broken-link:" in listed.stdout
    assert "minutes-overdue" not in listed.stdout


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Two sites of others: one with a fault and a PDF, one with nothing wrong."""
    site, other = tmp_path / "public", tmp_path / "other"
    site.mkdir()
    other.mkdir()
    body = '<p><img src="data:,"></p><p><a href="rules.pdf">The rules of our club (PDF)</a></p>'
    (site / "index.html").write_text(PAGE.format(title="A club of walkers", body=body), encoding="utf-8")
    (site / "rules.pdf").write_bytes(b"%PDF-1.7\n")
    (other / "index.html").write_text(
        PAGE.format(title="Another club", body="<p>We meet on Fridays at seven.</p>"), encoding="utf-8"
    )
    return tmp_path


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_the_auditor_alone_audits_foreign_folders(alone: Path, foreign: Path) -> None:
    (foreign / "sites.txt").write_text("public One\nother Two\n", encoding="utf-8")
    said = package_run(
        alone / "stepfree",
        "audit",
        "--sites",
        "sites.txt",
        "--format",
        "json,markdown",
        "--output",
        "reports",
        "--workers",
        "1",
        folder=foreign,
    )
    # A PDF that nothing here can read was not looked at: never a pass.
    assert said.returncode == 4, said.stderr
    assert "Nothing blocks publishing at one of two sites." in said.stdout
    report = json.loads((foreign / "reports" / "one" / "report.json").read_bytes())
    (unread,) = [page["reason"] for page in report["pages"] if page["state"] == "not_audited"]
    assert unread.endswith('pip install "stepfree[documents]"')
    assert "image-alt" in {finding["rule"] for finding in report["findings"]}


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_the_examples_of_the_page_about_the_api_run(whole: Path, foreign: Path) -> None:
    script, tests = re.findall(r"^```python\n(.*?)^```$", API_PAGE, re.MULTILINE | re.DOTALL)
    (foreign / "public" / "rules.pdf").unlink()
    (foreign / "script.py").write_text(script, encoding="utf-8")
    (foreign / "test_accessibility.py").write_text(tests, encoding="utf-8")
    said = package_run(whole / "python", "script.py", folder=foreign)
    assert said.returncode == 1, said.stderr
    assert "/ image-alt: " in said.stdout
    assert (foreign / "build" / "report" / "report.html").is_file()
    tested = package_run(
        whole / "python", "-m", "pytest", "-q", "-p", "no:randomly", "test_accessibility.py", folder=foreign
    )
    assert "1 failed, 1 passed" in tested.stdout, tested.stdout + tested.stderr
    assert "has no text alternative" in tested.stdout


def test_the_page_about_the_api_names_what_is_there() -> None:
    import dataclasses

    from stepfree import api

    tables = re.findall(r"^\| in `(\w+)` \|.*?\n\n", API_PAGE, re.MULTILINE | re.DOTALL)
    assert tables == ["Order", "Report"]
    for kind, table in re.findall(r"^\| in `(\w+)` \|[^\n]*\n\|[-|]+\n(.*?)\n\n", API_PAGE, re.MULTILINE | re.DOTALL):
        known = {field.name for field in dataclasses.fields(getattr(api, kind))} | set(dir(getattr(api, kind)))
        assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) <= known
    for name in re.findall(r"`([A-Z]\w+Error|[a-z]+_[a-z]+|[A-Z][a-z]+[A-Z]\w+)[`(]", API_PAGE):
        assert hasattr(api, name) or name in {"exit_code", "use_cache"}, name
