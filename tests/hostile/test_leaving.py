"""A page that leaves while it loads: audited where it leads, or not audited with the reason; never what is left of it.

What no browser shows (a download, another program) is nowhere to go: such a page is audited whole, and what it does is told.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.model.finding import PageState
from tests.hostile.sites import page, run, write

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

#: Below the script that leaves: one fault, which is found wherever the page is really read.
HEAD = '<!doctype html><html lang="en"><head><title>{name}</title>{head}</head><body {body}><main><h1>A</h1><a href="gone.html">Gone</a></main>'


def leaving(name: str, script: str = "", body: str = "") -> str:
    head = f"<script>{script}</script>" if script else ""
    return HEAD.format(name=name, head=head, body=body)


def test_a_page_that_leaves_is_audited_where_it_leads_or_not_at_all(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site",
        {
            "index.html": page("Home"),
            # These lead to their own address, and are audited there.
            "secure.html": leaving(
                "secure", 'if (location.protocol === "http:") location.replace("https:" + location.href.slice(5))'
            ),
            "no-port.html": leaving(
                "no port",
                'if (location.protocol === "http:") location.href = `https://${location.hostname}${location.pathname}`',
            ),
            "cookie.html": leaving(
                "cookie", 'if (!document.cookie.includes("lang")) { document.cookie = "lang=en"; location.reload() }'
            ),
            "query.html": leaving("query", 'if (!location.search) location.search = "?lang=en"'),
            "later.html": leaving(
                "later", "", 'onload="if (!sessionStorage.x) { sessionStorage.x = 1; location.reload() }"'
            ),
            "hash.html": leaving("hash", 'location.hash = "top"'),
            # These only send visitors on.
            "head.html": leaving("head", 'location.replace("index.html")'),
            "handler.html": leaving("handler", "", 'onload="location.href = `index.html`"'),
            "made.html": leaving(
                "made",
                'const m = document.createElement("meta"); m.httpEquiv = "refresh"; m.content = "0;url=index.html";'
                " document.head.append(m)",
            ),
            # These lead nowhere that was looked at.
            "host.html": leaving("host", 'location.replace("https://example.org/")'),
            "nowhere.html": leaving("nowhere", 'location.replace("nowhere-else.html")'),
            "itself.html": leaving("itself", "location.reload()"),
            # For those who have agreed, this is a page.
            "agreed.html": leaving(
                "agreed", 'if (!document.cookie.includes("agreed")) location.replace("index.html")'
            ).replace("</main>", f"<p>{'Words of this page. ' * 20}</p></main>"),
            "one.html": leaving("one", 'location.replace("two.html")'),
            "two.html": leaving("two", 'location.replace("one.html")'),
        },
    )
    report = run(site, tmp_path)
    states = {each.address: each.state for each in report.pages}
    reasons = {each.address: each.reason or "" for each in report.pages}
    read = {"/secure.html", "/no-port.html", "/cookie.html", "/query.html", "/later.html", "/hash.html"}
    sent_on = {"/head.html", "/handler.html", "/made.html"}
    assert {address for address, state in states.items() if state is PageState.AUDITED} == {"/", *read}
    assert {address for address, state in states.items() if state is PageState.EXCLUDED} == sent_on
    assert {reasons[address] for address in sent_on} == {"It only sends visitors on to /."}
    found = {
        address for each in report.findings if each.rule == "broken-link" for address in each.pages or (each.page,)
    }
    assert read <= found
    assert states["/agreed.html"] is PageState.NOT_AUDITED
    assert "has a content of its own" in reasons["/agreed.html"]
    assert "https://example.org/" in reasons["/host.html"]
    assert "/nowhere-else.html while it loads" in reasons["/nowhere.html"]
    assert "again and again" in reasons["/itself.html"]
    assert "/one.html → /two.html → /one.html" in reasons["/one.html"]
    assert "127.0.0.1" not in " ".join(reasons.values())


def test_a_page_that_begins_a_download_is_audited_whole_and_the_download_told(tmp_path: Path) -> None:
    blob = "URL.createObjectURL(new Blob(['x'], { type: '%s' }))"
    stays = {
        "zip": ('location.href = "file.zip"', "downloads /file.zip"),
        "chance": ('location.replace("file.zip?" + Math.random())', "downloads /file.zip"),
        "table": ('onload = () => location.assign("data.csv")', "downloads /data.csv"),
        "type": ('location.href = "unnamed"', "downloads /unnamed"),
        "link": (
            'const a = document.createElement("a"); a.href = "file.zip"; a.download = ""; a.click()',
            "downloads /file.zip",
        ),
        "made": (f"location.href = {blob % 'application/zip'}", "downloads a file that a script has made"),
        "data": ('location.href = "data:application/zip,x"', "downloads a file that a script has made"),
        "mail": ('location.href = "mailto:a@example.org"', "has another program open mailto:a@example.org"),
        "telephone": ('location.href = "tel:5550100"', "has another program open tel:5550100"),
        "elsewhere": ('location.href = "https://example.org/file.zip"', "downloads https://example.org/file.zip"),
        "two": ('location.href = "mailto:a@example.org"; location.href = "file.zip"', "mailto:a@example.org"),
    }
    leaves = {"shown": f"location.href = {blob % 'text/html'}", "pdf": 'location.href = "file.pdf"'}
    site = write(
        tmp_path / "site",
        {
            "index.html": page("Home"),
            "file.zip": "PK",
            "file.pdf": "%PDF-1.4",
            "data.csv": "a,b",
            "unnamed": "\x00",
            **{f"{name}.html": leaving(name, script) for name, (script, _) in stays.items()},
            **{f"{name}.html": leaving(name, script) for name, script in leaves.items()},
            "refresh.html": leaving("refresh").replace(
                "</head>", '<meta http-equiv="refresh" content="0;url=file.zip"></head>'
            ),
        },
    )
    report = run(site, tmp_path, only=("broken-link", "window-opened-by-itself"))
    states = {each.address: each.state for each in report.pages if not each.address.endswith(".pdf")}
    left = {address for address, state in states.items() if state is not PageState.AUDITED}
    assert left == {f"/{name}.html" for name in leaves}, [each for each in report.pages if each.address in left]
    told = {each.page: each.message for each in report.findings if each.rule == "window-opened-by-itself"}
    assert {name: said for name, (_, said) in stays.items() if said not in told.get(f"/{name}.html", "")} == {}
    broken = {page for each in report.findings if each.rule == "broken-link" for page in (each.page, *each.pages)}
    # Each was read to its end.
    assert {f"/{name}.html" for name in (*stays, "refresh")} <= broken
    assert "of its own making" in next(each.reason or "" for each in report.pages if each.address == "/shown.html")
