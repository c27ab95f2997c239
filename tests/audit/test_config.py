"""A misspelt setting is an error with file and line, never silently ignored."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import audit
from audit.errors import UsageError
from audit.settings.config import SITE_KEYS, Config, find, load

OWNED = 'owner = "Web team", until = 2027-01-31'


def write(folder: Path, text: str) -> Path:
    file = folder / "stepfree.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_everything_that_can_be_decided(tmp_path: Path) -> None:
    (tmp_path / "axe.js").write_text("")
    config = load(
        write(
            tmp_path,
            """
[audit]
profile = "wcag22-aa"
block = ["aoda"]
block_rules = ["fake-list"]
base_path = "library"
workers = 2
timeout = 90
axe_script = "axe.js"
max_pages = 50
[site]
organization = "public-sector"
third_parties = ["fonts.example.org"]
[exclude]
"/old/*" = { reason = "kept for history only", owner = "Web team", until = 2027-01-31 }
[paths]
baseline = "baseline.toml"
""",
        )
    )
    assert config.profile == "wcag22-aa"
    assert config.base_path == "/library/"
    assert config.axe_script == tmp_path / "axe.js"
    assert config.baseline == tmp_path / "baseline.toml"
    assert [(each.pattern, each.reason, each.owner, each.line) for each in config.exclude] == [
        ("/old/*", "kept for history only", "Web team", 15)
    ]


@pytest.mark.parametrize("key", sorted(SITE_KEYS))
def test_every_setting_of_the_site_is_read_by_something(key: str) -> None:
    """A setting that nothing reads is believed to have an effect."""
    reads = re.compile(rf"""\.get\("{key}"|\["{key}"\]""")
    assert any(reads.search(file.read_text(encoding="utf-8")) for file in Path(audit.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[audit]\nprofil = "aoda"', "stepfree.toml:2: unknown key “profil” in [audit]. Did you mean “profile”?"),
        ('[adit]\nprofile = "aoda"', "stepfree.toml:1: unknown table “adit”. Did you mean “audit”?"),
        ('[audit]\n\nprofile = "aodaa"', "stepfree.toml:3: “profile” takes one of"),
        ("[audit]\nworkers = 0", "stepfree.toml:2: “workers” takes a whole number from 1."),
        ("[audit]\nworkers = true", "stepfree.toml:2: “workers” takes a whole number from 1."),
        ('[audit]\ntimeout = "long"', "stepfree.toml:2: “timeout” takes a number of seconds"),
        ('[audit]\nblock = "aoda"', "stepfree.toml:2: “block” takes a list of texts"),
        ('[audit]\nblock = ["aoda", "wcag"]', "stepfree.toml:2: “block” takes one of"),
        ('[audit]\nbase_path = "https://x.example.org"', "stepfree.toml:2: “base_path” takes a path below the host"),
        ('[audit]\naxe_script = "missing.js"', "stepfree.toml:2: there is no file"),
        (f'[paths]\nwords = "{"x" * 300}"', "stepfree.toml:2: “words” takes the name of a file or folder"),
        ('[paths]\nrules = ["a\\u0000b"]', "stepfree.toml:2: “rules” takes the name of a file or folder"),
        (f'[exclude]\n"/a/" = {{ {OWNED}, reason = "not yet ready" }}\n"/*.html" = {{}}', "“/*.html” is everything"),
        (
            '[site]\norganisation = "large"',
            "stepfree.toml:2: unknown key “organisation” in [site]. Did you mean “organization”?",
        ),
        ('[exclude]\n"/old/*" = "old"', "stepfree.toml:2: excluding “/old/*”: it takes a table"),
        (f'[exclude]\n"/old/*" = {{ {OWNED}, reason = "old" }}', "the reason must be a sentence"),
        (f'[exclude]\n"/*" = {{ {OWNED}, reason = "not yet ready" }}', "“/*” is everything"),
        ('[exclude]\n"/old/*" = { reason = "no longer used", owner = "x", until = 2027-01-31 }', "“x” is not a role"),
        ('[exclude]\n"/old/*" = { reason = "no longer used", owner = "Web team" }', "it lacks “until”"),
        ('[exclude]\n"/old/*" = { reason = "no longer used", ownr = "Web team" }', "Did you mean “owner”?"),
        (
            '[exclude]\n"old" = "no longer used"',
            "stepfree.toml:2: excluding “old”: it is not an address. Begin it with /.",
        ),
        ('[audit]\nprofile = "aoda', "stepfree.toml:2: the configuration is not valid TOML"),
        ("audit = 3", "stepfree.toml:1: [audit] must be a table."),
        ('[site]\nfeedback_page = "contact"', "stepfree.toml:2: “feedback_page” takes an address on the site"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        load(write(tmp_path, text))
    assert sentence in str(caught.value)


def test_a_list_whose_name_is_nearly_that_of_a_file_is_told(tmp_path: Path) -> None:
    text = '[paths]\nexcuses = "excuse.toml"\nbaseline = "baseline.toml"'
    assert load(write(tmp_path, text)).excuses == tmp_path / "excuse.toml"
    (tmp_path / "excuses.toml").touch()
    with pytest.raises(UsageError) as caught:
        load(write(tmp_path, text))
    assert "stepfree.toml:2: there is no file excuse.toml." in str(caught.value)
    assert caught.value.hint == "Did you mean “excuses”?"


def test_a_file_that_was_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        find(tmp_path / "other.toml", tmp_path)


def test_without_a_file_nothing_is_decided(tmp_path: Path) -> None:
    assert find(None, tmp_path) == Config()


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "stepfree.toml").write_bytes(b'[site]\nname = "Biblioth\xe8que"\n')
    with pytest.raises(UsageError, match="not UTF-8"):
        load(tmp_path / "stepfree.toml")


def test_the_addresses_of_duties(tmp_path: Path) -> None:
    config = load(write(tmp_path, '[site]\njurisdiction = "ontario"\n[site.duties]\nplan = "/plan/"\n'))
    assert config.site["duties"] == {"plan": "/plan/"}


def test_a_misspelt_duty_names_its_table_and_the_nearest_word(tmp_path: Path) -> None:
    file = write(tmp_path, '[site]\njurisdiction = "ontario"\n[site.duties]\npaln = "/plan/"\n')
    with pytest.raises(UsageError) as raised:
        load(file)
    assert f"{file}:3:" in str(raised.value)
    assert "Did you mean “plan”?" in str(raised.value)
