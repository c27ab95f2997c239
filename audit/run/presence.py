"""Whether a page was there to be looked at, or something stood in its place.

Rules find no fault in an empty page, in the words "Page not found" or in a question about cookies: to call
such a page audited would be to pass it without having looked.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from audit.model.document import Document, Element
from audit.model.page import Page

#: Elements that show or do something without words of their own.
SHOWING = (
    "img",
    "svg",
    "canvas",
    "video",
    "audio",
    "iframe",
    "object",
    "embed",
    "input",
    "button",
    "select",
    "textarea",
)
#: Characters of text up to which something may stand in the place of a page; a page that speaks of it says more.
SHORT = 600
#: Characters of text up to which something may only announce a page.
BRIEF = 120
#: Headings and titles of pages that are not there, in English and French.
_MISSING = re.compile(
    r"^\W*((error|erreur|http)\W*)?404\W*($|(page|file|document|error|erreur|not\b))"
    r"|\b(page|file|document)( you \w+( looking)?( for)?)? (was |is |could |can )?(not|can[’']t) (be )?found\b"
    r"|\b(can|could)( ?not|n[’']t) find (that|this|the|your) page\b|^\W*not found\W*$|^\W*410 gone\W*$"
    r"|\b(page|file) (does not|doesn[’']t|no longer) exists?\b"
    r"|\b(page|fichier|document)( \w+)?( est)? (introuvable|inexistante?|non trouvée?)\b",
    re.IGNORECASE,
)
#: Headings and titles of what a server says when it cannot or will not give a page, in English and French.
_REFUSED = re.compile(
    r"^\W*((http|error|erreur)\W*)?(4(?!04)\d\d|5\d\d)\W*($|(error|erreur|forbidden|unauthori[sz]ed|bad|gateway|internal|server"
    r"|service|too many|request|accès|interdit)\b)"
    r"|^\W*(access denied|bad gateway|gateway time-?out|internal server error|service (temporarily )?unavailable"
    r"|too many requests|accès refusé|erreur interne du serveur|service indisponible"
    r"|error establishing a database connection|welcome to nginx|apache2 \w+ default page)\W*$",
    re.IGNORECASE,
)
#: What stands where a page has not come yet, or is not given to a program.
_NOT_YET = re.compile(
    r"(^|\s)(loading|please wait|chargement( en cours)?|veuillez patienter)\s*(\.\.\.|…)\W*$"
    r"|^\W*(loading|please wait|chargement( en cours)?|veuillez patienter)\W*$"
    r"|\b(enable|activer) javascript\b|\bchecking your browser\b|\bverify(ing)? (that )?you are (a )?human\b",
    re.IGNORECASE,
)
#: Headings and titles of what stands in the place of a whole site while it is away, in English and French.
_AWAY = re.compile(
    r"^\W*((currently |temporarily )?(down |closed |offline |unavailable |briefly unavailable )?(for|under|undergoing|en))?"
    r" ?(scheduled |planned |routine )?(maintenance|downtime)( mode| in progress)?\W*$"
    r"|\b(web ?site|site|page|portal|catalogue|catalog|system|server|service|we)( is| are|[’']re| est)?( \w+ly| actuellement)?"
    r" ((down|offline|unavailable|hors ligne|indisponible)\W*$|((down |closed |offline )?(for|under|undergoing|in|en)"
    r" (\w+ )?(maintenance|construction)\b))"
    r"|\bunavailable for (scheduled |planned )?maintenance\b"
    r"|^\W*((we|the site|this site)\W*(will|ll) )?(be )?(right )?back( online)? (soon|shortly)\W*$|^\W*(we[’']ll )?be right back\W*$"
    r"|^\W*(nous )?(revenons|serons de retour|de retour) (très )?bientôt\W*$"
    r"|^\W*(coming soon|under construction|en construction|bientôt disponible)\W*$"
    r"|\baccount (has been |is )?suspended\b|\bdomain (name )?(is |has been )?(parked|expired|for sale)\b",
    re.IGNORECASE,
)
#: Links up to which a page may stand for a whole site; a page of a site has a menu.
FEW = 2
#: Addresses that say of themselves that they are such a page.
_MEANT = re.compile(r"404|not[-_ ]?found|introuvable|erreur|error", re.IGNORECASE)
_CONSENT = re.compile(r"\b(cookies?|consent|consentement|témoins?|privacy|confidentialité)\b", re.IGNORECASE)
_AGREES = re.compile(
    r"\b(accept|agree|allow|consent|got it|ok|accepter?|j[’']accepte|autoriser|consentir)\b", re.IGNORECASE
)


def absence(page: Page, *, walked: bool = False) -> str | None:
    """Why there is nothing to examine, as a sentence; ``None`` when there is something.

    ``walked``: a journey leads to it, which may have opened a dialog on purpose.
    """
    return (
        _empty(page)
        or _is_inert(page)
        or _says_missing(page)
        or _is_away(page)
        or _is_to_come(page)
        or _waits(page)
        or (None if walked else _is_behind(page))
    )


def _mains(document: Document) -> list[Element]:
    return [each for each in document if each.tag == "main" or each.get("role") == "main"]


def _empty(page: Page) -> str | None:
    """A page without anything on it, or with a main part that stayed empty."""
    document = page.document
    if (broken := next(iter(document.tags("parsererror")), None)) is not None:
        return f"{page.address} is served as XML and cannot be read as such: {document.visible_text(broken)[:200]}"
    mains = _mains(document)
    if any(_shows(document, each) for each in mains or [document.root]):
        return None
    what = (
        f"The main part of {page.address} is empty: no text, no picture and no control."
        if mains
        else f"{page.address} shows nothing: no text, no picture and no control."
    )
    error = next((each for each in page.problems if each.startswith("Script error: ")), None)
    if error is not None:
        return f"{what} A script on the page fails: {error.removeprefix('Script error: ')}"
    missing = next((each for each in page.requests if each.kind in _ASKED and (each.status or 0) >= 400), None)
    if missing is not None:
        return f"{what} What it asks for is not there: {_shown(missing.url)} answers with status {missing.status}."
    foreign = next((each for each in page.requests if each.kind in _ASKED and each.third_party), None)
    if foreign is not None:
        return f"{what} It asks {_shown(foreign.url)} for it, and nothing is loaded from another server in a check."
    if document.tags("script"):
        return f"{what} The page has a script; if it is to fill the page, it did not do so while the page was open."
    return what


#: Kinds of requests that can bring what a page shows.
_ASKED = frozenset({"Script", "Fetch", "XHR"})


def _shown(url: str) -> str:
    return re.sub(r"^https?://127\.0\.0\.1:\d+", "", url)[:200]


def _shows(document: Document, element: Element) -> bool:
    """Whether anything of an element is there for anybody, seen or only read out."""
    if document.visible_text(element) or document.exposed_text(element):
        return True
    return any(each.tag in SHOWING and (each.rendered or each.exposed) for each in document.descendants(element))


def _is_inert(page: Page) -> str | None:
    """A page of which only eyes get anything."""
    if any(each.has("inert") for each in page.document if each.tag in {"html", "body"}):
        return f"All of {page.address} is inert: no key leads to anything on it, and screen readers are told nothing of it."
    return None


def _says_missing(page: Page) -> str | None:
    """A page that says that it is not there, and answers as if it were."""
    if page.status >= 400 or _MEANT.search(unquote(page.address)):
        return None
    document = page.document
    root = (_mains(document) or [document.root])[0]
    if len(document.visible_text(root)) > SHORT:
        return None
    headings = [document.visible_text(each) for each in document.tags("h1") if each.rendered]
    said = next((each for each in (*headings, document.title) if _MISSING.search(each)), None)
    if said is None:
        said = next((each for each in (*headings, document.title) if _REFUSED.search(each)), None)
        if said is None:
            return None
        return (
            f"{page.address} answers with status {page.status}, but says that the server did not give the page"
            f" (“{said[:80]}”)."
        )
    return (
        f"{page.address} says that there is no such page (“{said[:80]}”), but answers with status {page.status}"
        " as if there were one: was the right page put there?"
    )


def _is_away(page: Page) -> str | None:
    """A page that stands for a whole site while that is being worked on, and answers as if it were the page."""
    document = page.document
    text = document.visible_text(document.root)
    links = [
        each
        for each in document.tags("a")
        if each.rendered and re.match(r"(?!mailto:|tel:|#).", each.get("href") or "")
    ]
    if page.status >= 400 or len(text) > SHORT or len(links) > FEW:
        return None
    headings = [document.visible_text(each) for each in document.tags("h1", "h2") if each.rendered]
    said = next(
        (each for each in (*headings, document.title, *(() if headings else (text,))) if _AWAY.search(each)), None
    )
    if said is None:
        return None
    return (
        f"{page.address} only says that the site is away for now (“{said[:80]}”), but answers with status {page.status}"
        " as if it were the page."
    )


def _is_to_come(page: Page) -> str | None:
    """A page that only says that it is on its way."""
    document = page.document
    root = (_mains(document) or [document.root])[0]
    text = document.visible_text(root)
    if len(text) > BRIEF or not _NOT_YET.search(text):
        return None
    return f"{page.address} only says “{text}”, and nothing else came while it was open."


def _waits(page: Page) -> str | None:
    """A question about cookies that is all of the page, or of its main part, and keeps the rest back until it is answered."""
    document = page.document
    if (name := _wall(page)) is not None:
        return (
            f"{page.address} waits for consent: it shows a question about cookies or privacy, and the rest only after"
            f" “{name[:40]}”, which was not looked at."
        )
    for main in _mains(document):
        text = document.visible_text(main)
        inside = list(document.descendants(main))
        if len(text) > SHORT or not _CONSENT.search(text):
            continue
        controls = [
            each for each in inside if each.rendered and (each.tag == "button" or each.role in {"button", "link"})
        ]
        agrees = next((each for each in controls if _AGREES.search(each.name or document.visible_text(each))), None)
        held = any(not each.rendered and each.tag not in _UNSEEN for each in inside)
        if agrees is not None and held:
            name = agrees.name or document.visible_text(agrees)
            return (
                f"The main part of {page.address} waits for consent: it shows a question about cookies or privacy,"
                f" and the rest only after “{name[:40]}”, which was not looked at."
            )
    return None


def _is_behind(page: Page) -> str | None:
    """A page that opens with a dialog which keeps everybody from the rest: what cannot be reached, no rule looks at."""
    document = page.document
    reached, seen = document.exposed_text(document.root), document.visible_text(document.root)
    for dialog in document:
        if not dialog.exposed or not (dialog.tag == "dialog" or dialog.role in {"dialog", "alertdialog"}):
            continue
        said, shown = document.exposed_text(dialog), document.visible_text(dialog)
        if said and len(reached) <= len(said) and len(seen) > len(shown) + 1:
            return (
                f"{page.address} opens with a dialog (“{said[:60]}”) that keeps everybody from the rest, which was not"
                " looked at."
            )
    return None


def _wall(page: Page) -> str | None:
    """What agrees to the question that is nearly all that is seen of a page without a main part."""
    document = page.document
    text = document.visible_text(document.root)
    if _mains(document) or len(text) > SHORT or not _CONSENT.search(text) or _CONSENT.search(document.title):
        return None
    for control in document.tags("button", "a", "input"):
        name = control.name or document.visible_text(control)
        if not control.rendered or not _AGREES.search(name):
            continue
        around = (document.visible_text(each) for each in document.ancestors(control))
        question = next((each for each in around if _CONSENT.search(each)), "")
        if question and len(text) - len(question) <= BRIEF:
            return name
    return None


#: Elements that are never seen.
_UNSEEN = frozenset({"script", "style", "noscript", "meta", "link", "br", "wbr", "source", "track", "option"})
