"""How each catalogue system is searched: a form where a plain GET form can do it, else a link.

A GET form drops whatever query stands in its ``action``, so fixed parameters become hidden
fields (HTML, form submission: the query of the action is replaced). Where the terms belong
into the path or into a joined value, no form can do it; then ``pattern`` is for the script
and ``home`` for everybody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit

from library_base.errors import Problem, listed
from library_frontmatter import Lines
from library_schemas.library import Catalogue
from library_schemas.resource import BooklistItem


@dataclass(frozen=True, slots=True)
class CatalogueSearch:
    """The search as templates need it. ``mode`` is ``form`` or ``link``."""

    mode: str
    name: str
    home: str
    action: str = ""
    field: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    pattern: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class _System:
    """One system. ``search`` and ``item`` are addresses with ``{terms}`` and ``{isbn}`` or ``{id}``."""

    search: str
    isbn: str = ""
    record: str = ""
    needs: tuple[str, ...] = ()
    form: bool = True


def _filled(template: str, catalogue: Catalogue) -> str:
    values = {
        "host": catalogue.host.rstrip("/"),
        "profile": catalogue.profile or "default",
        "locale": catalogue.locale or "en_US",
        "scope": catalogue.scope or "",
    }
    for name, value in values.items():
        template = template.replace(f"<{name}>", value)
    return template


_SYSTEMS: Mapping[str, _System] = {
    "sirsidynix-enterprise": _System(
        "<host>/client/<locale>/<profile>/search/results?qu={terms}&te=ILS",
        isbn="<host>/client/<locale>/<profile>/search/results?qu={isbn}",
        needs=("profile",),
    ),
    "koha": _System(
        "<host>/cgi-bin/koha/opac-search.pl?q={terms}",
        isbn="<host>/cgi-bin/koha/opac-search.pl?idx=nb&q={isbn}",
        record="<host>/cgi-bin/koha/opac-detail.pl?biblionumber={id}",
    ),
    "evergreen": _System(
        "<host>/eg/opac/results?query={terms}&qtype=keyword&locg=<scope>",
        isbn="<host>/eg/opac/results?query={isbn}&qtype=identifier&locg=<scope>",
        record="<host>/eg/opac/record/{id}?locg=<scope>",
        needs=("scope",),
    ),
    "polaris": _System(
        "<host>/polaris/search/searchresults.aspx?ctx=1.1033.0.0.<scope>&type=Keyword&term={terms}"
        "&by=KW&sort=RELEVANCE&limit=TOM%3D*&query=&page=0",
        isbn="<host>/polaris/view.aspx?ctx=1.1033.0.0.<scope>&ISBN={isbn}",
        needs=("scope",),
    ),
    "vega": _System("<host>/search?query={terms}&searchType=everything&pageSize=10", isbn="<host>/search?query={isbn}"),
    "bibliocommons": _System("<host>/v2/search?query={terms}&searchType=smart", isbn="<host>/v2/search?query={isbn}"),
    "aspen": _System(
        "<host>/Union/Search?lookfor={terms}&searchIndex=Keyword&searchSource=local",
        isbn="<host>/Union/Search?lookfor={isbn}",
        record="<host>/GroupedWork/{id}",
    ),
    "pika": _System(
        "<host>/Search/Results?lookfor={terms}&type=AllFields",
        isbn="<host>/Search/Results?lookfor0%5B%5D={isbn}&type0%5B%5D=ISN",
    ),
    "vufind": _System(
        "<host>/Search/Results?lookfor={terms}&type=AllFields",
        isbn="<host>/Search/Results?lookfor={isbn}&type=ISN",
        record="<host>/Record/{id}",
    ),
    "worldcat-discovery": _System("<host>/search?queryString={terms}", isbn="<host>/search?queryString={isbn}"),
    "sierra-webpac": _System(
        "<host>/search/?searchtype=X&searcharg={terms}&searchscope=<scope>",
        isbn="<host>/search~S<scope>/i{isbn}",
        needs=("scope",),
    ),
    "tlc-ls2": _System("<host>/?section=search&term={terms}", isbn="<host>/?section=search&term=isbn%3A{isbn}"),
    "encore": _System(
        "<host>/iii/encore/search/C__S{terms}__Orightresult__U?lang=eng",
        isbn="<host>/iii/encore/search/C__S{isbn}__Orightresult__U?lang=eng",
        form=False,
    ),
    "primo-ve": _System(
        "<host>/discovery/search?query=any,contains,{terms}&tab=<scope>&search_scope=<scope>&vid=<profile>",
        isbn="<host>/discovery/search?query=any,contains,{isbn}&tab=<scope>&search_scope=<scope>&vid=<profile>",
        needs=("profile", "scope"),
        form=False,
    ),
    "ebsco-discovery": _System(
        "<host>/login.aspx?direct=true&site=eds-live&scope=site&profile=<profile>&custid=<scope>&bquery={terms}",
        isbn="<host>/login.aspx?direct=true&site=eds-live&scope=site&profile=<profile>&custid=<scope>&bquery=IB+{isbn}",
        needs=("profile", "scope"),
    ),
    "spydus": _System(
        "<host>/cgi-bin/spydus.exe/ENQ/WPAC/BIBENQ?SETLVL=&ENTRY={terms}",
        isbn="<host>/cgi-bin/spydus.exe/ENQ/WPAC/BIBENQ?SETLVL=&SBN={isbn}",
    ),
    "horizon": _System(
        "<host>/ipac20/ipac.jsp?menu=search&index=.GW&profile=<profile>&term={terms}",
        isbn="<host>/ipac20/ipac.jsp?index=ISBNEX&profile=<profile>&term={isbn}",
        needs=("profile",),
    ),
}


def catalogue_problems(catalogue: Catalogue | None, lines: Lines) -> list[Problem]:
    """Say what is missing for the system that is set."""
    if catalogue is None:
        return []

    def problem(field: str, message: str, hint: str) -> Problem:
        return Problem(lines.path, lines.of("catalogue", field), f"catalogue › {field}", message, hint)

    found: list[Problem] = []
    if not catalogue.host.startswith(("https://", "http://")) or not urlsplit(catalogue.host).netloc:
        found.append(
            problem(
                "host", f"“{catalogue.host}” is not an address.", f"Write https://{catalogue.host.split('//')[-1]}."
            )
        )
    if catalogue.system == "custom":
        if catalogue.template is None or "{terms}" not in catalogue.template:
            found.append(
                problem(
                    "template",
                    "A custom catalogue needs a template with {terms} in it.",
                    "Search in the catalogue for a word, copy the address, and put {terms} in place of that word.",
                )
            )
        if catalogue.item_template is not None and "{isbn}" not in catalogue.item_template:
            found.append(
                problem("item_template", "The item_template has no {isbn} in it.", "Put {isbn} where the ISBN goes.")
            )
        return found
    missing = [name for name in _SYSTEMS[catalogue.system].needs if not getattr(catalogue, name)]
    if missing:
        found.append(
            problem(
                missing[0],
                f"The system {catalogue.system} cannot be searched without {listed(missing)}.",
                "Your catalogue's address, copied after a search, shows it; or ask the vendor.",
            )
        )
    return found


def catalogue_search(catalogue: Catalogue | None) -> CatalogueSearch:
    """Return the search for a catalogue whose settings have no problems; mode ``none`` where there is none yet."""
    if catalogue is None:
        return CatalogueSearch("none", "", "")
    template, form = _search(catalogue)
    home = catalogue.host.rstrip("/") + "/"
    account = catalogue.account_url or ""
    address = urlsplit(template)
    pairs = parse_qsl(address.query, keep_blank_values=True)
    field = next((name for name, value in pairs if value == "{terms}"), None)
    if not form or field is None or address.fragment:
        return CatalogueSearch("link", catalogue.name, home, pattern=template, account=account)
    action = f"{address.scheme}://{address.netloc}{address.path}"
    hidden = tuple((name, value) for name, value in pairs if name != field)
    return CatalogueSearch("form", catalogue.name, home, action, field, hidden, template, account)


def item_url(catalogue: Catalogue | None, item: BooklistItem) -> str:
    """Return the address of a title in the catalogue: by record, by ISBN, else a search for it."""
    if catalogue is None:
        return ""
    system = _SYSTEMS.get(catalogue.system)
    if item.record_id and system is not None and system.record:
        return _filled(system.record, catalogue).replace("{id}", quote(item.record_id, safe=""))
    by_isbn = catalogue.item_template or (_filled(system.isbn, catalogue) if system else "")
    if item.isbn and by_isbn:
        return by_isbn.replace("{isbn}", quote(item.isbn, safe=""))
    template, _ = _search(catalogue)
    return template.replace("{terms}", quote(f"{item.title} {item.author}", safe=""))


def _search(catalogue: Catalogue) -> tuple[str, bool]:
    if catalogue.system == "custom":
        return catalogue.template or "", True
    system = _SYSTEMS[catalogue.system]
    return _filled(system.search, catalogue), system.form
