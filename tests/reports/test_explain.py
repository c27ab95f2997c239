"""Every rule can be explained, in words that are its own."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from audit.errors import UsageError
from audit.examination.axe.adapt import wording
from audit.explanation.explanation import KINDS, as_markdown, explain, rule_ids, show
from audit.reports.prose import Code, blocks
from audit.rules import load
from stepfree.installation import CONTENT_RULES


@pytest.mark.parametrize("rule", rule_ids((CONTENT_RULES,)))
def test_every_rule_can_be_explained(rule: str) -> None:
    told = explain(rule, (CONTENT_RULES,))
    assert told.title
    assert told.why
    text = as_markdown(rule, (CONTENT_RULES,))
    assert text.startswith(f"# {told.title}\n")
    assert f"`{rule}`" in text
    prose = re.sub(r"^(`{3,})[^\n]*\n.*?^\1\s*$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert "\n# " not in prose
    assert "data-expect" not in text
    assert "expect:" not in text


@pytest.mark.parametrize("rule", sorted(load((CONTENT_RULES,))))
def test_own_rules_show_their_examples(rule: str) -> None:
    examples = explain(rule, (CONTENT_RULES,)).examples
    assert examples
    assert {example.kind for example in examples} <= set(KINDS)
    shown = [block.text for block in blocks(as_markdown(rule, (CONTENT_RULES,))) if isinstance(block, Code)]
    for example in examples:
        assert example.source.strip("\n").split("\n")[0] in "\n".join(shown)


def test_what_a_rule_says_of_its_examples_is_shown() -> None:
    said = {example.kind: example.said for example in explain("second-top-heading").examples}
    assert said["fail"]
    assert not said["pass"]
    (sentence, *_) = said["fail"]
    assert sentence.split("“")[0] in as_markdown("second-top-heading").partition("The check says: ")[2]
    # What is said of whole pages is known too: it was written down when they were opened.
    told = {example.kind: example.said for example in explain("low-contrast").examples}
    assert any("contrast of" in each for each in told["fail"])
    assert not told["pass"]


def test_all_of_axes_rules_are_among_them() -> None:
    assert set(wording()) <= set(rule_ids())


def test_without_a_title_it_begins_below_the_main_heading() -> None:
    text = as_markdown("image-alt", title=False)
    assert text.startswith("People who cannot see the picture")
    assert not text.startswith("#")


def test_a_name_written_otherwise_is_understood() -> None:
    assert explain("Image_Alt").id == "image-alt"


def test_an_unknown_rule_is_a_sentence() -> None:
    with pytest.raises(UsageError, match=r"There is no rule “imge-alt”\. Did you mean “image-alt”\?"):
        explain("imge-alt")
    with pytest.raises(UsageError, match=r"speak of it: .*vague-link-text \("):
        explain("click here")
    with pytest.raises(UsageError, match="stepfree explain lists all of them"):
        explain("zzzzzz")


def test_the_terminal_shows_it_without_colour_off_a_terminal() -> None:
    file = io.StringIO()
    show("image-alt", Console(file=file, width=80))
    assert "Image has no text alternative" in file.getvalue()
    assert "\x1b" not in file.getvalue()
