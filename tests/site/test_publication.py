"""What is published, where, and that nothing else is."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from library_site.building import BuildResult
from tests.site.projects import PROGRAM, REPOSITORY, TODAY, Built, Project

_NEWS = "---\ntitle: {title}\ndate: {date}\nsummary: News.\n---\nText.\n"


def test_addresses(site: Project) -> None:
    site.page("pages/get-a-card.md").page("pages/about/index.md").page("pages/about/board.md").page("pages/404.md")
    site.page("pages/fr/index.md").page("pages/fr/about.md", translation_of="pages/about/index.md")
    site.write("content/programs/repair-cafe.md", PROGRAM)
    site.write("content/programs/fr/atelier.md", PROGRAM)
    built = site.build()
    for name in (
        "index.html", "get-a-card/index.html", "about/index.html", "about/board/index.html", "404.html",
        "fr/index.html", "fr/about/index.html", "programs/repair-cafe/index.html", "fr/programs/atelier/index.html",
        "programs/index.html", "branches/minden/index.html", "sitemap.xml", "robots.txt", "api/hours.json",
        "api/programs.json", "calendar/programs.ics", "calendar/series/repair-cafe.ics", "feeds/news.atom",
    ):  # fmt: skip
        assert (built.output / name).is_file(), name
    assert built.page("/404.html")["status"] == 404
    assert built.page("/404.html")["kind"] == "error"
    assert built.page("/fr/about/")["lang"] == "fr"


@pytest.mark.parametrize("production", [False, True])
def test_drafts_and_future_items_are_nowhere(site: Project, production: bool) -> None:
    site.write("content/pages/draft.md", "---\ntitle: Secret draft\nstatus: draft\n---\n")
    site.write("content/pages/later.md", "---\ntitle: Secret later\npublish_on: 2026-11-23\n---\n")
    site.write("content/pages/gone.md", "---\ntitle: Gone\nexpires: 2026-11-21\n---\nSecret text\n")
    site.write("content/news/tomorrow.md", _NEWS.format(title="Secret news", date="2026-11-23"))
    site.write("content/news/today.md", _NEWS.format(title="Open news", date="2026-11-22"))
    built = site.build(production=production)
    everything = b"".join(built.files().values())
    assert b"Open news" in everything
    assert b"Secret" not in everything
    assert not any(page["address"].startswith(("/draft", "/later")) for page in built.manifest["pages"])


def test_drafts_can_be_looked_at_in_development_only(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPFREE_DRAFTS", "1")
    site.write("content/pages/draft.md", "---\ntitle: Secret draft\nstatus: draft\n---\n")
    assert (site.build().output / "draft" / "index.html").is_file()
    assert not (site.build(production=True).output / "draft").exists()


def test_an_item_appears_and_leaves_with_the_days(site: Project) -> None:
    site.write("content/pages/fair.md", "---\ntitle: Fair\npublish_on: 2026-12-01\nexpires: 2026-12-02\n---\n")
    texts = [_fair(site.build(today=dt.date(2026, 11, 29) + dt.timedelta(n))) for n in range(6)]
    found = ["ended" if "This page was retired" in text else text != "" for text in texts]
    assert found == [False, False, True, True, "ended", "ended"]


def _fair(built: Built) -> str:
    page = built.output / "fair" / "index.html"
    return page.read_text(encoding="utf-8") if page.exists() else ""


def test_notices_and_trials_leave_by_themselves(site: Project) -> None:
    site.write(
        "content/notices/n.md",
        "---\ntitle: N\nkind: closure\nreason: Snow\nstarts: 2026-11-20\nexpected_end: 2026-11-22\nalternatives: None\n---\n",
    )
    site.write(
        "content/e-resources/t.md",
        "---\ntitle: T\nsummary: S\nurl: https://example.org/\naccess: card\nsubjects: [News]\nkinds: [news]\ntrial_until: 2026-11-22\n---\n".replace(
            "[news]", "[newspapers]"
        ),
    )
    today = site.build()
    assert (today.output / "notices" / "n").is_dir()
    assert (today.output / "go" / "t").is_dir()
    tomorrow = site.build(today=TODAY + dt.timedelta(days=1))
    assert "This notice ended on" in tomorrow.text("notices/n/index.html")
    assert "This trial ended on" in tomorrow.text("e-resources/t/index.html")
    assert "https://example.org/" not in tomorrow.text("go/t/index.html")


def test_production_has_full_addresses_and_a_base_path(site: Project) -> None:
    site.page("pages/about.md", "[Home]({filename}index.md) [File]({static}/documents/a.csv)\n")
    site.write("content/documents/a.csv", "a,b\n")
    built = site.build(production=True, SITEURL="https://example.github.io/library")
    assert built.manifest["base_path"] == "/library/"
    text = built.text("about/index.html")
    assert 'href="/library/"' in text
    assert 'href="/library/documents/a.csv"' in text
    locations = re.findall("<loc>(.*?)</loc>", built.text("sitemap.xml"))
    assert "https://example.github.io/library/about/" in locations
    assert "Sitemap: https://example.github.io/library/sitemap.xml" in built.text("robots.txt")


def test_output_folder_is_emptied_first(site: Project) -> None:
    built = site.build()
    site.write("build/site/old/index.html", "old").write("build/site/.hidden", "old")
    site.build()
    assert not (built.output / "old").exists()
    assert not (built.output / ".hidden").exists()


def test_two_builds_give_the_same_bytes(site: Project) -> None:
    site.write("content/programs/repair-cafe.md", PROGRAM)
    site.write("content/news/a.md", _NEWS.format(title="A", date="2026-11-01"))
    first = site.build()
    files, manifest = first.files(), first.manifest
    again = site.build()
    assert again.files() == files
    assert again.manifest == manifest


@pytest.mark.slow
def test_two_processes_give_the_same_bytes(site: Project) -> None:
    """Neither the order of sets and dictionaries nor what was kept from an earlier build shows."""
    site.write("content/programs/repair-cafe.md", PROGRAM)
    site.page("pages/fr/index.md", "Bienvenue.\n")
    site.write("theme/templates/search.html", '{% extends "base.html" %}')
    code = """
