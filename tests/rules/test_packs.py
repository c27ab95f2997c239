"""Rules of one's own are added by a line of the configuration, and a pack that is wrong is told in a sentence."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from audit.browser.browser import BrowserSettings
from audit.capture.settings import CaptureSettings
from audit.errors import UsageError
from audit.judgement.gate import names_of
from audit.rules import load
from audit.run.cache import judging_digest
from audit.run.order import Order, chosen_rules
from audit.run.worker import STEADY_ORIGIN, Job
from audit.settings.config import Config
from audit.settings.config import load as load_config
from stepfree.__main__ import run
from stepfree.installation import CONTENT_RULES
from stepfree.rule_pages import FOLDER, rule_pages

PAGE = Path(__file__).parents[2] / "docs" / "rule-packs.md"
EXAMPLE = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def pack(folder: Path, text: str, name: str = "old_phone_number") -> Path:
    (folder / name).mkdir(parents=True)
    (folder / name / "rule.py").write_text(text, encoding="utf-8")
    return folder


def example() -> str:
    assert EXAMPLE is not None
    return EXAMPLE.group(1)


def test_the_example_of_the_documentation_finds_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    pack(tmp_path / "rules", example())
    (tmp_path / "stepfree.toml").write_text(
        '[audit]\nblock_rules = ["old-phone-number"]\n[paths]\nrules = ["rules"]\n', encoding="utf-8"
    )
    (tmp_path / "content").mkdir()
    text = "---\ntitle: Contact\n---\n\nCall 705-555-0100 any day.\n"
    (tmp_path / "content" / "contact.md").write_text(text, encoding="utf-8")
    (tmp_path / "site").mkdir()
    html = '<!DOCTYPE html><html lang="en"><title>Contact</title><p>Call 705-555-0100 any day.</p>'
    (tmp_path / "site" / "contact.html").write_text(html, encoding="utf-8")
    manifest = {
        "schema": "stepfree-manifest/2",
        "owners": {"theme/page.html": "theme"},
        "base_path": "/",
        "pages": [
            {
                "address": "/contact.html",
                "file": "contact.html",
                "sha256": hashlib.sha256(html.encode()).hexdigest(),
                "source": {"path": "content/contact.md", "line": 1},
                "template": "theme/page.html",
                "lang": "en",
                "status": 200,
                "kind": "page",
                "elements": {"count": 5, "sources": ["content/contact.md"], "runs": [[0, 0, 5]]},
            }
        ],
        "files": [],
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    code = run(["audit", "site", "--manifest", "manifest.json", "--no-browser", "--rule", "old-phone-number"])
    assert code == 4, capsys.readouterr().err
    report = json.loads((tmp_path / "build" / "report" / "report.json").read_text(encoding="utf-8"))
    (found,) = (each for each in report["findings"] if each["rule"] == "old-phone-number")
    assert found["message"] == "705-555-0100 was given up in May."
    assert found["source"] == {"path": "content/contact.md", "line": 5, "kind": "content"}
    assert found["blocking"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("RULE = 1\n", "must define RULE, applies and expect"),
        ("def (\n", "rule.py:1: this is not Python"),
        ("import nothing_of_this_name\n", "cannot be loaded: ModuleNotFoundError"),
        ("RULE = applies = expect = None\n", "RULE must be an audit.model.rule.Rule"),
    ],
)
def test_a_rule_that_cannot_be_loaded_is_told(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=re.escape(sentence)):
        load((str(pack(tmp_path / "rules", text)),))


def test_a_rule_of_a_pack_has_its_page_on_a_site_that_explains_the_rules(tmp_path: Path) -> None:
    folder = pack(tmp_path / "rules", example())
    own = {page.name for page in rule_pages((str(folder),))} - {page.name for page in rule_pages()}
    assert own == {f"{FOLDER}/old-phone-number.md"}


def test_what_was_said_by_a_rule_that_has_changed_is_not_kept(tmp_path: Path) -> None:
    folder = pack(tmp_path / "rules", example())
    job = Job(
        origin=STEADY_ORIGIN,
        base_path="/",
        needs=frozenset(),
        rules=("old-phone-number",),
        browser=BrowserSettings(),
        capture=CaptureSettings(),
        cache=tmp_path / "cache",
        scratch=tmp_path,
        packs=(str(folder),),
    )
    before = judging_digest(job)
    assert judging_digest(job) == before
    rule = folder / "old_phone_number" / "rule.py"
    rule.write_text(example().replace("705-555-0100", "705-555-0101"), encoding="utf-8")
    assert judging_digest(job) != before


def test_a_pack_that_is_not_there_or_empty_is_told(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    with pytest.raises(UsageError, match="has no rule"):
        load((str(tmp_path / "rules"),))
    with pytest.raises(UsageError, match="There is no rule pack “nothing_of_this_name”"):
        load(("nothing_of_this_name",))
    (tmp_path / "stepfree.toml").write_text('[paths]\nrules = ["no/such/folder"]\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"stepfree\.toml:2: there is no folder"):
        load_config(tmp_path / "stepfree.toml")


def test_two_rules_of_one_name_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Two rules have the id “fake-list”"):
        load((str(pack(tmp_path / "rules", example(), "fake_list")),))


def test_the_auditor_alone_has_no_rule_about_our_content() -> None:
    assert {"minutes-overdue", "date-overdue", "contact-unlike-record"} <= set(load((CONTENT_RULES,)))
    assert {"minutes-overdue", "date-overdue", "contact-unlike-record"}.isdisjoint(load())


ALIASES = [(alias, rule.id) for rule in load((CONTENT_RULES,)).values() for alias in rule.rule.aliases]


@pytest.mark.parametrize(("alias", "present"), ALIASES)
def test_a_former_name_is_known_wherever_a_rule_is_named(alias: str, present: str) -> None:
    assert [rule.id for rule in chosen_rules((alias,), packs=(CONTENT_RULES,))] == [present]
    assert names_of(load((CONTENT_RULES,)), ())[alias] == present
    policy = Order("site", Config(block_rules=(alias,), rules=(CONTENT_RULES,)), only=(alias,)).policy
    assert policy.block_rules == {present}
    assert policy.only == {present}


def test_no_former_name_is_a_present_one() -> None:
    former = [alias for alias, _ in ALIASES]
    assert len(former) == len(set(former))
    assert set(former).isdisjoint(load((CONTENT_RULES,)))


def test_fix_mends_what_a_rule_of_ones_own_knows_to_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    pack(tmp_path / "rules", "\n\n".join(blocks))
    (tmp_path / "stepfree.toml").write_text('[paths]\nrules = ["rules"]\n', encoding="utf-8")
    page = tmp_path / "content" / "contact.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: Contact\n---\n\nCall 705-555-0100 any day.\n", encoding="utf-8")
    assert run(["fix", "--write", "content"]) == 0
    assert page.read_text(encoding="utf-8").endswith("Call 705-555-0142 any day.\n")
