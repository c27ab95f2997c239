"""Rule files: ``_redirects`` (Netlify, Cloudflare Pages), Apache, nginx.

Old pages have moved for good (301). Short names such as ``/go/libby/`` may lead elsewhere next
year (302), so that browsers do not remember them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from library_model.model import Output, Page, PageKind, Site


def rule_files(site: Site) -> Iterator[Output]:
    """Yield the rule files. Apache's and nginx's are to be copied by whoever runs the server."""
    redirects = sorted((page for page in site.all if page.kind is PageKind.REDIRECT), key=lambda page: page.path)
    rules = [(_asked(page), page.view.target.url, code(page)) for page in redirects]
    moved = sorted(site.moved.items())
    base = site.settings.base_path
    rules += [(base + old, new, 301) for old, new in moved if "?" not in old]
    asked = [(*f"{base}{old}".split("?", 1), new) for old, new in moved if "?" in old]
    if not rules and not asked:
        return
    # The first rule that fits counts, so those with a question come first.
    netlify = [f"{path} {question.replace('&', ' ')} {new} 301\n" for path, question, new in asked]
    netlify += [f"{old} {new} {status}\n" for old, new, status in rules]
    yield Output("_redirects", "".join(netlify).encode())
    apache = "RewriteEngine On\n" if asked else ""
    apache += "".join(_apache(*each) for each in asked)
    apache += "".join(f'RedirectMatch {s} "{_pattern(old)}" "{new}"\n' for old, new, s in rules)
    yield Output("redirects/apache.conf", apache.encode())
    nginx = "".join(
        f'if ($request_uri = "{path}?{question}") {{ return 301 "{new}"; }}\n' for path, question, new in asked
    )
    nginx += "".join(
        f'location = "{address}" {{ return {s} "{new}"; }}\n' for old, new, s in rules for address in _both(old)
    )
    yield Output("redirects/nginx.conf", nginx.encode())


def _pattern(old: str) -> str:
    """One address for Apache, which compares what %20 and the like stand for; ``Redirect`` would take all below it."""
    return f"^{re.escape(unquote(old).rstrip('/'))}/?$"


def _both(old: str) -> Iterator[str]:
    """One address for nginx, with a slash at its end and without, as other servers take it."""
    plain = unquote(old).rstrip("/")
    yield from (plain, f"{plain}/") if plain else ("/",)


def _apache(path: str, question: str, new: str) -> str:
    """A rule for one question; the blank one at the end of the target takes the question away."""
    return (
        f"RewriteCond %{{REQUEST_URI}} ={path}\n"
        f"RewriteCond %{{QUERY_STRING}} ={question}\n"
        f'RewriteRule ^ "{new}?" [R=301,L]\n'
    )


def _asked(page: Page) -> str:
    """Return the address as old links have it: ``/events.php``, although the page is in a folder."""
    return page.url.rstrip("/") if "." in page.slug else page.url


def code(page: Page) -> int:
    """Return 302 for short names, 301 for old addresses."""
    return 302 if page.view.temporary else 301
