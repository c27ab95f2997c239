"""The pages about the rules, below ``/accessibility/rules/``: made anew with every build.

What they say is what ``stepfree explain`` says: the rules' own files, so nothing can be told here
that the audit does not do. Each rule has a page, named after it, so that its address never changes;
the list of all of them shows together what is about the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from audit.explanation.explanation import KINDS, Explanation, explain, facts, rule_ids
from audit.model.finding import Family, Fixer
from audit.reports.escaped import fenced
from library_model.model import ExtraPage, Passage
from library_schemas.statement import PageRecord
from stepfree.installation import CONTENT_RULES

FOLDER = "pages/accessibility/rules"
LIST = f"{FOLDER}/index.md"
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(`+[^`]+`+)")
#: Of an example with many findings, so many are shown.
_SAID = 3
#: Short names that the trade writes without a thought; Markdown ties each to its meaning.
_SHORT = {
    "AA": "the second of three levels",
    "AAA": "the third of three levels",
    "ACT": "Accessibility Conformance Testing",
    "AODA": "Accessibility for Ontarians with Disabilities Act",
    "ARIA": "Accessible Rich Internet Applications",
    "CSS": "Cascading Style Sheets",
    "HTML": "HyperText Markup Language",
    "ILL": "interlibrary loan",
    "ISO": "International Organization for Standardization",
    "NCX": "Navigation Control file for XML",
    "OCR": "optical character recognition",
    "OLS": "Ontario Library Service",
    "SVG": "Scalable Vector Graphics",
    "WCAG": "Web Content Accessibility Guidelines",
    "XFA": "XML Forms Architecture",
}
_ANY_SHORT = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b")


@dataclass(frozen=True, slots=True)
class Topic:
    """Rules that stand together in the list."""

    title: str
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


#: A rule stands under the first topic that holds it.
TOPICS = (
    Topic("Exceptions and their ends", lambda told: told.family is None),
    Topic("Words and dates", _family(Family.WRITING)),
    Topic("Duties in Ontario", _family(Family.DUTIES)),
    Topic("The website as a whole", _family(Family.SITE)),
    Topic("PDF, Word and other documents", _family(Family.DOCUMENTS)),
    Topic("Sound and film", _family(Family.MEDIA)),
    Topic("Pages while they are used with keys", _both(_family(Family.INTERACTION), _guideline("2.1", "2.4"))),
    Topic("Forms, dialogs and what moves", _family(Family.INTERACTION)),
    Topic("Pictures and other things without words", _guideline("1.1", "1.2")),
    Topic("Headings, lists, tables and order", _guideline("1.3")),
    Topic("Colour, size and layout", _guideline("1.4")),
    Topic("Keys, time and motion", _guideline("2.1", "2.2", "2.3", "2.5")),
    Topic("Links, titles and ways through", _guideline("2.4")),
    Topic("Language, forms and help", _guideline("3.1", "3.2", "3.3")),
    Topic("Names for assistive technology", _guideline("4.1")),
    Topic("Good practice for authors", _practice(Fixer.AUTHOR)),
    Topic("Good practice for developers", _practice(*Fixer)),
    Topic("More good practice", lambda _: True),
)  # fmt: skip


@cache
def rule_pages(packs: tuple[str, ...] = ()) -> tuple[ExtraPage, ...]:
    """All pages about rules, the list of them first; for ``STEPFREE_EXTRA_PAGES``.

    ``packs``: further rules, as ``rules`` of ``stepfree.toml`` names them.
    """
    known = tuple(dict.fromkeys((CONTENT_RULES, *packs)))
    rules = sorted(
        (explain(name, known) for name in rule_ids(known)), key=lambda told: (told.title.casefold(), told.id)
    )
    counted = Counter(told.title for told in rules)
    # Where several rules have one title, the name of the rule tells them apart.
    titles = {told.id: told.title if counted[told.title] == 1 else f"{told.title} ({told.id})" for told in rules}
    return (_list_of_all(rules, titles), *(_page(told, titles[told.id]) for told in rules))


def _list_of_all(rules: list[Explanation], titles: Mapping[str, str]) -> ExtraPage:
    by_topic: dict[Topic, list[str]] = {topic: [] for topic in TOPICS}
    for told in rules:
        topic = next(topic for topic in TOPICS if topic.holds(told))
        by_topic[topic].append(f"- [{_plain(titles[told.id])}]({{filename}}/{FOLDER}/{told.id}.md)")
    sections = (f"## {topic.title}\n\n" + "\n".join(items) for topic, items in by_topic.items() if items)
    text = "\n\n".join((_INTRODUCTION.format(count=len(rules)), *sections))
    record = PageRecord(title="Rules of our accessibility check", summary=_ABOUT, contents=True, related=_RELATED)
    return ExtraPage(LIST, record, _ORIGIN, (Passage(_ORIGIN, 1, _with_meanings(text)),))


_ORIGIN = "stepfree/rule_pages.py"
_RELATED = ("pages/accessibility/website.md",)
_INTRODUCTION = """\
A program looks at every page of this website before we publish it. These are the {count} rules that it uses. It \
finds only some of what can go wrong; the rest is up to people."""
_ABOUT = "What our own check looks for on every page of this website, why it matters, and what helps."


def _page(told: Explanation, title: str) -> ExtraPage:
    record = PageRecord(title=title, summary=told.why, related=(LIST, *_RELATED))
    return ExtraPage(f"{FOLDER}/{told.id}.md", record, _ORIGIN, tuple(_passages(told)))


def _passages(told: Explanation) -> Iterator[Passage]:
    """What the rule's own file says, and its examples."""
    if told.text:
        yield Passage(told.source, told.line, _with_meanings(_without_html(told.text)))
    foot = []
    if told.examples:
        foot.append("## Examples")
    for kind, words in KINDS.items():
        for example in (each for each in told.examples if each.kind == kind):
            foot.append(f"**{words}:** {_plain(example.sentence)}.")
            foot.append(fenced(example.source, example.language))
            if example.said:
                # Each sentence in a paragraph of its own: it is output of the check, no text of the page.
                foot.append("The check says:")
                foot.extend(f"<samp>{_plain(sentence)}</samp>" for sentence in example.said[:_SAID])
    if told.more:
        foot.append(
            f"[What the makers of axe-core say of {_plain(told.title[:1].lower() + told.title[1:])}]({told.more})"
        )
    # Names and numbers come last: whoever has something to change needs none of them.
    foot.append("## About this rule")
    foot.append("\n".join(facts(told)))
    # Its headings must not share an id with those of the rule's file.
    yield Passage(told.source, told.line, _with_meanings("\n\n".join(foot)), prefix="this-rule-")


def _with_meanings(text: str) -> str:
    """The text with what its short names mean, which Markdown ties to each of them."""
    there = set(_ANY_SHORT.findall(text))
    known = "\n".join(f"*[{short}]: {long}" for short, long in _SHORT.items() if short in there)
    return f"{text}\n\n{known}\n" if known else text


def _plain(text: str) -> str:
    """Words as they are, with no meaning as Markdown or HTML; code stays code."""
    parts = _CODE_SPAN.split(text)
    parts[::2] = [re.sub(r"([\\*_\[\]])", r"\\\1", part).replace("<", "&lt;") for part in parts[::2]]
    return "".join(parts)


def _without_html(text: str) -> str:
    """The text with HTML in its sentences as words; code as it is."""
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
        lines.append("".join(parts))
    return "\n".join(lines)
