"""The workflows are held to GitHub's hardening advice, by two tools and by hand.

Each tool is also shown a fault, so that a tool that looks at nothing is noticed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.settings.config import Config

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
#: The tools are installed beside this Python.
BIN = Path(sys.executable).parent

every_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)


def parsed(workflow: Path) -> dict[str, Any]:
    document = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def steps(workflow: Path) -> list[dict[str, Any]]:
    return [step for job in parsed(workflow)["jobs"].values() for step in job["steps"]]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with nothing but our .github in it; to actionlint the folder .git makes it one."""
    shutil.copytree(ROOT / ".github", tmp_path / ".github")
    (tmp_path / ".git").mkdir()
    return tmp_path


def run(tool: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BIN / tool, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def zizmor(repository: Path) -> subprocess.CompletedProcess[str]:
    return run("zizmor", "--offline", "--no-progress", "--persona", "pedantic", ".github", cwd=repository)


def actionlint(repository: Path) -> subprocess.CompletedProcess[str]:
    return run("actionlint", "-shellcheck", str(BIN / "shellcheck"), cwd=repository)


def spoil(repository: Path, old: str, new: str) -> None:
    check = repository / ".github" / "workflows" / "check.yml"
    text = check.read_text(encoding="utf-8")
    assert old in text
    check.write_text(text.replace(old, new), encoding="utf-8")


def test_there_are_workflows() -> None:
    assert {"check.yml", "publish.yml"} <= {path.name for path in WORKFLOWS}


def test_zizmor_finds_nothing(repository: Path) -> None:
    result = zizmor(repository)
    assert result.returncode == 0, result.stdout + result.stderr


def test_zizmor_would_find_untrusted_text_in_a_shell_line(repository: Path) -> None:
    spoil(repository, "run: make test", 'run: echo "${{ github.event.pull_request.title }}"')
    result = zizmor(repository)
    assert result.returncode >= 11
    assert "template-injection" in result.stdout


def test_actionlint_finds_nothing(repository: Path) -> None:
    result = actionlint(repository)
    assert result.returncode == 0, result.stdout + result.stderr


def test_actionlint_would_find_a_misspelt_context(repository: Path) -> None:
    spoil(repository, "${{ matrix.python }}", "${{ matrix.pyton }}")
    result = actionlint(repository)
    assert result.returncode == 1
    assert "pyton" in result.stdout


def test_actionlint_would_find_a_shell_fault(repository: Path) -> None:
    spoil(repository, "run: make test", "run: cd $GITHUB_WORKSPACE/$(pwd) && make test")
    result = actionlint(repository)
    assert result.returncode == 1
    assert "SC2086" in result.stdout or "SC2046" in result.stdout


@every_workflow
def test_every_action_is_pinned_by_commit_and_names_its_version(workflow: Path) -> None:
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    pinned = re.findall(
        r"^\s*(?:- )?uses: ([\w./-]+@[0-9a-f]{40}) # v\d+\.\d+\.\d+$",
        workflow.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert used == pinned


def test_an_action_has_the_same_commit_everywhere() -> None:
    commits: dict[str, set[str]] = {}
    for step in (step for workflow in WORKFLOWS for step in steps(workflow) if "uses" in step):
        name, commit = step["uses"].split("@")
        commits.setdefault(name, set()).add(commit)
    assert {name: found for name, found in commits.items() if len(found) > 1} == {}


@every_workflow
def test_nothing_is_permitted_at_the_top_and_every_job_says_what_it_needs(workflow: Path) -> None:
    document = parsed(workflow)
    assert document["permissions"] == {}
    for name, job in document["jobs"].items():
        assert isinstance(job.get("permissions"), dict), name


@every_workflow
def test_every_permission_has_its_reason_beside_it(workflow: Path) -> None:
    granted = re.findall(r"^ {6}([\w-]+): (?:read|write)(.*)$", workflow.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(granted) == sum(len(job["permissions"]) for job in parsed(workflow)["jobs"].values())
    assert [name for name, rest in granted if not rest.startswith(" # ")] == []


@every_workflow
def test_every_job_ends_by_itself(workflow: Path) -> None:
    assert all(job["timeout-minutes"] <= 60 for job in parsed(workflow)["jobs"].values())


@every_workflow
def test_checkout_leaves_no_credentials_behind(workflow: Path) -> None:
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@every_workflow
def test_no_expression_stands_in_a_shell_line(workflow: Path) -> None:
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []


@every_workflow
def test_no_pull_request_runs_with_rights(workflow: Path) -> None:
    document = parsed(workflow)
    # YAML 1.1 reads the key `on` as true.
    triggers = {str(key): value for key, value in document.items()}["True"]
    assert "pull_request_target" not in triggers
    if "pull_request" in triggers:
        granted = [right for job in document["jobs"].values() for right in job["permissions"].items()]
        assert {level for _, level in granted} == {"read"}


def test_only_the_deployment_may_write_to_pages() -> None:
    jobs = parsed(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]
    assert "write" not in jobs["audit"]["permissions"].values()
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["deploy"]["needs"] == "audit"


def test_the_verdict_runs_nothing_of_the_pull_request() -> None:
    jobs = parsed(ROOT / ".github" / "workflows" / "verdict.yml")["jobs"]
    for job in jobs.values():
        (out,) = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert out["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    # What was handed over is opened where nothing can write; what can write does not fetch it.
    assert set(jobs["audit"]["permissions"].values()) == {"read"}
    assert not any("download-artifact" in step.get("uses", "") for step in jobs["status"]["steps"])


def test_the_verdict_audits_what_the_check_hands_over() -> None:
    check = parsed(ROOT / ".github" / "workflows" / "check.yml")["jobs"]["site"]["steps"]
    (given,) = [step["with"] for step in check if step.get("with", {}).get("name") == "site"]
    verdict = parsed(ROOT / ".github" / "workflows" / "verdict.yml")["jobs"]["audit"]["steps"]
    (audit,) = [step for step in verdict if "stepfree audit" in step.get("run", "")]
    for path in ("build/site", "build/manifest.json"):
        assert path in given["path"].split()
        assert path in audit["run"].split()
    # The settings are the default branch's, never those that came along.
    assert "stepfree.toml" not in given["path"]
    assert "--config ../stepfree.toml" in audit["run"]
    assert audit["working-directory"] == "judged"


def test_a_failed_audit_hands_nothing_over() -> None:
    """Steps after a failed one run only with a condition; the handing over has none."""
    audit = parsed(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]["audit"]["steps"]
    names = [step["name"] for step in audit]
    handing_over = next(step for step in audit if step.get("uses", "").startswith("actions/upload-pages-artifact@"))
    gate = next(step for step in audit if "make publish" in step.get("run", ""))
    # With this shell a command that fails before a pipe fails the step (-o pipefail).
    assert gate["shell"] == "bash"
    assert names.index(gate["name"]) < names.index(handing_over["name"])
    assert "if" not in handing_over
    # Only the keeping of what was seen may fail: the audit is then a cold one.
    may_fail = [step for step in audit if step.get("continue-on-error")]
    assert all(step["uses"].startswith("actions/cache/") for step in may_fail)


def test_what_was_seen_is_kept_between_runs_and_never_written_by_a_fork() -> None:
    for name in ("check.yml", "publish.yml"):
        found = {
            step["uses"].split("@")[0]: step for step in steps(ROOT / ".github" / "workflows" / name) if "uses" in step
        }
        kept, fetched = found["actions/cache/save"], found["actions/cache/restore"]
        # Captures are large, and only of use to those who change rules.
        paths = [f"{Config().cache}/{part}" for part in ("results", "documents")]
        assert kept["with"]["path"].split() == fetched["with"]["path"].split() == paths
        assert kept["with"]["key"] == fetched["with"]["key"]
        assert kept["with"]["key"].endswith("-${{ github.run_id }}")
        # Without a cache a run takes longer, and says the same.
        assert kept["continue-on-error"]
        assert fetched["continue-on-error"]
        own = "github.event.pull_request.head.repo.full_name == github.repository"
        assert (own in kept["if"]) == (name == "check.yml")


@pytest.mark.parametrize(
    ("files", "tested"),
    [
        (["content/programs/story-time.md"], False),
        (["content/images/hall.jpg", "content/library.yml"], False),
        (["content/programs/story-time.md", "audit/errors.py"], True),
        (["docs/content/page.md"], True),
        (["content.py"], True),
    ],
)
def test_a_change_of_content_does_not_run_the_tests_of_the_tool(tmp_path: Path, files: list[str], tested: bool) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "--quiet")
    git("commit", "--allow-empty", "--message", "Before")
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("new")
    git("add", "--all")
    git("commit", "--message", "After")
    code = parsed(ROOT / ".github" / "workflows" / "check.yml")["jobs"]["code"]["steps"]
    output = tmp_path / "output"
    step = next(step for step in code if step.get("id") == "changes")
    subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=tmp_path, check=True, env={**os.environ, "GITHUB_OUTPUT": str(output)}
    )
    assert output.is_file() == tested
    test = next(step for step in code if "make test" in step.get("run", ""))
    assert test["if"] == "${{ steps.changes.outputs.code == 'true' }}"


def test_dependabot_waits_before_it_proposes_a_release() -> None:
    document = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))
    assert document["updates"]
    assert all(update["cooldown"]["default-days"] >= 7 for update in document["updates"])
