"""``stepfree new`` for each type, as a person would answer: also wrongly, and then again."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import library_site
from library_frontmatter import read_text
from library_schemas import CONTENT_TYPES
from stepfree.commands.new import new
from tests.site.projects import REPOSITORY, TODAY
from tests.site.whole_site import LIBRARY, settings_of


@dataclass(frozen=True)
class Talk:
    """What somebody answers to the questions that begin with some words; Enter to all others.

    ``said`` are sentences that wrong answers must bring about; ``shown`` stands on the page.
    """

    answers: Mapping[str, Sequence[str]]
    shown: str
    said: Sequence[str] = ()
    more: Sequence[str] = field(default_factory=tuple)


TALKS: Mapping[str, Talk] = {
    "page": Talk(
        {"Title": ["", "Quiet hours"], "Summary": ["A calm time each week."], "The text": ["Lights are low."]},
        "Lights are low.",
        ["This one is needed."],
    ),
    "branch": Talk(
        {
            "Title": ["Trout Creek branch"],
            "Street": ["4 Creek Road"],
            "Town": ["Trout Creek"],
            "Postal code": ["k0m1s0", "K0M 1S0"],
            "Phone": ["555-0199", "705-555-0199"],
            "Tuesday": ["10 to 5", "10:00-17:00"],
            "Access.": ["ramp, slide", "ramp, elevator"],
        },
        "4 Creek Road",
        [
            "“k0m1s0” does not look right in “address › postal_code”. Write it as K0M 1S0.",
            "“555-0199” does not look right in “phone”. Write a number that can be dialled in full",
            '“hours › week › tuesday”: write opening times as "10:00-17:00"',
            "“slide” is not in the list.",
        ],
    ),
    "e-resource": Talk(
        {
            "Title": ["Loon Calls"],
            "Summary": ["x" * 221, "Hear the birds of the lake."],
            "Web address": ["loons.example.org", "https://loons.example.org"],
            "Access.": ["2"],
            "Subjects": ["Nature, Birds"],
            "Kinds": ["musik", "music"],
        },
        "Hear the birds of the lake.",
        [
            "“summary” has 221 characters; 220 is the most.",
            "“loons.example.org” does not look right in “url”.",
            "“musik” is not in the list. Did you mean “music”?",
        ],
    ),
    "program": Talk(
        {
            "Title": ["Chess in the afternoon"],
            "Summary": ["Learn chess or play a game."],
            "Starts": ["tomorrow", "2026-12-03 15:00"],
            "Ends": ["2026-12-03 14:00", "2026-12-03 16:30"],
            "Audience": ["adults, 6"],
            "Kind": ["games"],
            "Needed": ["drop-in"],
            "Branch": ["birch fals", "birch-falls"],
            "Repeats": ["perhaps", "yes", "yes"],
            "Every": ["week", "week"],
            "Days": ["thursday", "thursday"],
            "Count": ["", "3"],
            "Cost": ["free"],
        },
        "Learn chess or play a game.",
        [
            "“tomorrow” in “starts” cannot be read as a day and a time. Write a day and time as 2026-12-03 10:30.",
            "“ends” must be later than “starts”, which is 2026-12-03 15:00.",
            "“birch fals” is not in the list. Did you mean “birch-falls”?",
            "“perhaps” is neither yes nor no.",
            "“repeats”: say when the series ends",
        ],
    ),
    "service": Talk(
        {
            "Title": ["Puzzle table"],
            "Summary": ["A puzzle to do together."],
            "Who": ["Everyone"],
            "How": ["Sit down and begin."],
            "Group": ["9", "spaces"],
            "Related": ["services/hold.md", "services/holds.md"],
        },
        "Sit down and begin.",
        ["“9” is not in the list.", "There is no file content/services/hold.md. Did you mean “services/holds.md”?"],
        ["Related"],
    ),
    "equipment": Talk(
        {
            "Title": ["Ice fishing kit"],
            "Summary": ["Fish through the ice."],
            "Group": ["kits"],
            "Branches": ["birch-falls, nowhere", "birch-falls, otter-bay"],
            "Loan": ["7 days"],
            "Minimum age": ["ten", "10"],
        },
        "Fish through the ice.",
        ["“nowhere” is not in the list.", "“ten” does not fit “minimum_age”. Write a whole number, such as 2."],
        ["Minimum age"],
    ),
    "booklist": Talk(
        {
            "Title. As": ["The Hockey Sweater"],
            "Title": ["Books about snow"],
            "Summary": ["For a day inside."],
            "Items": ["yes", "no"],
            "ISBN": ["978-0-88776-174-4", "9780887761744"],
            "Author": ["Roch Carrier"],
        },
        "Roch Carrier",
        ['“978-0-88776-174-4” does not look right in “items › 1 › isbn”. Write "9780887761744".'],
    ),
    "notice": Talk(
        {
            "Title": ["No hot water at Otter Bay"],
            "Kind": ["service out"],
            "Reason": ["The heater broke."],
            "Starts": ["2026-11-20"],
            "Alternatives": ["None"],
            "Branches": ["otter-bay"],
            "Expected end": ["", "2026-12-04"],
            "Which field shall we ask again? Type expected_end or next_update": ["expected end"],
        },
        "November 20 to December 4, 2026",
        ["Say how long: expected_end, or next_update when the end is not known."],
    ),
    "news item": Talk(
        {
            "Title": ["The porch has a new bench"],
            "Summary": ["Sit down."],
            "Date": ["20 November", "2026-11-20"],
            "Links": ["yes", "no"],
            "Text": ["Branches"],
            "Web address": ["{filename}/pages/branch.md", "{filename}/pages/branches.md"],
        },
        "Sit down.",
        [
            "“20 November” in “date” cannot be read as a day. Write the year as well, such as 2026-11-20.",
            "There is no page content/pages/branch.md. Did you mean “pages/branches.md”?",
        ],
        ["Links"],
    ),
    "policy": Talk(
        {"Title": ["Gifts policy"], "Approved": ["2026-01-21"], "Review due": ["2029-02-30", "2029-01-31"]},
        "January 31, 2029",
        ["“2029-02-30” in “review_due” is not a day that exists."],
    ),
    "meeting": Talk(
        {
            "Title": ["Board meeting of January 20, 2027"],
            "Starts": ["2027-01-20", "2027-01-20 17:30"],
            "Place": ["", "Otter Bay Community Hall"],
            "Which field shall we ask again? Type branch, place or online": ["place"],
        },
        "Otter Bay Community Hall",
        [
            "“starts”: write the time too, such as 2026-12-03 10:30.",
            "Say where it is: branch, place or online.",
        ],
    ),
    "document": Talk(
        {
            "Title": ["Plan for printing"],
            "File": ["documents/plan.pdf", "documents/borrowing-at-a-glance.pdf"],
            "Published": ["2026-11-20"],
            "Owner": ["Systems coordinator"],
            "Group": ["Board"],
        },
        "Systems coordinator",
        ["There is no file content/documents/plan.pdf."],
    ),
    "staff role": Talk(
        {
            "Title": ["Bookmobile driver"],
            "Email": ["bus at example", "bus@library.example.org"],
            "Branch": ["otter-bay"],
        },
        "Bookmobile driver",
        ["“bus at example” does not look right in “email”."],
    ),
    "question": Talk(
        {
            "Title": ["May I eat here?"],
            "Topic": ["Visiting"],
            "The text": ["Yes, at the tables by the door."],
        },
        "Yes, at the tables by the door.",
    ),
    "redirect": Talk(
        {
            "Title": ["Old opening hours"],
            "From": ["hours.html", "/opening.html"],
            "To": ["{filename}/pages/branches.md"],
        },
        "/branches/",
        ["“from”: an old address begins with /: /hours.html."],
    ),
}
#: Where what was written is to be seen.
_PAGES = {"staff role": "staff", "question": "questions", "redirect": "opening.html"}


@dataclass
class Person:
    """Answers as the talk says; what is typed twice to the same question is a fault of the talk."""

    talk: Talk
    asked: dict[str, int] = field(default_factory=dict)
    optional: dict[str, str] = field(default_factory=dict)

    def __call__(self, question: str, **_: object) -> str:
        if question.startswith("Numbers of what you want"):
            return ", ".join(number for label, number in self.optional.items() if label in self.talk.more)
        key = next((key for key in self.talk.answers if question.startswith(key)), None)
        if key is None:
            assert self.asked.setdefault(question, 0) < 5, f"asked again and again: {question}"
            self.asked[question] += 1
            return ""
        number = self.asked.setdefault(key, 0)
        self.asked[key] += 1
        given = self.talk.answers[key]
        assert number < len(given) + 5, f"asked again and again: {question}"
        return given[number] if number < len(given) else ""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("new")
    (made / "pelicanconf.py").touch()
    shutil.copytree(LIBRARY / "content", made / "content")
    return made


def _told(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    person = Person(TALKS[kind])
    lines: list[str] = []

    def echo(message: str, *, err: bool = False, nl: bool = True) -> None:
        lines.append(message)
        place, _, label = message.strip().partition(". ")
        if place.isdigit():
            person.optional[label.partition(":")[0]] = place

    monkeypatch.chdir(folder)
    monkeypatch.setattr(click, "prompt", person)
    monkeypatch.setattr(click, "echo", echo)
    result = CliRunner().invoke(new, [kind], standalone_mode=False)
    assert result.exception is None, (result.exception, lines)
    unused = {key: given for key, given in TALKS[kind].answers.items() if person.asked.get(key, 0) < len(given)}
    assert unused == {}, "these answers were never asked for"
    return "\n".join(lines)


def test_there_is_a_talk_for_every_type() -> None:
    assert set(TALKS) == {schema.type_name for schema in CONTENT_TYPES.values()}


@pytest.mark.slow
def test_every_type_is_asked_for_in_words_and_what_is_written_builds(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set((folder / "content").rglob("*.md"))
    names = {schema.type_name: name for name, schema in CONTENT_TYPES.items()}
    for kind, talk in TALKS.items():
        told = _told(kind, folder, monkeypatch)
        assert [sentence for sentence in talk.said if sentence not in told] == [], told
    written = sorted(set((folder / "content").rglob("*.md")) - before)
    assert [path.parent.name for path in written] == sorted(names.values())
    for path in written:
        read = read_text(path.read_text(encoding="utf-8"), str(path), CONTENT_TYPES[path.parent.name])
        assert read.problems == (), path
    out = folder / "build"
    content = {**settings_of(LIBRARY), "PATH": str(folder / "content")}
    library_site.build(REPOSITORY / "pelicanconf.py", out / "site", out / "manifest.json", True, TODAY, content)
    for path in written:
        shown = next(name for name, at in names.items() if at == path.parent.name)
        place = _PAGES.get(shown) or (path.stem if shown == "page" else f"{path.parent.name}/{path.stem}")
        page = out / "site" / (place if place.endswith(".html") else f"{place}/index.html")
        assert TALKS[shown].shown in " ".join(page.read_text(encoding="utf-8").split()), shown
