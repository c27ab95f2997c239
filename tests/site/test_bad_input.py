"""Every mistake of an author: one sentence with file and line, and what to write instead."""

from __future__ import annotations

import pytest

from library_base.errors import ContentErrors, NoContent, SettingsError, SiteError, ThemeError
from tests.site.projects import BRANCH, LIBRARY, PROGRAM, REPOSITORY, Project


def said(site: Project) -> list[str]:
    with pytest.raises(ContentErrors) as error:
        site.build()
    assert error.value.exitcode == 2
    return str(error.value).split("\n")


def test_misspelt_field(site: Project) -> None:
    site.write("content/programs/repair-cafe.md", PROGRAM.replace("summary:", "sumary:"))
    assert said(site) == [
        "content/programs/repair-cafe.md:3: There is no field “sumary” in a program. Did you mean “summary”?"
    ]


def test_broken_yaml(site: Project) -> None:
    site.write("content/pages/about.md", "---\ntitle: Broken: yaml\n---\nText\n")
    assert said(site) == [
        (
            "content/pages/about.md:2: “title: Broken: yaml” has a second colon in it. "
            'Put the value in quotation marks: title: "Broken: yaml".'
        )
    ]


def test_broken_filename_link(site: Project) -> None:
    site.page("pages/about.md", "First.\n\nSee\nthe [club]({filename}/pages/contakt.md).\n")
    site.page("pages/contact.md", "Call us.\n")
    assert said(site) == [
        "content/pages/about.md:7: There is no page content/pages/contakt.md. Did you mean “pages/contact.md”?"
    ]


def test_empty_content_folder(site: Project) -> None:
    for path in sorted((site.folder / "content").rglob("*.md")):
        path.unlink()
    with pytest.raises(NoContent) as error:
        site.build()
    assert error.value.exitcode == 3
    assert "content: there are no pages in this folder." in str(error.value)


def test_missing_settings_file(site: Project) -> None:
    import library_site

    with pytest.raises(SettingsError, match="There is no settings file"):
        library_site.build(site.folder / "none.py", site.folder / "out", site.folder / "m.json", False)


