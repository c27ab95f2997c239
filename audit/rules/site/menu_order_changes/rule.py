"""Menus that are repeated must keep their links in the same relative order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.model.site import Site, SiteLink, SitePlace
from audit.semantics.published import link_place
from audit.semantics.repeated_links import Menu, menus, out_of_order, usual
from audit.semantics.words import words

RULE = Rule(
    title="Menu in another order",
    family=Family.SITE,
    requirements=Requirements(wcag=("3.2.3",)),
    fixer=Fixer.THEME,
    why="People who know a menu by heart, enlarged or by listening, choose by place and land on the wrong page.",
    since="0.1.0",
)
#: A menu of two links says nothing about order, and one that shares little with the usual is another menu.
LINKS = 3
SHARED = 0.6
#: So many pages with one order make an order, also among few pages.
SAME = 2


@dataclass(frozen=True, slots=True)
class MenuPlace(SitePlace):
    """A menu on a page. ``order`` and ``usual``: names of its links here and on most pages, or (not ``on_most``)
    on as many others as have any one order.
    """

    menu: str = ""
    order: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    on_most: bool = True


def applies(site: Site) -> Iterable[MenuPlace]:
    """Menus that have one order on most pages, wherever they hold most of the same links."""
    for place, by_page in menus(site).items():
        orders = [_names(menu) for menu in by_page.values()]
        model = usual(orders) or _first_of_many(orders)
        if len(model) < LINKS:
            continue
        on_most = usual(orders) is not None
        for address, menu in by_page.items():
            common = set(_names(menu)) & set(model)
            if len(common) >= max(LINKS, SHARED * len(model)):
                first = _first_wrong(menu, model) or menu[0]
                at = link_place(site.pages[address], first)
                said = tuple(link.name for link in menu)
                expected = next(tuple(link.name for link in each) for each in by_page.values() if _names(each) == model)
                yield MenuPlace(
                    at.page, at.selector, at.static, at.html, None, None, place.landmark, said, expected, on_most
                )


def expect(site: Site, target: MenuPlace) -> Result:
    del site
    wrong = out_of_order([words(name) for name in target.order], [words(name) for name in target.usual])
    if wrong is None:
        return passed()
    name = f"“{target.menu}”" if target.menu else "without a name"
    where = "most pages" if target.on_most else "others"
    message = f"The menu {name} goes “{', '.join(target.order)}” here, and “{', '.join(target.usual)}” on {where}."
    fix = "Give the links the same order on every page; leave links out rather than move them."
    order, common = list(target.order), list(target.usual)
    # The very same links are one menu; where some differ, and few pages have it, it may be one of what is related.
    if target.on_most or {words(each) for each in target.order} == {words(each) for each in target.usual}:
        return failed(message, fix, order=order, usual=common)
    return ask(f"{message} Is it the same menu?", fix, order=order, usual=common)


def _first_of_many(orders: list[tuple[tuple[str, ...], ...]]) -> tuple[tuple[str, ...], ...]:
    """Where no order is usual, the first of those that most pages have; none where each page has its own."""
    counts = Counter(orders)
    found = max(orders, key=lambda each: counts[each], default=())
    return found if counts[found] >= SAME or len(orders) == SAME else ()


def _names(menu: Menu) -> tuple[tuple[str, ...], ...]:
    return tuple(words(link.name) for link in menu)


def _first_wrong(menu: Menu, model: tuple[tuple[str, ...], ...]) -> SiteLink | None:
    wrong = out_of_order(_names(menu), model)
    return next((link for link in menu if words(link.name) == wrong), None)
