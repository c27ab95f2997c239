"""What stands in the place of a page is not taken for it, and what only looks so is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audit.run.presence import absence
from tests.audit.making import element, page


def said(heading: str, text: str = "") -> str | None:
    """What is said of a page with a heading and a text."""
    parts = [element(2, "main", 1), element(3, "h1", 2, heading), element(4, "p", 2, text)]
    return absence(page("/a/", parts))


@pytest.mark.parametrize(
    "heading",
    [
        "Not Found",
        "Oops! That page can’t be found.",
        "We couldn’t find that page",
        "La page demandée est introuvable",
        "410 Gone",
    ],
)
def test_pages_that_say_that_they_are_not_there(heading: str) -> None:
    assert "says that there is no such page" in (said(heading) or "")


@pytest.mark.parametrize(
    "heading",
    [
        "500 Internal Server Error",
        "403 Forbidden",
        "Error 503",
        "502 Bad Gateway",
        "Service Unavailable",
        "Access denied",
        "Accès refusé",
        "Error establishing a database connection",
        "Welcome to nginx!",
    ],
)
def test_pages_that_say_that_the_server_did_not_give_them(heading: str) -> None:
    assert "the server did not give the page" in (said(heading) or "")


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Hours", "Loading…"),
        ("", "Please wait"),
        ("", "You need to enable JavaScript to run this app."),
        ("Just a moment...", "Checking your browser before you go on."),
    ],
)
def test_pages_that_only_announce_something(heading: str, text: str) -> None:
    assert "nothing else came" in (said(heading, text) or "")


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Forbidden", "A novel."),
        ("500 books to read", "Chosen by our staff."),
        ("410 Main Street", "Our branch."),
        ("450 Years of Maps", "An exhibition."),
        ("Lost and found", "What was not found is at the desk."),
        ("Just a moment", "Ten minutes of quiet at noon."),
        ("Loading docks", "Where trucks are unloaded, and why you may be asked to wait."),
        ("Moving", "Please wait for the signal..."),
    ],
)
def test_pages_of_which_only_a_word_sounds_so(heading: str, text: str) -> None:
    assert said(heading, text) is None


@pytest.mark.parametrize(
    "heading",
    [
        "Maintenance mode",
        "We’ll be back soon!",
        "Our site is under maintenance",
        "The catalogue is temporarily unavailable",
        "Coming soon",
        "This account has been suspended",
        "Notre site est actuellement en maintenance",
        "Nous revenons bientôt",
    ],
)
def test_pages_that_say_that_the_site_is_away(heading: str) -> None:
    assert "the site is away" in (said(heading, "Thank you for your patience.") or "")
    menu = [element(4 + number, "a", 1, f"Page {number}", href=f"/{number}/") for number in range(3)]
    parts = [element(2, "main", 1), element(3, "h1", 2, heading), *menu]
    assert absence(page("/a/", parts)) is None, "a page of a site that has a menu"


def test_words_without_a_heading_say_that_the_site_is_away() -> None:
    text = "Briefly unavailable for scheduled maintenance. Check back in a minute."
    assert "the site is away" in (absence(page("/a/", [element(2, "p", 1, text)])) or "")


@pytest.mark.parametrize(
    "heading", ["Elevator under maintenance", "Back to school", "Retour", "We are closed", "Maintenance of gardens"]
)
def test_pages_that_only_sound_as_if_the_site_was_away(heading: str) -> None:
    assert said(heading, "Ask at the desk.") is None


def wall(*more: Any) -> str | None:
    """What is said of a page without a main part that asks about cookies."""
    question = [
        element(2, "div", 1),
        element(3, "p", 2, "We use cookies. Your privacy matters to us."),
        element(4, "button", 2, "Accept all"),
    ]
    return absence(page("/a/", [*question, *more]))


def test_a_question_about_cookies_that_is_all_of_a_page_is_not_the_page() -> None:
    assert "waits for consent" in (wall() or "")
    content = (
        "The reading room is open until nine, with a hundred seats, daylight, and tables that go up and down. " * 2
    )
    assert wall(element(5, "p", 1, content)) is None


def test_a_page_behind_a_dialog_that_opens_with_it_was_not_looked_at() -> None:
    def opened(*, behind: bool, **more: bool) -> str | None:
        main = [
            replace(each, exposed=not behind) for each in (element(2, "main", 1), element(3, "h1", 2, "Hours today"))
        ]
        dialog = [element(4, "dialog", 1), element(5, "p", 4, "Read our newsletter?"), element(6, "button", 4, "No")]
        return absence(page("/a/", [*main, *dialog]), **more)

    assert "opens with a dialog (“Read our newsletter? No”)" in (opened(behind=True) or "")
    assert opened(behind=True, walked=True) is None, "a journey opens dialogs on purpose"
    assert opened(behind=False) is None
