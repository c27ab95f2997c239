"""Libraries whose names, places and hours are unlike the samples: what was answered stands on the pages as it was."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from PIL import Image, ImageDraw

from audit.errors import UsageError
from audit.standards.laws import law_meant
from library_places import postal_meant
from stepfree.__main__ import run
from stepfree.founding import said
from stepfree.founding.answers import checked, choice_of_zones, opening_times, zones_of
from stepfree.founding.folder import found


def answers(**other: Any) -> dict[str, Any]:
    """A library with one branch; ``other`` answers replace or join its own."""
    branch = {
        "name": "Hilltop",
        "street": "12 Water Street",
        "town": "Hilltop",
        "province": "NS",
        "postal_code": "B0M 1A0",
        "phone": "902-555-0142",
        "hours": {"monday": "10:00-17:00"},
    }
    own = {key: other.pop(key) for key in tuple(other) if key in branch and key != "name"}
    return {
        "name": "Hilltop Library",
        "country": "CA",
        "timezone": "America/Halifax",
        "languages": ["en"],
        "email": "info@hilltop.example.org",
        "url": "https://hilltop.example.org",
        "branches": [{**branch, **own}],
        **other,
    }


def built(folder: Path, monkeypatch: pytest.MonkeyPatch, **other: Any) -> Path:
    """The website of such a library, as published."""
    found(folder, checked(answers(**other)))
    monkeypatch.chdir(folder)
    assert run(["build", "--publish"]) == 0
    return folder / "build" / "site"


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


NAMES = (
    "St. Brigid's & O'Connell <Libraries>",
    'Library "of the Bay": 1st, #1 – 100 %',
    "Stadtbücherei Groß-Kützow / Żółć",
    "Te Whare Pukapuka o Ōtara {name} $name",
    "Yes",
    "2027",
    "The Honourable Margaret Featherstonehaugh Memorial Regional Public Library and Learning Centre of " * 2 + "Ohm",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_said_as_it_was_written(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = built(tmp_path / "site", monkeypatch, name=name, tagline=f"“{name}”: ours")
    front = soup(site / "index.html")
    assert front.h1 is not None
    assert front.title is not None
    assert front.h1.get_text() == front.title.get_text() == name
    assert front.select_one(".lead") is not None
    assert front.select_one(".lead").get_text() == f"“{name}”: ours"  # type: ignore[union-attr]
    contact = soup(site / "contact" / "index.html")
    assert contact.title is not None
    assert contact.title.get_text() == f"Contact us – {name}"


def test_the_name_stands_in_one_file(tmp_path: Path) -> None:
    found(tmp_path / "site", checked(answers(name="Nnnn Library", languages=["en", "fr"], host="github-pages")))
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in (tmp_path / "site").rglob("*")
        if path.suffix != ".whl" and path.is_file()
    }
    for once in ("Nnnn Library", "https://hilltop.example.org"):
        assert [path.name for path, text in texts.items() if once in text] == ["library.yml"]


def test_branches_whose_names_make_the_same_address_are_all_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (branch,) = answers()["branches"]
    names = ("ᖃᐅᒻᒪᖅ", "图书馆", "St. John's", "St Johns", "Straße", "Øster Æble")
    site = built(tmp_path / "site", monkeypatch, branches=[{**branch, "name": name} for name in names])
    titles = {
        heading.get_text()
        for path in (site / "branches").glob("*/index.html")
        if (heading := soup(path).h1) is not None
    }
    assert titles == set(names)
    assert sorted(path.stem for path in Path("content/branches").iterdir()) == [
        "branch", "branch-2", "oster-aeble", "st-johns", "st-johns-2", "strasse",
    ]  # fmt: skip


def test_a_branch_without_hours_waits_until_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = built(tmp_path / "site", monkeypatch, hours={})
    assert not (site / "branches" / "hilltop").exists()
    assert "closed" not in (site / "index.html").read_text(encoding="utf-8").casefold()
    file = Path("content/branches/hilltop.md")
    text = file.read_text(encoding="utf-8")
    assert "status: draft" in text
    file.write_text(
        text.replace("week: {}", "week: {monday: 10:00-17:00, saturday: 10:00-13:00}").replace("status: draft\n", ""),
        encoding="utf-8",
    )
    assert run(["build", "--publish"]) == 0
    assert "10\u00a0am to 1\u00a0pm" in (site / "branches" / "hilltop" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("10:00-17:00", "10:00-17:00"),
        ("10am - 5pm", "10:00-17:00"),
        ("9 a.m. to noon", "09:00-12:00"),
        ("12 pm–8:30 p.m.", "12:00-20:30"),
        ("9h30 à 12h, 13h à 17h", "09:30-12:00, 13:00-17:00"),
        ("10.00-17.00", "10:00-17:00"),
        ("closed", "closed"),
        ("geschlossen", "closed"),
        ("0930-1930", "09:30-19:30"),
        ("10–18 Uhr", "10:00-18:00"),
        ("10-13 und 14-18 Uhr", "10:00-13:00, 14:00-18:00"),
        ("9 h 30 à 12 h et 13 h à 17 h", "09:30-12:00, 13:00-17:00"),
        ("9.30am-1pm, 2pm-7.30pm", "09:30-13:00, 14:00-19:30"),
    ],
)
def test_opening_times_may_be_written_as_people_do(said: str, written: str) -> None:
    assert opening_times(said) == written


@pytest.mark.parametrize("said", ["10 to 5", "9:00-5:00", "mornings", "25:00-26:00", "9am-1pm, noon-5pm"])
def test_opening_times_that_can_be_read_in_two_ways_or_in_none_are_refused(said: str) -> None:
    with pytest.raises(UsageError, match="monday: “"):
        checked(answers(hours={"monday": said}))


@pytest.mark.parametrize(
    ("said", "monday", "saturday"),
    [
        ("Mon-Fri 9am-5pm, Sat 10am-2pm", "09:00-17:00", "10:00-14:00"),
        ("Monday to Friday: 10-18; Saturday: closed", "10:00-18:00", None),
        ("Mon, Wed, Sat 10-13, 14-18", "10:00-13:00, 14:00-18:00", "10:00-13:00, 14:00-18:00"),
        ("weekdays 12:00-20:00", "12:00-20:00", None),
    ],
)
def test_a_week_may_be_written_in_one_line(said: str, monday: str, saturday: str | None) -> None:
    hours = checked(answers(hours=said)).branches[0].hours
    assert (hours.get("monday"), hours.get("saturday")) == (monday, saturday)


@pytest.mark.parametrize("said", ["by appointment", "Mon, Tue", "10-18, Mon"])
def test_a_week_that_is_not_understood_is_told_with_an_example(said: str) -> None:
    with pytest.raises(UsageError, match=r"is not understood; write hours = \{ monday = "):
        checked(answers(hours=said))


@pytest.mark.parametrize(
    ("said", "host"), [("GitHub", "github-pages"), ("Apache", "own-server"), ("our own server", "own-server")]
)
def test_where_it_is_published_may_be_said_in_other_words(said: str, host: str) -> None:
    assert checked(answers(host=said)).host == host


def test_of_very_many_wrong_answers_the_first_are_told() -> None:
    data = answers()
    data["branches"] = [{**data["branches"][0], "name": f"Branch {n}", "hours": {"monday": "9-5"}} for n in range(40)]
    with pytest.raises(UsageError, match="And 34 more like these"):
        checked(data)


def test_a_time_zone_is_asked_only_where_clocks_differ() -> None:
    assert choice_of_zones("DE") == ("Europe/Berlin",)
    assert choice_of_zones("IE") == ("Europe/Dublin",)
    assert "America/New_York" in choice_of_zones("US")
    assert "America/Detroit" not in choice_of_zones("US")
    assert {"America/Iqaluit", "America/Toronto"} < set(choice_of_zones("CA"))
    # One that is not offered is right all the same.
    detroit = answers(country="US", timezone="America/Detroit", postal_code="43015", phone="(740) 555-0142")
    assert checked(detroit).zone == "America/Detroit"


@pytest.mark.parametrize(
    ("country", "typed", "zone"),
    [
        ("CA", "Atlantic Time", "America/Halifax"),
        ("CA", "eastern", "America/Toronto"),
        ("CA", "Central Time", "America/Winnipeg"),
        ("CA", "Central Standard Time", "Central Standard Time"),  # may be Regina's: it is asked again
        ("US", "Mountain Time", "America/Denver"),
        ("AU", "Australian Eastern Time", "Australia/Sydney"),
        ("CA", "Pictou Time", "Pictou Time"),
    ],
)
def test_of_zones_of_one_name_the_one_with_summer_time_is_meant(country: str, typed: str, zone: str) -> None:
    assert said.zone(typed, zones_of(country), choice_of_zones(country)) == zone


@pytest.mark.parametrize(
    ("typed", "law"),
    [
        ("Ontario", "ontario"), ("AODA", "ontario"), ("Accessible Canada Act", "ca-federal"), ("US ADA", "us-ada"),
        ("Title II", "us-ada"), ("Section 504", "us-504"), ("EN 301 549", "eu"), ("PSBAR", "uk"), ("no law", "none"),
        ("act", "act"), ("", ""),
    ],
)  # fmt: skip
def test_a_law_is_understood_by_what_people_call_it(typed: str, law: str) -> None:
    assert law_meant(typed) == law


@pytest.mark.parametrize(
    ("typed", "meant"), [("Y", "yes"), ("Oui", "yes"), ("No.", "no"), ("later", "later"), ("Harbour", "Harbour")]
)
def test_yes_and_no_are_understood(typed: str, meant: str) -> None:
    assert said.yes_or_no(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("none", ""), ("later", ""), ('"C:\\My files\\logo.png"', "C:\\My files\\logo.png")]
)
def test_the_name_of_a_file_is_taken_without_its_quotation_marks(typed: str, meant: str) -> None:
    assert said.file(typed) == meant


def test_what_the_library_says_once_can_be_said_in_its_other_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STEPFREE_TODAY", "2026-12-20")
    folder = tmp_path / "site"
    found(folder, checked(answers(languages=["en", "fr"], tagline="One card", hours={"friday": "10:00-17:00"})))
    monkeypatch.chdir(folder)
    library = folder / "content" / "library.yml"
    closed = {"closures": [{"date": "2026-12-25", "hours": "closed", "reason": "Snow day"}]}
    library.write_text(library.read_text(encoding="utf-8") + yaml.safe_dump(closed), encoding="utf-8")
    words = folder / "content" / "words-fr.yml"
    words.write_text(
        "Hilltop Library: Bibliothèque de la Colline\nOne card: Une carte\nSnow day: Journée de neige\n",
        encoding="utf-8",
    )
    assert run(["build", "--publish"]) == 0, capsys.readouterr().err
    french, english = soup(Path("build/site/fr/index.html")), soup(Path("build/site/index.html"))
    assert french.h1 is not None
    assert english.h1 is not None
    assert (english.h1.get_text(), french.h1.get_text()) == ("Hilltop Library", "Bibliothèque de la Colline")
    assert "Une carte" in french.select_one("footer").get_text()  # type: ignore[union-attr]
    hours = Path("build/site/fr/branches/index.html").read_text(encoding="utf-8")
    assert "Journée de neige" in hours
    assert "Vendredi" in hours
    assert [word for word in ("Snow day", "Friday", "10 am", "10\u00a0am", "Opening hours") if word in hours] == []
    words.write_text("Snowday: Journée de neige\n", encoding="utf-8")
    assert run(["build", "--publish"]) == 2
    assert "Did you mean “Snow day”?" in capsys.readouterr().err


def test_pages_of_a_further_language_wait_for_their_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = built(tmp_path / "site", monkeypatch, languages=["en", "iu"])
    assert list(site.glob("iu/**/*.html")) == []
    pages = sorted(Path("content/pages/iu").rglob("*.md"))
    assert len(pages) == 7
    assert all("\nstatus: draft\n" in page.read_text(encoding="utf-8") for page in pages)
    for page in pages:
        page.write_text(page.read_text(encoding="utf-8").replace("status: draft\n", ""), encoding="utf-8")
    assert run(["build", "--publish"]) == 0
    front = soup(site / "iu" / "index.html")
    assert front.html is not None
    assert front.html["lang"] == "iu"


def test_links_to_rules_lead_to_where_the_library_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found(tmp_path / "site", checked(answers()))
    monkeypatch.chdir(tmp_path / "site")
    monkeypatch.delenv("SITEURL", raising=False)
    settings = Path("stepfree.toml")
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[site]", '[site]\nrules_page = "/rules/"', 1), encoding="utf-8")
    assert run(["explain", "vague-link-text"]) == 0
    assert "https://hilltop.example.org/rules/" in capsys.readouterr().out.replace("\n", "")


def test_what_ontario_asks_for_is_drafted_in_french_too(tmp_path: Path) -> None:
    words = answers(
        law="ontario", languages=["fr", "en"], timezone="America/Toronto", province="ON", postal_code="K6A 1A1"
    )
    drafts = found(tmp_path / "site", checked(words))
    assert len(drafts) == 12
    for name in ("policy", "plan", "status-report", "feedback"):
        text = (tmp_path / "site/content/pages/accessibility" / f"{name}.md").read_text(encoding="utf-8")
        assert "ccessibilité" in text
        assert re.findall(r"\b(?:the|of|staff|and)\b", text.split("---")[2]) == []


def test_answers_are_understood_as_people_give_them() -> None:
    hours = {"Mon-Wed": "9am-5pm", "thu": "10–18", "samedi": "closed"}
    said = {
        "country": "usa", "timezone": "Central Time", "languages": ["en-US", "fr-CA", "English"], "colours": ["navy", "#FC0"],
        "email": "<mailto:a@example.org>", "url": "www.example.org/library/index.html", "postal_code": 77414, "phone": "979.555.0142",
    }  # fmt: skip
    known = checked(answers(**said, hours=hours))
    assert (known.country, known.zone, known.languages) == ("US", "America/Chicago", ("en", "fr"))
    assert (known.email, known.url) == ("a@example.org", "https://www.example.org/library/")
    assert known.colours == ("#000080", "#ffcc00")
    assert known.branches[0].postal_code == "77414"
    assert known.branches[0].hours == {
        "monday": "09:00-17:00", "tuesday": "09:00-17:00", "wednesday": "09:00-17:00", "thursday": "10:00-18:00",
    }  # fmt: skip


def test_all_answers_that_are_wrong_are_told() -> None:
    with pytest.raises(UsageError) as error:
        checked(answers(law="uk-psbar", colours=["bleu"], hours={"monday": "9-5"}))
    for sentence in ("Did you mean “uk”?", "“bleu” is not a colour", "write it as 09:00-17:00."):
        assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("typed", "country", "meant"),
    [("ph151ab", "GB", "PH15 1AB"), ("e1w 1a1", "CA", "E1W 1A1"), ("D-98744", "DE", "98744"), ("774141234", "US", "77414-1234"),
     ("d02af30", "IE", "D02 AF30"), ("K0M", "CA", "K0M"), ("KOM 1S0", "CA", "KOM 1S0"), ("12 34", "BR", "12 34")],
)  # fmt: skip
def test_postal_codes_are_written_as_their_country_does(typed: str, country: str, meant: str) -> None:
    assert postal_meant(typed, country) == meant


def test_a_language_from_right_to_left_is_laid_out_that_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = built(tmp_path / "site", monkeypatch, languages=["he", "en"])
    assert '<html lang="he" dir="rtl">' in (site / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in (site / "en" / "contact" / "index.html").read_text(encoding="utf-8")


def _png(path: Path, size: tuple[int, int], colour: str, ground: str | None = None) -> None:
    picture = Image.new("RGBA", size, ground or (0, 0, 0, 0))
    inset = (size[0] // 10, size[1] // 10, size[0] * 9 // 10, size[1] * 9 // 10)
    ImageDraw.Draw(picture).ellipse(inset, fill=colour)
    picture.save(path)


@pytest.mark.parametrize(
    ("size", "colour", "ground", "told"),
    [
        ((300, 300), "#0a1440", None, "100% of the logo has a contrast below 3:1, so it can hardly be seen."),
        ((300, 300), "#ffffff", None, ""),
        ((300, 300), "#0a1440", "#ffffff", ""),
        ((1800, 200), "#ffffff", None, "The logo is 1600 wide and 178 high, so it is very small where it is shown"),
    ],
)
def test_a_logo_for_another_place_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    size: tuple[int, int],
    colour: str,
    ground: str | None,
    told: str,
) -> None:
    _png(tmp_path / "logo.png", size, colour, ground)
    monkeypatch.chdir(tmp_path)
    built(tmp_path / "site", monkeypatch, logo=str(tmp_path / "logo.png"), colours=["#1b2a6b"])
    said = " ".join(capsys.readouterr())
    assert told in said
    assert bool(told) == ("The logo is" in said or "of the logo" in said)


def test_a_drawing_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logo.svg").write_text("<html><p>404</p></html>", encoding="utf-8")
    found(tmp_path / "site", checked(answers(logo=str(tmp_path / "logo.svg"))))
    monkeypatch.chdir(tmp_path / "site")
    assert run(["build"]) == 2
    assert "content/images/logo.svg:1: This picture cannot be opened." in capsys.readouterr().err
