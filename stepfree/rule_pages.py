"""The pages about the rules, below ``/accessibility/rules/``: made anew with every build.

What they say is what ``stepfree explain`` says: the rules' own files, so nothing can be told here
that the audit does not do. Rules stand together by what they are about, a section each; the list of
all of them has an anchor with the name of each rule, which stays when a rule moves to another page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from audit.explain import KINDS, Explanation, explain, facts, rule_ids
from audit.model import Family, Fixer
from audit.reports.escaped import fenced
from library_schemas.statement import PageRecord
from library_site.model import ExtraPage, Passage

FOLDER = "pages/accessibility/rules"
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(`+[^`]+`+)")
_HEADING = re.compile(r"^(#{1,4})(?= )")
#: Short names that the trade writes without a thought; Markdown ties each to its meaning.
_SHORT = {
    "AODA": "Accessibility for Ontarians with Disabilities Act",
    "ARIA": "Accessible Rich Internet Applications",
    "CSS": "Cascading Style Sheets",
    "HTML": "HyperText Markup Language",
    "WCAG": "Web Content Accessibility Guidelines",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """Rules that stand on one page. ``name`` is the last part of its address."""

    name: str
    title: str
    summary: str
    holds: Callable[[Explanation], bool]


def _guideline(*beginnings: str) -> Callable[[Explanation], bool]:
    return lambda told: any(
        told.requirements.wcag[:1] and told.requirements.wcag[0].startswith(f"{each}.") for each in beginnings
    )


def _family(family: Family) -> Callable[[Explanation], bool]:
    return lambda told: told.family is family


def _both(one: Callable[[Explanation], bool], other: Callable[[Explanation], bool]) -> Callable[[Explanation], bool]:
    return lambda told: one(told) and other(told)


def _practice(*fixers: Fixer) -> Callable[[Explanation], bool]:
    return lambda told: told.engine == "stepfree" and told.fixer in fixers


#: A rule stands on the page of the first topic that holds it.
TOPICS = (
    Topic("gate", "Exceptions and their ends", "Rules that watch over our own lists of exceptions.", lambda told: told.family is None),
    Topic("writing", "Words and dates", "Rules that read what authors write before it becomes a page.", _family(Family.WRITING)),
    Topic("duties", "Duties in Ontario", "Rules about what the law of Ontario asks for beside the guidelines.", _family(Family.DUTIES)),
    Topic("site", "The website as a whole", "Rules that compare pages with each other.", _family(Family.SITE)),
    Topic("media", "Sound and film", "Rules about sound and film, and the texts that stand for them.", _family(Family.MEDIA)),
    Topic("keyboard", "Pages while they are used with keys", "Rules that press keys and follow where they lead.", _both(_family(Family.INTERACTION), _guideline("2.1", "2.4"))),
    Topic("use", "Forms, dialogs and what moves", "Rules that open dialogs, send forms with wrong answers, and wait.", _family(Family.INTERACTION)),
    Topic("pictures", "Pictures and other things without words", "Rules about what stands for a picture.", _guideline("1.1", "1.2")),
    Topic("structure", "Headings, lists, tables and order", "Rules about the structure behind what is seen.", _guideline("1.3")),
    Topic("seeing", "Colour, size and layout", "Rules about what people with low vision need.", _guideline("1.4")),
    Topic("operating", "Keys, time and motion", "Rules about pages that people work without a mouse, and at their own speed.", _guideline("2.1", "2.2", "2.3", "2.5")),
    Topic("finding", "Links, titles and ways through", "Rules about finding one’s place.", _guideline("2.4")),
    Topic("understanding", "Language, forms and help", "Rules about words, labels and what happens next.", _guideline("3.1", "3.2", "3.3")),
    Topic("names", "Names for assistive technology", "Rules about what screen readers are told.", _guideline("4.1")),
    Topic("practice", "Good practice for authors", "Rules that no guideline demands, for whoever writes pages.", _practice(Fixer.AUTHOR)),
    Topic("craft", "Good practice for developers", "Rules that no guideline demands, for whoever makes the theme.", _practice(*Fixer)),
    Topic("more", "More good practice", "Rules of axe-core that no guideline demands.", lambda _: True),
)  # fmt: skip


@cache
def rule_pages() -> tuple[ExtraPage, ...]:
    """All pages about rules, the list of them first; for ``STEPFREE_EXTRA_PAGES``."""
    rules: dict[str, list[Explanation]] = {topic.name: [] for topic in TOPICS}
    for identifier in rule_ids():
        told = explain(identifier)
        rules[next(topic.name for topic in TOPICS if topic.holds(told))].append(told)
    for found in rules.values():
        found.sort(key=lambda told: (told.title.casefold(), told.id))
    return (_list_of_all(rules), *(_page(topic, rules[topic.name]) for topic in TOPICS if rules[topic.name]))


def _list_of_all(rules: dict[str, list[Explanation]]) -> ExtraPage:
    count = sum(map(len, rules.values()))
    parts = [_INTRODUCTION.format(count=count)]
    for topic in TOPICS:
        if rules[topic.name]:
            parts.append(f"## {topic.title}")
            parts.append("\n".join(
                f"- [{_plain(told.title)}]({{filename}}/{FOLDER}/{topic.name}.md#{told.id}){{: #{told.id} }}"
                for told in rules[topic.name]
            ))  # fmt: skip
    record = PageRecord(title="Rules of our accessibility check", summary=_ABOUT, contents=True)
    return ExtraPage(
        f"{FOLDER}/index.md",
        record,
        "stepfree/rule_pages.py",
        (Passage("stepfree/rule_pages.py", 1, "\n\n".join(parts)),),
    )


_INTRODUCTION = """\
A program looks at every page of this website before we publish it. These are the {count} rules that it goes by. It \
finds only a part of what can go wrong; the rest is for people."""
_ABOUT = "What our own check looks for on every page of this website, why it matters, and what helps."


def _page(topic: Topic, rules: Iterable[Explanation]) -> ExtraPage:
    passages = tuple(passage for told in rules for passage in _section(told))
    record = PageRecord(title=topic.title, summary=topic.summary, contents=True)
    return ExtraPage(f"{FOLDER}/{topic.name}.md", record, "stepfree/rule_pages.py", passages)


def _section(told: Explanation) -> Iterator[Passage]:
    """One rule: what it is, what its own file says, and its examples."""
    head = [f"## {_plain(told.title)} {{: #{told.id} }}", _plain(told.why), "\n".join(facts(told))]
    yield _passage(told, 1, "\n\n".join(head))
    if told.text:
        yield _passage(told, told.line, _one_level_down(told.text))
    foot = []
    if told.examples:
        foot.append("### Examples")
    for kind, words in KINDS.items():
        for example in (each for each in told.examples if each.kind == kind):
            foot.append(f"{words}: {_plain(example.sentence)}.")
            foot.append(fenced(example.source, example.language))
    if told.more:
        foot.append(
            f"[What the makers of axe-core say of {_plain(told.title[:1].lower() + told.title[1:])}]({told.more})"
        )
    if foot:
        yield _passage(told, told.line, "\n\n".join(foot))


def _passage(told: Explanation, line: int, text: str) -> Passage:
    known = "\n".join(f"*[{short}]: {long}" for short, long in _SHORT.items() if re.search(rf"\b{short}\b", text))
    return Passage(told.source, line, f"{text}\n\n{known}\n" if known else text, prefix=f"{told.id}-")


def _plain(text: str) -> str:
    """Words as they are, with no meaning as Markdown or HTML; code stays code."""
    parts = _CODE_SPAN.split(text)
    parts[::2] = [re.sub(r"([\\*_\[\]])", r"\\\1", part).replace("<", "&lt;") for part in parts[::2]]
    return "".join(parts)


def _one_level_down(text: str) -> str:
    """The text with headings one level lower, and HTML in its sentences as words; code as it is."""
    lines = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
            lines.append(line)
            continue
        if mark:
            fence = mark[1]
            lines.append(line)
            continue
        parts = _CODE_SPAN.split(line)
        parts[::2] = [part.replace("<", "&lt;") for part in parts[::2]]
        lines.append(_HEADING.sub(r"\1#", "".join(parts)))
    return "\n".join(lines)