def test_all_mistakes_of_all_files_are_said_at_once(site: Project) -> None:
    site.page("pages/a.md", "[x]({filename}none.md)\n")
    site.write("content/pages/b.md", "---\ntitle: B\nreviewed: soon\nmenu: many\n---\n")
    site.write("content/programs/c.md", PROGRAM.replace("kind: maker", "kind: makr"))
    lines = said(site)
    assert [line.partition(": ")[0] for line in lines] == [
        "content/pages/a.md:4",
        "content/pages/b.md:3",
        "content/pages/b.md:4",
        "content/programs/c.md:9",
    ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("pages/x.md", "No front matter", "content/pages/x.md:1: The file does not begin with its facts (the front matter)."),
        ("pages/x.md", "---\ntitle: X\n", "content/pages/x.md:1: The front matter is never closed."),
        ("pages/x.md", "---\ntitle: X\ntitle: Y\n---\n", "content/pages/x.md:3: The field “title” is written twice; the first time is in line 2."),
        ("pages/x.md", "---\ntitle: \"X\nsummary: y\n---\n", "content/pages/x.md:2: “title: \"X” opens a quotation mark that is never closed."),
        ("pages/x.md", "---\ntitle: X\n\tmenu: 2\n---\n", "content/pages/x.md:3: This line is indented with a tab."),
        ("pages/x.md", "---\ntitle: @home\n---\n", "content/pages/x.md:2: “title: @home” begins its value with a character that means something else in YAML. Put the value in single quotation marks: title: '@home'."),
        ("pages/x.md", "---\ntitle: ''\n---\n", "content/pages/x.md:2: The field “title” is missing."),
        ("pages/x.md", "---\ntitle: X\nlang: fr\n---\n", "content/pages/x.md:3: This file says lang: fr, and its folder says en. Move it to content/pages/fr/x.md."),
        ("programms/x.md", "---\ntitle: X\n---\n", "content/programms/x.md:1: This file is in no folder of a content type. Did you mean “programs”?"),
        ("programs/x.md", PROGRAM.replace("minden", "mindn"), "content/programs/x.md:7: There is no branch “mindn”. Did you mean “minden”?"),
        ("programs/x.md", PROGRAM.replace("count: 6", "cuont: 6"), "content/programs/x.md:6: There is no field “cuont” in “repeats”. Did you mean “count”?"),
        ("programs/x.md", PROGRAM.replace("2026-12-03 11:30", "2026-12-32 11:30"), "content/programs/x.md:5: “2026-12-32 11:30” in “ends” is not a day that exists."),
        ("programs/x.md", PROGRAM.replace("branch: minden", "branch: minden\ncancelled:\n  - {date: 2026-12-11, reason: Snow}"), "content/programs/x.md:9: This program does not take place on 2026-12-11, so it cannot be cancelled. The nearest day of the program is 2026-12-10."),
        ("programs/x.md", PROGRAM.replace("10:30", "09:00"), "content/programs/x.md:4: On Thursday 2026-12-03 at 09:00 to 11:30 the branch minden is open 10:00-12:00 and open 13:00-20:00."),
        ("pages/x.md", "---\ntitle: X\nimage: {file: images/none.svg, alt: A}\n---\n", "content/pages/x.md:3: There is no file content/images/none.svg."),
        ("pages/x.md", "---\ntitle: X\ntranslation_of: pages/none.md\n---\n", "content/pages/x.md:3: There is no file content/pages/none.md."),
    ],
)  # fmt: skip
def test_front_matter(site: Project, name: str, text: str, expected: str) -> None:
    site.write(f"content/{name}", text)
    lines = said(site)
    assert any(line.startswith(expected) for line in lines), lines


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[x]({static}/documents/none.pdf)", "6: There is no file documents/none.pdf below content/."),
        ("![A dog]({static}/images/none.png)", "6: There is no picture images/none.png below content/."),
        ("[x](none.html)", "6: “none.html” is neither a page nor a file of this site."),
        ("[x](../contact/)", "6: “../contact/” is neither a page nor a file of this site."),
        ("[x](/contact/)", "6: “/contact/” is neither a page nor a file of this site."),
        ("[x](#nowhere)", "6: There is no anchor “nowhere” on /about/."),
        ("[x]({filename}/pages/index.md#nowhere)", None),
        ("[x]({file}/pages/index.md)", "6: “{file}” in “{file}/pages/index.md” is not known."),
        ("[x]()", "6: This link leads nowhere."),
        ("[x](javascript:alert)", "6: “javascript:alert” is not an address that a link can have."),
        ("[x](//example.org)", "6: “//example.org” has no scheme. Write https://example.org."),
        ("<div>\nopen", "6: <div> is opened here and never closed."),
        ('<a href="/none/">raw</a>', "6: “/none/” is neither a page nor a file of this site."),
        ('<p id="a">x</p>\n\n<p id="a">y</p>', "8: The anchor “a” is used twice on this page."),
        ("![Elsewhere](https://example.org/x.png)", "6: The picture “https://example.org/x.png” is on another site."),
    ],
)  # fmt: skip
def test_links(site: Project, body: str, expected: str | None) -> None:
    site.page("pages/about.md", f"First.\n\n{body}\n")
    if expected is None:  # anchors of pages whose template adds its own are not guessed at
        site.build()
        return
    lines = said(site)
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"content/pages/about.md:{expected}"), lines


def test_link_to_a_draft(site: Project) -> None:
    site.write("content/pages/later.md", "---\ntitle: Later\nstatus: draft\n---\n")
    site.page("pages/about.md", "[Later]({filename}later.md)\n")
    assert said(site) == [
        (
            "content/pages/about.md:4: content/pages/later.md is not on the site: it is a draft. "
            "Remove the link, or publish that page."
        )
    ]


def test_two_files_at_one_address(site: Project) -> None:
    site.page("pages/about.md").page("pages/info.md", slug="about")
    assert said(site) == [
        (
            "content/pages/info.md:3: This page and content/pages/about.md have the same address, /about/. "
            "Rename one of the two files, or give one of them another slug."
        )
    ]