import datetime, sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/plugins"]
from tests.site.projects import Project
Project(Path(sys.argv[2])).build(production=True)
"""
    seen: list[tuple[dict[str, bytes], dict[str, Any]]] = []
    for seed in ("1", "2", "3"):
        shutil.rmtree(site.folder / ".cache", ignore_errors=seed != "3")
        subprocess.run(
            [sys.executable, "-c", code, str(REPOSITORY), str(site.folder)],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        built = Built(site.folder, BuildResult((), (), ()))
        seen.append((built.files(), built.manifest))
    assert any(name.startswith("search-index/") for name in seen[0][0])
    assert seen[0] == seen[1] == seen[2]


def test_files_that_nobody_uses_are_reported_and_not_published(site: Project) -> None:
    site.write("content/documents/used.csv", "a,b\n").write("content/documents/unused.csv", "a,b\n")
    site.write("content/pages/help.docx", "PK").write("content/pages/hours.txt", "---\ntitle: Hours\n---\n")
    site.page("pages/about.md", "[Numbers]({static}/documents/used.csv)\n")
    built = site.build()
    assert [str(each) for each in built.result.problems] == [
        "content/documents/unused.csv:1: No page uses this file. Link to it, or delete it.",
        "content/pages/help.docx:1: No page uses this file. To make a page of it, type: stepfree convert content/pages/help.docx",
        (
            "content/pages/hours.txt:1: No page uses this file. Only files whose names end in .md become pages."
            " Save it as plain text with such a name, or link to it."
        ),
    ]
    assert (built.output / "documents" / "used.csv").is_file()
    assert not (built.output / "documents" / "unused.csv").exists()


def test_links_to_documents_say_type_and_size(site: Project) -> None:
    site.write("content/documents/plan.pdf", b"%PDF-1.4 " + b"x" * 1_240_000)
    site.page("pages/about.md", "[Plan]({static}/documents/plan.pdf) [Plan (PDF, 2 MB)]({static}/documents/plan.pdf)\n")
    site.page("pages/fr/index.md", "[Plan]({static}/documents/plan.pdf)\n")
    built = site.build()
    assert ">Plan (PDF, 1.2\u00a0MB)</a>" in built.text("about/index.html")
    assert ">Plan (PDF, 2 MB)</a>" in built.text("about/index.html")
    assert ">Plan (PDF, 1,2\u00a0Mo)</a>" in built.text("fr/index.html")


def test_redirects(site: Project) -> None:
    site.page("pages/about.md", redirect_from="[/about-us/, /old/about.html]")
    site.write("content/redirects/kids.md", "---\ntitle: Kids\nfrom: /kids.php\nto: '{filename}/pages/about.md'\n---\n")
    site.write(
        "content/redirects/short.md",
        "---\ntitle: Short\nfrom: /go/seeds/\nto: https://example.org/\nkind: go-link\n---\n",
    )
    built = site.build()
    for name in ("about-us/index.html", "old/about.html", "kids.php/index.html"):
        assert 'href="/about/"' in built.text(name)
    assert built.page("/about-us/")["kind"] == "redirect"
    assert built.text("_redirects").splitlines() == [
        "/about-us/ /about/ 301",
        "/go/seeds/ https://example.org/ 302",
        "/kids.php /about/ 301",
        "/old/about.html /about/ 301",
    ]
    assert not re.search("about-us|kids", built.text("sitemap.xml"))


def test_sitemap_takes_its_dates_from_content_only(site: Project) -> None:
    site.page("pages/about.md", reviewed="2026-10-05")
    site.page("pages/fr/index.md").page("pages/fr/about.md", translation_of="pages/about.md")
    root = ET.fromstring(site.build(production=True).text("sitemap.xml"))
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    dates = {row.findtext("s:loc", namespaces=space): row.findtext("s:lastmod", namespaces=space) for row in root}
    assert dates["https://library.example.org/about/"] == "2026-10-05"
    assert {date for date in dates.values() if date} == {"2026-10-05"}
    about = next(row for row in root if row.findtext("s:loc", namespaces=space) == "https://library.example.org/about/")
    links = {link.get("hreflang"): link.get("href") for link in about.iterfind("x:link", space)}
    assert links == {"en": "https://library.example.org/about/", "fr": "https://library.example.org/fr/about/"}


def test_hours_json(site: Project) -> None:
    document = json.loads(site.build().text("api/hours.json"))
    days = {day["date"]: day for day in document["branches"][0]["days"]}
    assert days["2026-11-24"]["open"] == [["10:00", "17:00"]]
    assert days["2026-11-26"]["open"] == [["10:00", "12:00"], ["13:00", "20:00"]]
    assert days["2026-12-25"] == {"date": "2026-12-25", "open": [], "reason": "Christmas Day", "season": None}


def test_language_partners(site: Project) -> None:
    site.page("pages/about.md").page("pages/fr/index.md").page("pages/fr/about.md", translation_of="pages/about.md")
    site.write(
        "theme/templates/page.html",
        '{% extends "base.html" %}{% block content %}{{ page.partner.url if page.partner else "none" }}{% endblock %}',
    )
    site.page("pages/alone.md")
    built = site.build()
    assert "/fr/about/" in built.text("about/index.html")
    assert "/about/" in built.text("fr/about/index.html")
    assert "none" in built.text("alone/index.html")


def test_pictures_lose_what_the_camera_wrote_and_get_sizes(site: Project) -> None:
    import io

    from PIL import Image

    picture = Image.effect_noise((1300, 700), 8).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif.get_ifd(0x8825)[1] = "N"  # a place
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", exif=exif)
    site.write("content/images/seeds.jpg", buffer.getvalue())
    site.page("pages/about.md", "![Seeds in paper bags]({static}/images/seeds.jpg)\n")
    built = site.build()
    with Image.open(built.output / "images" / "seeds.jpg") as published:
        assert published.size == (700, 1300)
        assert not published.getexif()
        assert b"Exif" not in (built.output / "images" / "seeds.jpg").read_bytes()
    text = built.text("about/index.html")
    assert 'alt="Seeds in paper bags"' in text
    assert 'width="700" height="1300"' in text
    assert 'srcset="/images/seeds-480.webp 480w, /images/seeds-700.webp 700w"' in text
    assert 'loading="lazy"' in text


def test_a_picture_above_the_weight_limit_stops_the_build(site: Project) -> None:
    from library_base.errors import ContentErrors

    site.write(
        "content/images/big.svg",
        f'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><!--{"x" * 310_000}--></svg>',
    )
    site.page("pages/about.md", "![Big]({static}/images/big.svg)\n")
    with pytest.raises(
        ContentErrors,
        match=r"content/images/big\.svg:1: This picture weighs 310.KB as it would be published; 300.KB is the most\.",
    ):
        site.build()


def test_statistics(site: Project) -> None:
    from library_base.errors import ContentErrors

    site.write("content/statistics/visits.csv", "Branch,2024,2025\nMinden,1200,\nHaliburton,900,1000\n")
    site.write("content/statistics/visits.yml", "title: Visits\n")
    site.write(
        "theme/templates/statistics.html",
        '{% extends "base.html" %}{% block content %}{% for t in page.view.tables %}{{ t.title }}: {{ t.rows }} {{ t.series }} {{ t.source_url }}{% endfor %}{% endblock %}',
    )
    site.page("pages/statistics.md", template="statistics")
    built = site.build()
    # The newest year decides the order; what was not counted comes last.
    assert "[900, 1200]" in built.text("statistics/index.html")
    assert "[1000, None]" in built.text("statistics/index.html")
    assert (built.output / "statistics" / "visits.csv").is_file()
    site.write("content/statistics/visits.csv", "Branch,2024,2025\nMinden,many,1\nHaliburton,900\n")
    with pytest.raises(ContentErrors) as error:
        site.build()
    assert str(error.value).split("\n") == [
        "content/statistics/visits.csv:2: “many” is not a number. Write digits only, such as 1042.",
        "content/statistics/visits.csv:3: This line has 2 cells, and the first line has 3. Leave a cell empty when something was not counted.",
    ]


def test_texts_that_share_a_page_do_not_share_anchors(site: Project) -> None:
    table = "## Fees\n\n| a | b |\n|---|---|\n| c | d |\nTable: Words\n"
    for name in ("one", "two"):
        site.write(f"content/questions/{name}.md", f"---\ntitle: {name}\ntopic: Cards\n---\n{table}")
    site.write(
        "theme/templates/questions.html",
        '{% extends "base.html" %}{% block content %}{% for q in site.pages("questions") %}<div id="{{ q.slug }}">{{ q.body }}</div>{% endfor %}{% endblock %}',
    )
    site.page("pages/about.md", "[Q]({filename}/questions/one.md)\n")
    text = site.build().text("questions/index.html")
    ids = re.findall(r'id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert {"one-fees", "two-fees", "one-table-1", "two-table-1"} <= set(ids)


def test_the_search_knows_what_people_should_find(site: Project) -> None:
    site.write("theme/templates/search.html", '{% extends "base.html" %}')
    site.write("content/programs/over.md", PROGRAM.replace("2026-12-03", "2026-10-01").replace("count: 6", "count: 2"))
    site.page("pages/about.md", "Text.\n")
    built = site.build()
    index = json.loads(built.text("search-index/en.json"))
    # Home, about, the branch and the listings of branches and programs … but neither search nor the program that is over.
    listed = [
        p["address"]
        for p in built.manifest["pages"]
        if p["kind"] == "page" and p["address"] not in {"/search/", "/programs/over/"}
    ]
    assert sorted(page[0] for page in index["pages"]) == sorted(listed)
