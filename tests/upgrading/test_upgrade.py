"""``stepfree upgrade`` over three versions: what it says is complete, what it writes can be undone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.errors import UsageError
from stepfree.founding.workflows import workflows as written
from stepfree.upgrading.editions import edition, pinned, python_of, wanted, with_pin
from stepfree.upgrading.own_files import changes, hints, take, undo, workflows
from tests.upgrading.conftest import packages_of, wheel_of

ANSWERS = Path(__file__).parents[1] / "founding" / "answers" / "ohio.toml"
SKIP = "library_site/theme/components/skip-link/template.html"
#: A rule that the first version does not have yet.
RULE = "audit/rules/writing/skipped_heading_level"
WORKFLOW = ".github/workflows/website.yml"


def _first(packages: Path) -> None:
    shutil.rmtree(packages / RULE)


def _second(packages: Path) -> None:
    text = (packages / SKIP).read_text(encoding="utf-8")
    (packages / SKIP).write_text(text.replace("Skip to main content", "Skip to the content"), encoding="utf-8")
    # A style sheet: the pages that use it are the same, but for the stamp in its address.
    sheet = next((packages / "library_site/theme/static").glob("*.css"))
    sheet.write_text(f"{sheet.read_text(encoding='utf-8')}\n.nobody {{ color: #123456; }}\n", encoding="utf-8")
    starter = packages / "stepfree/starter/check.yml"
    starter.write_text(f"# The second one.\n{starter.read_text(encoding='utf-8')}", encoding="utf-8")


def _third(packages: Path) -> None:
    _second(packages)
    # It asks for something that the website does not have: its content has to be mended first.
    file = packages / "library_schemas/library.py"
    text = file.read_text(encoding="utf-8")
    assert "    timezone:" in text
    file.write_text(text.replace("    timezone:", "    motto: str\n    timezone:", 1), encoding="utf-8")


@pytest.fixture(scope="module")
def versions(stand_in: Callable[[str, Callable[[Path], None]], Path]) -> tuple[Path, Path, Path]:
    return stand_in("0.8.0", _first), stand_in("0.9.0", _second), stand_in("1.0.0", _third)


def call(environment: Path, *arguments: str, folder: Path) -> tuple[int, str]:
    done = edition(python_of(environment)).run("stepfree", *arguments, folder=folder)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def own_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "build" not in path.relative_to(folder).parts
    }


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_three_versions_with_a_hundred_own_files(versions: tuple[Path, Path, Path], tmp_path: Path) -> None:
    first, second, third = versions
    site = tmp_path / "library"
    assert call(first, "init", str(site), "--answers", str(ANSWERS), folder=tmp_path)[0] == 0
    (site / "content/files").mkdir()
    (site / "content/news").mkdir()
    for number in range(100):
        (site / f"content/files/minutes-{number}.txt").write_text(f"Minutes {number}.\n", encoding="utf-8")
    for number in range(10):
        news = f"---\ntitle: News {number}\nsummary: It is {number}.\ndate: 2026-11-{number + 10}\n---\n\nWords.\n"
        (site / f"content/news/news-{number}.md").write_text(news, encoding="utf-8")
    contact = site / "content/pages/contact.md"
    contact.write_text(
        f"{contact.read_text(encoding='utf-8')}\n#### Parking\n\nBehind the library.\n", encoding="utf-8"
    )
    mine = own_files(site)

    code, said = call(first, "upgrade", "--environment", str(second), "--no-browser", "--yes", folder=site)
    assert code == 1, said
    assert "Pages: 0 identical, 20 different." in said
    assert "-Skip to main content" in said
    assert "+Skip to the content" in said
    assert "Findings: 1 new (1 would keep the website from being published), 0 no longer found" in said
    assert "skipped-heading-level" in said
    assert "the rule is new" in said
    assert "content/pages/contact.md:" in said
    told = (site / "build/upgrade/upgrade.html").read_text(encoding="utf-8")
    assert "theme/theme.css" in told
    changed = {name for name, data in own_files(site).items() if mine.get(name) != data}
    assert changed == {"requirements.txt", WORKFLOW}
    assert pinned(site) == "stepfree[site]==0.9.0"
    assert (site / WORKFLOW).read_text(encoding="utf-8").startswith("# The second one.")

    code, said = call(second, "upgrade", "--undo", folder=site)
    assert code == 0, said
    assert own_files(site) == mine

    (site / "requirements.txt").write_text("stepfree[site]==0.9.0\n", encoding="utf-8")
    code, said = call(second, "upgrade", "--environment", str(third), "--no-browser", "--look", folder=site)
    assert code == 2, said
    assert "1.0.0 does not build this website as it is." in said
    assert "motto" in said
    assert pinned(site) == "stepfree[site]==0.9.0"

    # One that asks for nothing is taken; of the library's own only the line about the program is another.
    file = packages_of(third) / "library_schemas/library.py"
    file.write_text(file.read_text(encoding="utf-8").replace("motto: str", 'motto: str = ""'), encoding="utf-8")
    shutil.rmtree(packages_of(third) / "library_schemas/__pycache__", ignore_errors=True)
    (site / WORKFLOW).write_text("# Ours.\n", encoding="utf-8")
    mine = own_files(site)
    code, said = call(second, "upgrade", "--environment", str(third), "--no-browser", "--yes", folder=site)
    assert code == 4, said  # nothing was looked at in a browser
    assert "Pages: 20 identical, 0 different." in said
    assert {name for name, data in own_files(site).items() if mine.get(name) != data} == {"requirements.txt"}
    assert pinned(site) == "stepfree[site]==1.0.0"


NEWS = "library_site/theme/templates/news-item.html"
BRANCH = "library_site/theme/templates/branch.html"


def _other_news(packages: Path) -> None:
    """Other words on news alone, another style sheet for no page of this website, and one file that is new."""
    text = (packages / NEWS).read_text(encoding="utf-8")
    assert '<div class="prose">' in text
    (packages / NEWS).write_text(text.replace('<div class="prose">', '<p>From us.</p><div class="prose">'), "utf-8")


def _of_every_type(folder: Path) -> int:
    """Content of a library's own, of many types; how many files."""
    kinds = {
        "news": (25, "summary: It is {n}.\ndate: 2026-11-{d}\n"),
        "programs": (
            20, ("summary: It is {n}.\nstarts: 2027-03-{d} 10:00\nends: 2027-03-{d} 11:00\nbranch: main-library\noutside_hours: true\n"
            "audience: [everyone]\nkind: community\nregistration:\n  needed: none\n"),
        ),
        "e-resources": (
            15, "summary: It is {n}.\nurl: https://r{n}.example.org/\naccess: anyone\nsubjects: [News]\nkinds: [newspapers]\n",
        ),
        "pages": (15, "summary: It is {n}.\nredirect_from: [/old-{n}/]\n"),
        "notices": (5, "kind: good news\nstarts: 2026-11-{d}\nexpected_end: 2027-11-{d}\nreason: It is new.\nalternatives: None\n"),
    }  # fmt: skip
    made = 0
    for kind, (count, fields) in kinds.items():
        (folder / "content" / kind).mkdir(exist_ok=True)
        for number in range(count):
            head = fields.format(n=number, d=10 + number % 18)
            text = f"---\ntitle: {kind.capitalize()} number {number}\n{head}---\n\nWords.\n"
            (folder / "content" / kind / f"own-{number}.md").write_text(text, encoding="utf-8")
            made += 1
    (folder / "content/files").mkdir()
    for number in range(20):
        (folder / f"content/files/own-{number}.txt").write_text(f"Minutes {number}.\n", encoding="utf-8")
    (folder / "words.toml").write_text('[en]\nabbreviations = ["ACDL"]\n', encoding="utf-8")
    return made + 21


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _other_branches(packages: Path) -> None:
    """What the version before changed, other words on every branch, and one style sheet that all pages use."""
    _other_news(packages)
    text = (packages / BRANCH).read_text(encoding="utf-8")
    last = text.rindex("{% endblock %}")
    (packages / BRANCH).write_text(f"{text[:last]}<p>Come in.</p>{text[last:]}", "utf-8")
    sheet = packages / "library_site/theme/static/base.css"
    sheet.write_text(f"{sheet.read_text(encoding='utf-8')}\n.come-in {{ margin: 0; }}\n", "utf-8")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_list_of_differences_names_what_differs_and_nothing_else(
    stand_in: Callable[[str, Callable[[Path], None]], Path], tmp_path: Path
) -> None:
    """Over three versions, held against the bytes of their builds, which this test compares itself."""
    changes: tuple[Callable[[Path], None], ...] = (lambda _: None, _other_news, _other_branches)
    versions = [stand_in(f"0.{8 + number}.1", change) for number, change in enumerate(changes)]
    site = tmp_path / "library"
    assert call(versions[0], "init", str(site), "--answers", str(ANSWERS), folder=tmp_path)[0] == 0
    assert _of_every_type(site) >= 100
    mine = own_files(site)
    builds = []
    for number, version in enumerate(versions):
        shutil.copytree(site, tmp_path / f"copy-{number}")
        code, said = call(version, "build", "--publish", folder=tmp_path / f"copy-{number}")
        assert code == 0, said
        builds.append(_bytes(tmp_path / f"copy-{number}" / "build/site"))
    for number, expected in enumerate(("/news/own-0/", "/branches/main-library/")):
        before, after = builds[number : number + 2]
        differ = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        pages = {f"/{name.removesuffix('index.html')}" for name in differ if name.endswith(".html")}
        others = {name for name in differ if not name.endswith(".html")}
        assert expected in pages

        (site / "requirements.txt").write_text(f"stepfree[site]==0.{8 + number}.1\n", encoding="utf-8")
        following = str(versions[number + 1])
        code, said = call(
            versions[number], "upgrade", "--environment", following, "--no-browser", "--look", folder=site
        )
        assert code in {0, 4}, said
        every = [name for name in after if name.endswith(".html")]
        assert f"Pages: {len(every) - len(pages)} identical, {len(pages)} different." in said
        told = (site / "build/upgrade/upgrade.html").read_text(encoding="utf-8")
        lists = (
            re.match(r"\s*<li>((?:/[^\s,:<]*(?:, )?)+): ", line) for line in told.replace("<li>", "\n<li>").split("\n")
        )
        named = {address for each in lists if each for address in each[1].split(", ")}
        assert {address.removeprefix("/library") for address in named} == pages
        assert {name for name in others if name not in told} == set()
        # All but the line that this test writes itself.
        assert {name for name, data in own_files(site).items() if mine.get(name) != data} <= {"requirements.txt"}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_newest_version_is_found_in_an_index(
    versions: tuple[Path, Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index as PEP 503 describes it, in a folder: what pip installs from is nothing that we stand in for."""
    index = tmp_path / "simple/stepfree"
    index.mkdir(parents=True)
    files = [
        wheel_of(environment, version, index)
        for environment, version in zip(versions[:2], ("0.8.0", "0.9.0"), strict=True)
    ]
    (index / "index.html").write_text("".join(f'<a href="{file.name}">{file.name}</a>\n' for file in files), "utf-8")
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", index.parent.as_uri())
    assert call(versions[0], "init", "library", "--answers", str(ANSWERS), folder=tmp_path)[0] == 0
    site = tmp_path / "library"
    code, said = call(versions[0], "upgrade", "--no-browser", "--yes", folder=site)
    assert code == 4, said  # nothing was looked at in a browser
    assert "Building and checking with 0.9.0 …" in said
    assert pinned(site) == "stepfree[site]==0.9.0"
    code, said = call(versions[1], "upgrade", "--no-browser", folder=site)
    assert (code, said.splitlines()[-1]) == (0, "You have the newest version, 0.9.0.")


@pytest.mark.slow
def test_the_same_version_is_no_upgrade(versions: tuple[Path, Path, Path], tmp_path: Path) -> None:
    assert call(versions[0], "init", "library", "--answers", str(ANSWERS), folder=tmp_path)[0] == 0
    code, said = call(versions[0], "upgrade", "--environment", str(versions[0]), folder=tmp_path / "library")
    assert (code, said.strip()) == (0, "You have the newest version, 0.8.0.")


@pytest.mark.slow
def test_what_cannot_be_done_is_said_in_a_sentence(versions: tuple[Path, Path, Path], tmp_path: Path) -> None:
    assert call(versions[0], "init", "library", "--answers", str(ANSWERS), folder=tmp_path)[0] == 0
    site = tmp_path / "library"
    for arguments, sentence in (
        (("--undo",), "There is no upgrade to undo"),
        (("--environment", "content"), "content is not a Python environment."),
        (("--environment", str(versions[1]), "--to", "0.9.0"), "cannot be used together"),
        (("--yes", "--look"), "cannot be used together"),
    ):
        code, said = call(versions[0], "upgrade", *arguments, folder=site)
        assert code == 2
        assert sentence in said


@pytest.mark.slow
def test_a_workflow_that_the_library_has_changed_is_its_own(versions: tuple[Path, Path, Path], tmp_path: Path) -> None:
    first, second = (edition(python_of(each)) for each in versions[:2])
    assert first.run("stepfree", "init", "library", "--answers", str(ANSWERS), folder=tmp_path).returncode == 0
    site = tmp_path / "library"
    before, after = workflows(first, site), workflows(second, site)
    assert {each.name for each in changes(site, first, second, before, after)} == {"requirements.txt", WORKFLOW}
    (site / WORKFLOW).write_text("# Ours.\n", encoding="utf-8")
    wanted_changes = changes(site, first, second, before, after)
    assert {each.name for each in wanted_changes} == {"requirements.txt"}
    assert [each.split(":")[0] for each in hints(site, before, after)] == [WORKFLOW]
    take(site, site / "build/upgrade", wanted_changes)
    (site / "requirements.txt").write_text("stepfree==0.9.1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="has been changed since the upgrade"):
        undo(site, site / "build/upgrade")


@pytest.mark.parametrize(
    ("said", "pin", "installed"),
    [
        (None, "stepfree==0.8.0", "stepfree>=0.8.0"),
        (None, "stepfree[site]==0.8.0", "stepfree[site]>=0.8.0"),
        ("0.9.0", "stepfree[site]==0.8.0", "stepfree[site]==0.9.0"),
        ("0.9.0", "./tools/stepfree-0.8.0-py3-none-any.whl[site]", "stepfree[site]==0.9.0"),
        (
            None,
            f"stepfree[site] @ git+https://example.org/stepfree@{'a' * 40}",
            "stepfree[site] @ git+https://example.org/stepfree",
        ),
        (
            None,
            f"stepfree @ git+ssh://git@example.org/stepfree@{'a' * 40}",
            "stepfree @ git+ssh://git@example.org/stepfree",
        ),
    ],
)
def test_the_newest_is_looked_for_where_the_present_one_came_from(said: str | None, pin: str, installed: str) -> None:
    assert wanted(said, pin) == installed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stepfree==0.8.0\n", "stepfree==0.9.0\n"),
        ("# Ours\nrequests==2.0\nstepfree==0.8.0  # pinned\n", "# Ours\nrequests==2.0\nstepfree==0.9.0\n"),
        ("./tools/stepfree-0.8.0-py3-none-any.whl[site]\n", "stepfree==0.9.0\n"),
        ("", "stepfree==0.9.0\n"),
    ],
)
def test_only_the_line_of_the_program_is_written(text: str, expected: str) -> None:
    assert with_pin(text, "stepfree==0.9.0") == expected


def test_a_proposal_is_made_by_commands_that_are_right(tmp_path: Path) -> None:
    """The workflow that ``init`` writes, held to GitHub's advice as ours are."""
    tools = Path(sys.executable).parent
    for host in ("github-pages", "later"):
        folder = tmp_path / host
        (folder / ".git").mkdir(parents=True)
        for name, text in written(host).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        commands: tuple[list[str | Path], ...] = (
            [tools / "actionlint", "-shellcheck", str(tools / "shellcheck")],
            [tools / "zizmor", "--offline", "--no-progress", "--persona", "pedantic", ".github"],
        )
        for command in commands:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
