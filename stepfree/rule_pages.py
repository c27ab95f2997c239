"""The pages about the rules, below ``/accessibility/rules/``: made anew with every build.

What they say is what ``stepfree explain`` says: the rules' own files, so nothing can be told here
that the audit does not do. Rules stand together by what they are about, a section each; the list of
all of them has an anchor with the name of each rule, which stays when a rule moves to another page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audit.explanation.explanation import KINDS, Explanation, explain, facts, rule_ids
from audit.model.finding import Family, Fixer
from audit.reports.escaped import fenced
from library_model.model import ExtraPage, Passage
from library_schemas.statement import PageRecord
from stepfree.installation import CONTENT_RULES

FOLDER = "pages/accessibility/rules"
_PACKS = (CONTENT_RULES,)
#: Bytes of Markdown on one page: with style sheet and script it stays below 100 KB.
MOST = 27_000
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(`+[^`]+`+)")
#: Of an example with many findings, so many are shown.
_SAID = 3
_HEADING = re.compile(r"^(#{1,4})(?= )")
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
    Topic("documents", "PDF, Word and other documents", "Rules about files that pages link to.", _family(Family.DOCUMENTS)),
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


@dataclass(frozen=True, slots=True)
class _Part:
    """A page of a topic: its number, of how many, and the rules on it."""

    topic: Topic
    number: int
    count: int
    rules: tuple[Explanation, ...]

    @property
    def name(self) -> str:
        """The place of its file, if it had one, below ``content/``."""
        return f"{FOLDER}/{self.topic.name}{'' if self.number == 1 else f'-{self.number}'}.md"

    @property
    def title(self) -> str:
        return self.topic.title if self.count == 1 else f"{self.topic.title}, part {self.number} of {self.count}"


@cache
def rule_pages() -> tuple[ExtraPage, ...]:
    """All pages about rules, the list of them first; for ``STEPFREE_EXTRA_PAGES``."""
    parts = _all_parts()
    return (_list_of_all(parts), *(_page(part, parts) for part in parts))


def places() -> dict[str, str]:
    """The page that each rule stands on: the last part of its address, by the name of the rule."""
    return {told.id: Path(part.name).stem for part in _all_parts() for told in part.rules}


def _all_parts() -> list[_Part]:
    rules: dict[str, list[Explanation]] = {topic.name: [] for topic in TOPICS}
    for identifier in rule_ids(_PACKS):
        told = explain(identifier, _PACKS)
        rules[next(topic.name for topic in TOPICS if topic.holds(told))].append(told)
    return [part for topic in TOPICS for part in _parts(topic, rules[topic.name])]


def _parts(topic: Topic, rules: list[Explanation]) -> Iterator[_Part]:
    """The rules of a topic by their titles, on as many pages as they need to stay light."""
    shares: list[list[Explanation]] = []
    room = 0
    for told in sorted(rules, key=lambda told: (told.title.casefold(), told.id)):
        size = sum(len(passage.text.encode()) for passage in _passages(told))
        if size > room or not shares:
            shares.append([])
            room = MOST
        shares[-1].append(told)
        room -= size
    for number, share in enumerate(shares, start=1):
        yield _Part(topic, number, len(shares), tuple(share))


def _list_of_all(parts: list[_Part]) -> ExtraPage:
    text = [_INTRODUCTION.format(count=sum(len(part.rules) for part in parts))]
    for part in parts:
        if part.number == 1:
            text.append(f"## {part.topic.title}")
        text.append("\n".join(
            f"- [{_title(told)}]({{filename}}/{part.name}#{told.id})" for told in part.rules
        ))  # fmt: skip
    # Items of one topic are one list, whatever page they stand on.
    whole = re.sub(r"(?<=\))\n\n(?=- )", "\n", "\n\n".join(text))
    record = PageRecord(title="Rules of our accessibility check", summary=_ABOUT, contents=True, related=_RELATED)
    return ExtraPage(f"{FOLDER}/index.md", record, _ORIGIN, (Passage(_ORIGIN, 1, _with_meanings(whole)),))


_ORIGIN = "stepfree/rule_pages.py"
_RELATED = ("pages/accessibility/website.md",)
_INTRODUCTION = """\
A program looks at every page of this website before we publish it. These are the {count} rules that it goes by. It \
finds only a part of what can go wrong; the rest is for people."""
_ABOUT = "What our own check looks for on every page of this website, why it matters, and what helps."


def _page(part: _Part, parts: list[_Part]) -> ExtraPage:
    passages = tuple(passage for told in part.rules for passage in _passages(told))
    others = tuple(each.name for each in parts if each.topic is part.topic and each is not part)
    summary = part.topic.summary if part.count == 1 else f"{part.topic.summary} Part {part.number} of {part.count}."
    record = PageRecord(
        title=part.title, summary=summary, contents=True, related=(f"{FOLDER}/index.md", *others, *_RELATED)
    )
    return ExtraPage(part.name, record, _ORIGIN, passages)


@cache
def _passages(told: Explanation) -> tuple[Passage, ...]:
    """The section of a rule; asked for twice, for its weight and for its page."""
    return tuple(_section(told))


@cache
def _shared_titles() -> frozenset[str]:
    """Titles that several rules have."""
    counted = Counter(explain(identifier, _PACKS).title for identifier in rule_ids(_PACKS))
    return frozenset(title for title, count in counted.items() if count > 1)


def _title(told: Explanation) -> str:
    """The title of a rule as Markdown; with the name of the rule where another has the same title."""
    return _plain(f"{told.title} (`{told.id}`)" if told.title in _shared_titles() else told.title)


def _section(told: Explanation) -> Iterator[Passage]:
    """One rule: what it is, what its own file says, and its examples."""
    yield _passage(told, 1, f"## {_title(told)} {{: #{told.id} }}\n\n{_plain(told.why)}")
    if told.text:
        yield _passage(told, told.line, _one_level_down(told.text))
    foot = []
    if told.examples:
        foot.append("### Examples")
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
    foot.append("### About this rule")
    foot.append("\n".join(facts(told)))
    yield _passage(told, told.line, "\n\n".join(foot))


def _passage(told: Explanation, line: int, text: str) -> Passage:
    return Passage(told.source, line, _with_meanings(text), prefix=f"{told.id}-")


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