def test_link_in_front_matter(site: Project) -> None:
    text = "---\ntitle: N\nkind: closure\nreason: Snow\nstarts: 2026-11-22\nexpected_end: 2026-11-23\nalternatives: None\nlinks:\n  - text: More\n    url: '{filename}/pages/none.md'\n---\n"
    site.write("content/notices/n.md", text)
    assert said(site) == [
        "content/notices/n.md:10: There is no page content/pages/none.md. Correct the link, or remove it."
    ]


def test_library_without_a_name(site: Project) -> None:
    site.write("content/library.yml", LIBRARY.replace("name: Test County", "nam: Test County", 1))
    assert said(site) == ["content/library.yml:1: There is no field “nam” in a library. Did you mean “name”?"]


def test_catalogue_without_what_it_needs(site: Project) -> None:
    site.write("content/library.yml", LIBRARY.replace("system: koha", "system: evergreen"))
    assert said(site) == [
        (
            "content/library.yml:7: The system evergreen cannot be searched without scope. "
            "Your catalogue's address, copied after a search, shows it; or ask the vendor."
        )
    ]


def test_unknown_time_zone(site: Project) -> None:
    site.write("content/library.yml", f"{LIBRARY}timezone: America/Minden\n")
    assert said(site) == [
        "content/library.yml:11: “America/Minden” is not a time zone. Write a name such as America/Toronto."
    ]


def test_branch_with_impossible_hours(site: Project) -> None:
    site.write("content/branches/minden.md", BRANCH.replace("10:00-15:00", "15:00-10:00"))
    assert said(site) == [
        "content/branches/minden.md:12: “hours › week › saturday”: the closing time must be later than the opening time."
    ]


def test_template_that_fails_is_named_with_its_line(site: Project) -> None:
    site.write(
        "theme/templates/page.html",
        '{% extends "base.html" %}\n{% block content %}\n{{ page.view.none.x }}\n{% endblock %}\n',
    )
    site.page("pages/about.md", "Text.\n")
    with pytest.raises(ThemeError, match=r"theme/templates/page\.html:3: .* \(while making /about/\)"):
        site.build()


def test_template_with_a_syntax_error(site: Project) -> None:
    site.write(
        "theme/templates/page.html", '{% extends "base.html" %}\n{% block content %}\n{{ page.title \n{% endblock %}\n'
    )
    site.page("pages/about.md", "Text.\n")
    with pytest.raises(ThemeError, match=r"theme/templates/page\.html:\d: "):
        site.build()


def test_output_folder_that_holds_the_content(site: Project) -> None:
    with pytest.raises(SettingsError, match="contains the content"):
        site.build(OUTPUT_PATH=str(site.folder))
    assert (site.folder / "content" / "library.yml").is_file()


def test_day_of_the_build_that_is_no_day(site: Project) -> None:
    with pytest.raises(SettingsError, match="STEPFREE_TODAY is “soon”; write a day as 2026-12-03"):
        site.build(today=None, STEPFREE_TODAY="soon")


def test_nothing_is_written_when_the_content_has_mistakes(site: Project) -> None:
    built = site.build()
    before = built.files()
    site.page("pages/about.md", "[x]({filename}none.md)\n")
    with pytest.raises(SiteError):
        site.build()
    assert built.files() == before


def test_pelican_itself_says_the_same_without_a_traceback(site: Project) -> None:
    import subprocess
    import sys

    site.page("pages/about.md", "[x]({filename}none.md)\n")
    run = subprocess.run(
        [sys.executable, "-m", "pelican", str(site.folder / "content"), "-s", str(REPOSITORY / "pelicanconf.py"),
         "-o", str(site.folder / "out"), "-t", str(site.folder / "theme")],
        capture_output=True, text=True, check=False, cwd=REPOSITORY,
    )  # fmt: skip
    assert run.returncode == 2
    assert (
        run.stderr
        == "content/pages/about.md:4: There is no page content/pages/none.md. Correct the link, or remove it.\n"
    )
    assert "Traceback" not in run.stdout + run.stderr
