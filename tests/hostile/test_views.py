"""What only some visitors get is looked at: on a narrow, wide or middling window, in the dark, with motion, behind a closed door."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.browser.browser import Browser
from audit.capture.page_elements import script
from audit.capture.views import heights, widths
from audit.model.finding import PageState
from tests.hostile.sites import page, run, write

#: A control without a name and a picture without an alternative: axe-core's rules and ours tell of them.
BAD = '<div class="odd"><button type="button"><svg width="40" height="40" aria-hidden="true"></svg></button><img src="dot.svg"></div>'
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'


@pytest.mark.parametrize(
    ("queries", "expected"),
    [
        ([], ()),
        (["(max-width: 700px)"], ()),
        (["(min-width: 40em) and (max-width: 63.99em)"], (832,)),
        (["(max-width: 767.98px)", "(min-width: 768px)"], ()),
        (["(width >= 1400px)"], (1575,)),
        (["(400px < width <= 600px)", "(min-width: 900px)"], (500, 750)),
        (["(prefers-color-scheme: dark)", "(min-height: 700px)", "print"], ()),
    ],
)
def test_one_width_for_each_range_in_which_style_sheets_say_the_same(
    queries: list[str], expected: tuple[int, ...]
) -> None:
    assert widths(queries) == expected


@pytest.mark.parametrize(
    ("queries", "expected"),
    [
        (["(max-width: 700px)", "print"], ()),
        (["(max-height: 500px)"], (378,)),
        (["(min-height: 1000px)"], (1125,)),
        (["(max-height: 200px)"], ()),
        (["(min-aspect-ratio: 16/9)", "(max-aspect-ratio: 1.6)"], (488, 900)),
        (["(300px < height <= 40em)"], (278, 470)),
    ],
)
def test_one_height_for_each_range_in_which_style_sheets_say_the_same(
    queries: list[str], expected: tuple[int, ...]
) -> None:
    assert heights(queries) == expected


def test_a_width_counts_where_a_rule_meets_something(browser: Browser) -> None:
    rules = {
        "(min-width: 401px)": ".here { color: red }",
        "(min-width: 402px)": ".gone { color: red } .gone:hover, p.gone::before { color: red } .here {}",
        "(min-width: 403px)": ".here:focus::before { content: '!' }",
        "(min-width: 404px)": "main:not(:hover) > .gone { color: red }",
        "(min-width: 405px)": "@supports (color: red) { :hover { color: red } }",
        "(min-width: 406px)": "@layer first { .gone { color: red } }",
        "(min-width: 407px)": "article:has(> .gone) { color: red }",
        "(min-width: 408px)": ".gone { & p { color: red } }",
    }
    written = "".join(f"@media {query} {{ {each} }}" for query, each in rules.items())
    nested = "p { @media (min-width: 409px) { color: red } }"
    found = browser.channel.evaluate(
        f"(document.head.replaceChildren(), document.body.innerHTML = `<style>{written}{nested}</style><p class=here>Here</p>`, {script('widths')})"
    )
    # What cannot be told for certain counts as well: negated states, the order of layers, rules within others.
    assert found == [f"(min-width: {number}px)" for number in (401, 403, 404, 405, 406, 408, 409)]


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_what_only_some_visitors_get_is_looked_at(tmp_path: Path) -> None:
    shown = ".odd { display: block }"
    rules = {
        "narrow": ("320px", f"@media (max-width: 700px) {{ {shown} }}"),
        "middle": ("850px", f"@media (min-width: 600px) and (max-width: 1100px) {{ {shown} }}"),
        "large": ("1750px", f"@media (min-width: 1400px) {{ {shown} }}"),
        "dark": ("dark", f"@media (prefers-color-scheme: dark) {{ {shown} }}"),
        "motion": ("with motion", f"@media (prefers-reduced-motion: no-preference) {{ {shown} }}"),
        "both": (
            "dark at",
            f"@media (prefers-color-scheme: dark) and (min-width: 600px) and (max-width: 900px) {{ {shown} }}",
        ),
        "contrast": ("with more contrast", f"@media (prefers-contrast: more) {{ {shown} }}"),
        "stark": (
            "dark with more contrast",
            f"@media (prefers-contrast: more) and (prefers-color-scheme: dark) {{ {shown} }}",
        ),
        "forced": ("forced colours", f"@media (forced-colors: active) {{ {shown} }}"),
        "finger": ("by touch", f"@media (hover: none) {{ {shown} }}"),
        "coarse": ("by touch", ".odd { @media (pointer: coarse) { display: block } }"),
        "telephone": ("by touch at 320px", f"@media (any-pointer: coarse) and (max-width: 600px) {{ {shown} }}"),
        "mouse": ("always", f"@media (hover: hover) and (pointer: fine) {{ {shown} }}"),
        "low": ("1280px by", f"@media (max-height: 500px) {{ {shown} }}"),
        "high": ("1280px by", f"@media (min-height: 1000px) {{ {shown} }}"),
        "sideways": ("800px by", f"@media (max-height: 420px) and (max-width: 950px) {{ {shown} }}"),
        "shape": ("1280px by", f"@media (min-aspect-ratio: 21/9) {{ {shown} }}"),
        "tall": ("1280px by", f"@media (max-aspect-ratio: 4/5) and (min-width: 1000px) {{ {shown} }}"),
        "clear": ("with less transparency", f"@media (prefers-reduced-transparency: reduce) {{ {shown} }}"),
        "pale": ("with less contrast", f"@media (prefers-contrast: less) {{ {shown} }}"),
        "vivid": ("on a screen of more colours", f"@media (color-gamut: p3) {{ {shown} }}"),
        "fine": ("on a finer screen", f"@media (min-resolution: 2dppx) {{ {shown} }}"),
        "unscripted": ("without scripts", f"@media (scripting: none) {{ {shown} }}"),
        "container": ("320px", f"main {{ container-type: inline-size }} @container (max-width: 500px) {{ {shown} }}"),
    }
    asked = {
        "script-touch": "pointer: coarse",
        "script-contrast": "prefers-contrast: more",
        "script-forced": "forced-colors: active",
        "script-fine": "min-resolution: 1.5dppx",
        "script-clear": "prefers-reduced-transparency: reduce",
    }
    add = f"here.innerHTML = `{BAD.replace('odd', '')}`"
    decided = {
        "dots": f"if (devicePixelRatio > 1) {add}",
        "fingers": f"if (navigator.maxTouchPoints) {add}",
        "upright": f"if (screen.orientation.type.startsWith('portrait')) {add}",
        "viewport": f"if (visualViewport.width < 500) {add}",
        # What can wait is loaded when somebody is there.
        "moved": f"addEventListener('mousemove', () => {{ {add} }}, {{ once: true }})",
        "touched": f"addEventListener('touchstart', () => {{ {add} }}, {{ once: true }})",
        "pressed": f"document.addEventListener('keydown', () => {{ {add} }}, {{ once: true }})",
        # Something else tells when.
        "worker": "new Worker(URL.createObjectURL(new Blob(['setTimeout(() => postMessage(1), 2500)'])))"
        f".onmessage = () => {{ {add} }}",
        "late-frame": "setTimeout(() => { here.innerHTML = `<iframe title='Part' srcdoc='<!doctype html><html lang=en>"
        "<title>Part</title><button type=button></button>'></iframe>` }, 2500)",
    }
    site = write(
        tmp_path / "site",
        {
            "index.html": page("Home"),
            "dot.svg": DOT,
            **{
                f"{name}.html": page(name, f"<style>.odd {{ display: none }} {style}</style>{BAD}")
                for name, (_, style) in rules.items()
            },
            "script.html": page(
                "script",
                f'<div id="here"></div><script>onresize = () => {{ here.innerHTML = innerWidth < 700 ? `{BAD.replace("odd", "")}` : "" }}</script>',
            ),
            **{
                f"{name}.html": page(
                    name,
                    f'<div id="here"></div><script>if (matchMedia("({query})").matches) here.innerHTML = `{BAD.replace("odd", "")}`</script>',
                )
                for name, query in asked.items()
            },
            **{
                f"{name}.html": page(name, f'<div id="here"></div><script>{text}</script>')
                for name, text in decided.items()
            },
            "untried.html": page("untried", "<style>@media (display-mode: standalone) { p { color: red } }</style>"),
            "late.html": page(
                "late",
                f'<div id="here"></div><script>setTimeout(() => {{ here.innerHTML = `{BAD.replace("odd", "")}` }}, 6000)</script>',
            ),
            "icon.html": page(
                "icon",
                "<style>@media (max-width: 700px) { .word { display: none } }</style>"
                '<button type="button"><span class="word">Menu</span><svg width="40" height="40" aria-hidden="true"></svg></button>',
            ),
            "pointed.html": page("pointed", "<style>@media (hover: hover) { p:hover { color: red } }</style>"),
            "same.html": page("same", "<style>@media (max-width: 700px) { p { margin: 0; font-size: 90% } }</style>"),
        },
    )
    report = run(site, tmp_path, only=())
    assert all(each.state is PageState.AUDITED for each in report.pages)
    told = {
        (address, condition)
        for each in report.findings
        if each.rule in {"button-name", "control-without-name"}
        for address in (each.page, *each.pages)
        for condition in each.conditions or ("always",)
    }
    pages = {address for address, _ in told}
    assert {f"/{name}.html" for name in (*rules, *asked, *decided, "script", "icon", "late")} <= pages
    assert [each for each in report.notes if "display-mode, which could not be tried" in each]
    same = {"/same.html", "/pointed.html"}
    assert not {each for each in report.findings if same & {each.page, *each.pages} and each.conditions}


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_closed_shadow_trees_are_looked_at(tmp_path: Path) -> None:
    inside = '<img src="dot.svg"><button type="button"></button>'
    site = write(
        tmp_path / "site",
        {
            "index.html": page("Home", f'<div><template shadowrootmode="closed">{inside}</template></div>'),
            "made.html": page(
                "made",
                f'<div id="a"></div><script>a.attachShadow({{ mode: "closed" }}).innerHTML = `{inside}`</script>',
            ),
            "dot.svg": DOT,
        },
    )
    report = run(site, tmp_path, only=())
    assert [(each.state, each.reason) for each in report.pages] == [(PageState.AUDITED, None)] * 2
    found = {address for each in report.findings if each.rule == "image-alt" for address in (each.page, *each.pages)}
    assert found == {"/", "/made.html"}


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_page_with_nothing_on_it_is_not_audited_and_says_why(tmp_path: Path) -> None:
    shell = '<!doctype html><html lang="en"><head><title>Shell</title></head><body>{}</body></html>'
    waits = '<header><a href="index.html">Home</a></header><main></main>'
    site = write(
        tmp_path / "site",
        {
            "index.html": page("Home"),
            "blank.html": shell.format(""),
            "error.html": shell.format('<div id="app"></div><script>throw new Error("boom")</script>'),
            "waits.html": shell.format(f"{waits}<script>document.cookie</script>"),
            "inert.html": page("Hours", "<p>Words of this page.</p>").replace("<body", "<body inert"),
            "drawn.html": shell.format('<canvas role="img" aria-label="A map"></canvas>'),
            "foreign.html": shell.format('<div id="a"></div><script src="https://cdn.example.org/app.js"></script>'),
            "lost.html": shell.format('<div id="a"></div><script>fetch("data.json")</script>'),
            "removed.html": page("Page not found", "<p>The page that you asked for does not exist.</p>"),
            "404.html": page("Page not found", "<p>The page that you asked for does not exist.</p>"),
            "found.html": page("Lost and found", "<p>What was not found is at 404 Main Street.</p>"),
            "consent.html": page(
                "Hours", '<p>We use cookies.</p><button>Accept all</button><div hidden><img src="a.png"></div>'
            ),
            "cookies.html": page("Cookies", "<p>We use one cookie.</p><button>Accept</button>"),
            "seen.html": shell.format("<script>if (!navigator.webdriver) document.write('<p>For people</p>')</script>"),
        },
    )
    report = run(site, tmp_path)
    reasons = {each.address: each.reason for each in report.pages if each.state is PageState.NOT_AUDITED}
    assert reasons == {
        "/blank.html": "/blank.html shows nothing: no text, no picture and no control.",
        "/error.html": "/error.html shows nothing: no text, no picture and no control. A script on the page fails: Error: boom",
        "/waits.html": "The main part of /waits.html is empty: no text, no picture and no control."
        " The page has a script; if it is to fill the page, it did not do so while the page was open.",
        "/inert.html": "All of /inert.html is inert: no key leads to anything on it, and screen readers are told nothing of it.",
        "/foreign.html": "/foreign.html shows nothing: no text, no picture and no control. It asks"
        " https://cdn.example.org/app.js for it, and nothing is loaded from another server in a check.",
        "/lost.html": "/lost.html shows nothing: no text, no picture and no control."
        " What it asks for is not there: /data.json answers with status 404.",
        "/removed.html": "/removed.html says that there is no such page (“Page not found”), but answers with status 200"
        " as if there were one: was the right page put there?",
        "/consent.html": "The main part of /consent.html waits for consent: it shows a question about cookies or"
        " privacy, and the rest only after “Accept all”, which was not looked at.",
    }
    assert report.exit_code == 4


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_more_widths_than_are_looked_at_are_told(tmp_path: Path) -> None:
    rules = " ".join(f"@media (min-width: {400 + 60 * step}px) {{ p {{ margin: {step}px }} }}" for step in range(20))
    site = write(tmp_path / "site", {"index.html": page("Home", f"<style>{rules}</style><p>Some words.</p>")})
    report = run(site, tmp_path)
    assert [note for note in report.notes if note.startswith("/: its style sheets make a difference at ")]
