"""What axe-core finds is said in our words, for every rule that it has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import axe_selenium_python
import pytest

from audit.examination.axe.adapt import adapt, fix_for, requirements, wording, words_for
from audit.examination.axe.naming import described, start_tag
from audit.model.finding import Condition, Fixer, Json, Outcome, Requirements, SourceKind
from audit.model.page import AxeResult
from audit.standards import criteria

SCRIPT = Path(axe_selenium_python.__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


def bundled() -> dict[str, tuple[str, ...]]:
    """The tags of each rule, read from the bundled script itself."""
    text = SCRIPT.read_text(encoding="utf-8")
    rules = text[text.rindex("rules:[{") :]
    found = re.findall(r'\{id:"([a-z0-9-]+)"[^{}]*?(?:\{[^{}]*\}[^{}]*?)*?tags:\[([^\]]*)\]', rules)
    return {name: tuple(re.findall(r'"([^"]+)"', tags)) for name, tags in found}


RULES = bundled()


def result(rule: str, kind: str, html: str, help_text: str = "", data: Mapping[str, Json] | None = None) -> AxeResult:
    return AxeResult(
        rule,
        kind,
        RULES.get(rule, ("wcag2a", "wcag412")),
        7,
        "#x",
        html,
        "axe’s words",
        help_text,
        "https://x.example",
        data or {},
        Condition.WIDE,
    )


def test_the_script_was_read() -> None:
    assert len(RULES) > 90
    assert "wcag111" in RULES["image-alt"]


def test_every_rule_of_the_bundled_axe_has_words() -> None:
    assert sorted(RULES) == sorted(wording())


@pytest.mark.parametrize("rule", sorted(wording()))
def test_words_are_complete(rule: str) -> None:
    words = wording()[rule]
    assert 1 <= len(words.title.split()) <= 7
    assert words.title[0].isupper()
    assert not words.title.endswith(".")
    assert words.what.endswith((".", "`.", "{html}."))
    assert words.why.endswith(".")
    assert words.ask.replace("{reason}", "").strip().endswith(("?", "."))
    assert "?" in words.ask
    assert words.theme or words.author
    assert words.author or words.fixer is not Fixer.AUTHOR
    names = re.findall(r"\{(\w+)\}", words.what + words.ask)
    assert set(names) <= {"it", "html", "reason", "contrastRatio", "expectedContrastRatio"}


@pytest.mark.parametrize("rule", sorted(wording()))
def test_criteria_are_those_of_the_tags(rule: str) -> None:
    tagged = [re.fullmatch(r"wcag(\d)(\d)(\d{1,2})", tag) for tag in RULES[rule]]
    expected = {".".join(match.groups()) for match in tagged if match} - {"4.1.1", "2.1.3"}
    assert set(wording()[rule].wcag) == expected
    assert expected <= set(criteria())


def test_a_violation_is_stated_and_quotes_what_is_there() -> None:
    said = adapt(result("image-alt", "violation", '<img class="wide" src="/media/sewing%20table.jpg">'))
    assert said.outcome is Outcome.FAILED
    assert said.message == "The image `sewing table.jpg` has no text alternative."
    assert said.requirements == Requirements(wcag=("1.1.1",), act=("23a2a8",))
    assert "![" in said.fix
    assert said.evidence["axe-core says"] == "axe’s words"


def test_contrast_names_what_was_measured() -> None:
    measured: dict[str, Json] = {"contrastRatio": 3.1, "expectedContrastRatio": "4.5:1", "fgColor": "#8a8f98"}
    said = adapt(
        result("color-contrast", "violation", "<p>Drop in, no registration", data={"color-contrast": measured})
    )
    assert said.message == (
        "The text “Drop in, no registration” has a contrast of 3.1 to 1 with what is behind it; it needs 4.5 to 1."
    )
    assert said.evidence["fgColor"] == "#8a8f98"


def test_contrast_without_a_measure_still_makes_a_sentence() -> None:
    said = adapt(result("color-contrast", "violation", "<p>Drop in"))
    assert said.message == "The text “Drop in”: text is too pale."


@pytest.mark.parametrize("rule", sorted(wording()))
def test_incomplete_is_a_question_for_every_rule(rule: str) -> None:
    said = adapt(result(rule, "incomplete", '<div class="x">'))
    assert said.outcome is Outcome.CANT_TELL
    assert "?" in said.message
    assert "{" not in said.message
    assert said.message[0].isupper() or said.message[0] == "`"


def test_incomplete_contrast_says_why_it_could_not_be_decided() -> None:
    said = adapt(
        result("color-contrast", "incomplete", "<p>Hours", data={"color-contrast": {"messageKey": "bgGradient"}})
    )
    assert said.message == "Can the text “Hours” be read easily against what is behind it? A gradient is behind it."


def test_a_guess_of_axe_is_asked_even_when_axe_states_it() -> None:
    said = adapt(result("p-as-heading", "violation", "<p><b>Opening hours</b></p>"))
    assert said.outcome is Outcome.CANT_TELL
    assert said.message == "Is the text “Opening hours” meant to be a heading?"


def test_a_rule_of_a_newer_axe_speaks_in_its_own_words() -> None:
    said = adapt(result("brand-new", "violation", "<nav>", help_text="Menus must be honest"))
    assert said.title == "Menus must be honest"
    assert said.message == "The element `<nav>` does not meet this: Menus must be honest."
    assert said.requirements.wcag == ("4.1.2",)
    assert words_for("brand-new", "").title == "brand-new"


def test_the_fix_is_for_the_person_whose_file_it_is() -> None:
    author = fix_for("image-alt", Outcome.FAILED, SourceKind.CONTENT)
    theme = fix_for("image-alt", Outcome.FAILED, SourceKind.THEME)
    assert author is not None
    assert author.startswith("Write what the picture tells")
    assert theme is not None
    assert theme.startswith("Give the `<img>` an `alt`")
    assert fix_for("brand-new", Outcome.FAILED, SourceKind.CONTENT) is None


def test_an_author_who_cannot_cause_it_is_sent_to_the_theme() -> None:
    fix = fix_for("bypass", Outcome.FAILED, SourceKind.CONTENT)
    assert fix is not None
    assert fix.startswith("This comes from the theme")


def test_parsing_is_always_met() -> None:
    assert requirements("duplicate-id", ("wcag2a-obsolete", "wcag411")).wcag == ()
    assert requirements("brand-new", ("wcag411",)).wcag == ()


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<a href='/x'><b>Read</b> more</a>", "the link “Read more”"),
        ("<a href='/programs/'></a>", "the link to `/programs/`"),
        ("<a>", "the link `<a>`"),
        ("<img src='data:image/png;base64,AAAA'>", "the image `<img src='data:image/png;base64,AAAA'>`"),
        ("<img src='https://example.org/pic.png?x=1'>", "the image `pic.png`"),
        ("<input type=text name=email>", "the field `email`"),
        ("<button aria-label='Close menu'></button>", "the button “Close menu”"),
        ("<h2>Hours</h2>", "the heading “Hours”"),
        ("<div role='`'>x", "the element `` <div role='`'> ``"),
        ("<input id='town' data-list='Ottawa, Gatineau, Tor", "the field `town`"),
        ("<input name=town data-lis", "the field `town`"),
        ("", "the page"),
        ("just text", "the page"),
    ],
)
def test_elements_are_named_as_people_know_them(html: str, name: str) -> None:
    assert described(html) == name


def test_a_long_start_tag_is_cut() -> None:
    assert len(start_tag("<div " + "data-x='1' " * 90 + ">")) <= 83


def test_a_long_tag_that_was_cut_off_is_read_in_no_time() -> None:
    attributes = " ".join(f'data-{number}="{number}"' for number in range(60))
    assert start_tag(f"<svg {attributes}").startswith("`<svg data-0=")
    assert start_tag("<img src=a.svg alt='x y'/> more") == "`<img src=a.svg alt='x y'/>`"
