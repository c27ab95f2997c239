"""What the report calls pages."""

from __future__ import annotations

from audit.model.finding import PageResult, PageState
from audit.reports.titles import own_titles


def named(*titles: str | None) -> list[str | None]:
    pages = [
        PageResult(f"/{at}/", f"{at}.html", PageState.AUDITED, None, title=title) for at, title in enumerate(titles)
    ]
    found = own_titles(pages)
    return [found.get(page.address) for page in pages]


def test_the_name_of_the_site_is_left_out_where_many_pages_end_with_it() -> None:
    pages = [f"Page {at} – County Library" for at in range(5)]
    assert named(*pages, "County Library", None) == [*(f"Page {at}" for at in range(5)), "County Library", None]


def test_what_few_pages_end_with_belongs_to_their_titles() -> None:
    pages = ["Storytime – Dunmore", "Book club – Dunmore", "Tech help – a first hour"]
    assert named(*pages) == pages


def test_each_language_has_its_own_name_of_the_site() -> None:
    pages = [f"Page {at} – County Library" for at in range(5)] + [f"Page {at} | Bibliothèque" for at in range(5)]
    assert named(*pages) == [f"Page {at}" for at in range(5)] * 2


def test_a_part_number_stays() -> None:
    pages = [f"Rules, part {at} of 6 – County Library" for at in range(1, 7)]
    assert named(*pages)[0] == "Rules, part 1 of 6"
