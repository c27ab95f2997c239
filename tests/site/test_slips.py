"""What people really type: each slip is told in one sentence, at its line, with what to write instead."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library_base.errors import ContentErrors, no_file
from library_base.web import address_fault
from library_frontmatter import read_text
from library_schemas import CONTENT_TYPES, Branch, PageRecord, Program
from tests.site.projects import BRANCH, LIBRARY, PROGRAM, Project

NOTICE = "---\ntitle: N\nkind: closure\nreason: Snow\nstarts: 2026-11-22\nexpected_end: 2026-11-23\nalternatives: None\n---\n"
IN_TORONTO = "starts: 2027-02-12T15:30:00.000Z\nends: 2027-02-12T16:30:00.000Z"


def said(site: Project) -> list[str]:
    with pytest.raises(ContentErrors) as error:
        site.build()
    return str(error.value).split("\n")


@pytest.mark.parametrize(
    "broken",
    [
        PROGRAM.replace("branch: minden", "branch: Minden Branch"),
        PROGRAM.replace("summary:", "sumary:"),
        PROGRAM.replace("2026-12-03 11:30", "2026-12-03 09:30"),
        PROGRAM.replace("title: ", "\ttitle: "),
        PROGRAM.replace("---\n", "", 1),
        PROGRAM.replace("registration: {needed: drop-in}", "registration: drop in"),
    ],
)
def test_only_the_fault_of_a_file_that_cannot_be_read_is_told(site: Project, broken: str) -> None:
    """Pages that link to it are right, and its partner in the other language is not meant."""
    site.write("content/programs/cafe.md", broken)
    site.write("content/programs/fr/cafe.md", PROGRAM.replace("title:", "translation_of: programs/cafe.md\ntitle:"))
    site.page("pages/about.md", "[a]({filename}/programs/cafe.md) [b](/programs/cafe/) [c](../programs/cafe.md)\n")
    lines = said(site)
    assert {line.partition(":")[0] for line in lines} == {"content/programs/cafe.md"}
    assert len(lines) == 1, lines


def test_a_name_is_looked_for_in_its_own_language(site: Project) -> None:
    site.page("pages/fr/card.md").page("pages/about.md", "[x]({filename}/pages/card.md)\n")
    assert said(site) == [
        "content/pages/about.md:4: There is no page content/pages/card.md. Correct the link, or remove it."
    ]
    site.page("pages/Card-info.md".lower()).page("pages/about.md", "[x]({Filename}/pages/card-info.md)\n").build()


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Holiday Lights Walk.md", "holiday-lights-walk.md"),
        ("Santa's café.md", "santas-cafe.md"),
        ("walk.md.txt", "walk.md"),
        ("walk.MD", "walk.md"),
        ("walk.markdown", "walk.md"),
        ("a_b.md", "a-b.md"),
    ],
)
def test_name_of_a_file(site: Project, name: str, right: str) -> None:
    site.page(f"pages/{name}")
    assert [
        line for line in said(site) if line.startswith(f"content/pages/{name}:1: ") and f"Rename it to {right}" in line
    ]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("title: Craft night #3", 2, "“#3” would be left out"),
        ("title: 'Santa's workshop'", 2, "The apostrophe in “Santa's workshop” ends the value too early."),
        ("title: - Repair café", 2, "Write title: Repair café, or, for a list, title: [Repair café]."),
        ("title: X\nrelated: - pages/a.md - pages/b.md", 3, "Write it in brackets: related: [pages/a.md, pages/b.md]."),
        ("title: “Repair café: winter”", 2, 'title: "Repair café: winter"'),
        ("title: X\nsummary: Read [how]({filename}/pages/a.md).", 3, "“[how]({filename}/pages/a.md)” in “summary”"),
        ("title: X\nsummary: It is **free**.", 3, "“**free**” in “summary” would be shown with its marks"),
        ("title: X\nimage: {file: images/x.svg}", 3, "The picture has no alternative"),
        ("title: X\nimage: images/x.svg", 3, "Write image: {file: images/x.svg, alt: …}. Its fields are file, alt,"),
        ("title: X\nimage: {file: images/x.svg, alt: A kit, a lamp}", 3, 'in quotation marks: alt: "A kit, a lamp".'),
        ("title: X\nimage: {file: images/x.svg, alt: A kit: open}", 3, 'in quotation marks: alt: "A kit: open".'),
        ("title: X\nimage: {alt: A kit, file}", 3, "The comma in “A kit, file” ends the value of “alt” too early."),
        ("title: X\nimage: {file}", 3, "“file” is between braces without a value."),
        ("title: X\nredirect_from: [/old page.html]", 3, "a space or a special character"),
        ("title: X\nredirect_from: [event]", 3, "an old address begins with /: /event"),
    ],
)
def test_front_matter(text: str, line: int, sentence: str) -> None:
    found = read_text(f"---\n{text}\n---\nText\n", "x.md", PageRecord)
    assert found.record is None
    assert [each for each in found.problems if each.line == line and sentence in str(each)], found.problems


def test_remarks_are_still_remarks() -> None:
    found = read_text(
        "---\ntitle: X # stepfree: allow x\nsummary: A # a remark\n# whole line\n---\n", "x.md", PageRecord
    )
    assert found.record is not None
    assert found.record.title == "X"


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        (("ends: 2026-12-03 11:30", "ends: 2026-12-03 10:00"), "ends", "must be later than “starts”"),
        (("days: [thursday]", "days: [friday]"), "repeats", "a Thursday, and days says Friday"),
        (("count: 6", "until: 2026-11-01"), "repeats", "before the first day"),
        (("every: week, days: [thursday]", "every: month, nth: 2, days: [thursday]"), "repeats", "nth: 2"),
    ],
)
def test_series_that_contradicts_itself(change: tuple[str, str], field: str, sentence: str) -> None:
    found = read_text(PROGRAM.replace(*change), "x.md", Program)
    [problem] = found.problems
    assert problem.field.startswith(field)
    assert sentence in problem.message


@pytest.mark.parametrize(
    "zoned",
    [
        IN_TORONTO,
        IN_TORONTO.replace("15:30:00.000Z", "10:30:00-05:00"),
        IN_TORONTO.replace("2027-02-12T16:30:00.000Z", "2027-02-12 11:30"),
    ],
)
def test_time_with_a_zone_means_its_moment(zoned: str) -> None:
    text = PROGRAM.replace("starts: 2026-12-03 10:30\nends: 2026-12-03 11:30", zoned).replace("[thursday]", "[friday]")
    found = read_text(text, "x.md", Program)
    assert found.record is not None, found.problems
    assert f"{found.record.starts:%Y-%m-%d %H:%M}" == "2027-02-12 10:30"
    assert f"{found.record.ends:%H:%M}" == "11:30"
    assert found.record.starts.tzinfo is None


ADDRESSES = [
    "http://[::1",
    "https://[lake]/",
    "https://exa mple.org/",
    "http://host:99999/",
    "http:",
    "mailto:",
    "tel:",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("form", ["[x](<{}>)", '<a href="{}">x</a>'])
def test_malformed_address(site: Project, address: str, form: str) -> None:
    site.page("pages/about.md", f"First.\n\n{form.format(address)}\n")
    [line] = said(site)
    assert line.startswith(f"content/pages/about.md:6: “{address}”"), line


def test_malformed_address_in_a_field(site: Project) -> None:
    site.write("content/notices/n.md", NOTICE.replace("---\n", "---\nlinks: [{text: More, url: 'http://[::1'}]\n", 1))
    [line] = said(site)
    assert line.startswith("content/notices/n.md:2: “http://[::1”")


@pytest.mark.parametrize("anchor", ["#top", "#:~:text=words"])
def test_anchors_that_browsers_know(site: Project, anchor: str) -> None:
    site.page("pages/about.md", f"[x]({anchor})\n").build()


def test_bullets_from_word(site: Project) -> None:
    site.page("pages/about.md", "First.\n\n\uf0b7 One\n")
    [line] = said(site)
    assert line.startswith("content/pages/about.md:6: A character here comes from Word")
    assert "hyphen" in line


@pytest.mark.parametrize("body", ["- One\n\n    ```\n    x\n    ```\n", '!!! note "N"\n    ```\n    x\n    ```\n'])
def test_fence_inside_something(site: Project, body: str) -> None:
    site.page("pages/about.md", body)
    [line] = said(site)
    assert "falls apart inside a list or a box" in line


def test_two_redirects_of_one_address_name_each_other(site: Project) -> None:
    for name in ("a", "b"):
        site.write(f"content/redirects/{name}.md", "---\ntitle: R\nfrom: /old/\nto: '{filename}/pages/index.md'\n---\n")
    [line] = said(site)
    assert "content/redirects/a.md has that address already" in line


#: What people and programs put where something else belongs.
TYPED = st.one_of(
    st.sampled_from(
        ["", " ", "yes", "4pm", "31 June", "2026-06-31", "12/19/2026", "2026-12-03T10:30:00Z", "http://[::1", "C:\\x.jpg",
         "#3", "“curly”", "*x*", "[x](y)", "- a", "{}", "[]", "[1, 2]", "{a: b}", "null", "~", "-1", "1e400", "99999999999",
         "\u00a0", "\uf0b7", "../../x.md", "/etc/x", "NaN", "2026-13-45 99:99", "705-555-0142 ext 3", "'", '"', ": x", "&a", "*a", "!!x y"]
    ),
    st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\n"), max_size=30),
)  # fmt: skip
FIELDS = [(folder, name) for folder, schema in CONTENT_TYPES.items() for name in schema.model_fields]


@settings(max_examples=300)
@given(field=st.sampled_from(FIELDS), value=TYPED)
def test_any_value_in_any_field_is_taken_or_told(field: tuple[str, str], value: str) -> None:
    """Never an exception; a problem names the file, a line of the front matter, and says something."""
    folder, name = field
    written = {"from_": "from"}.get(name, name)
    text = f"---\ntitle: X\n{written}: {value}\n---\nText\n"
    found = read_text(text, f"content/{folder}/x.md", CONTENT_TYPES[folder])
    assert (found.record is None) is bool(found.problems)
    for problem in found.problems:
        assert problem.path == f"content/{folder}/x.md"
        assert 1 <= problem.line <= text.count("\n")
        assert problem.message.endswith((".", "?")), problem.message


@pytest.mark.parametrize(
    "host", ["libbyapp,com", "https://libbyapp.com", "catalogue", "a..example.org", "www.example.org:80a"]
)
def test_a_host_that_there_cannot_be(host: str) -> None:
    assert address_fault(f"https://{host}/")


@pytest.mark.parametrize(
    "host", ["bibliothèque.example.org", "library.example.org:8080", "[2001:db8::1]", "192.0.2.7", "a_b.example.org."]
)
def test_a_host_that_there_can_be(host: str) -> None:
    assert address_fault(f"https://{host}/") == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("C:\\Users\\desk\\plan.pdf", "Did you mean “documents/plan.pdf”?"),
        ("C:\\Users\\desk\\form.pdf", "write that folder and its name: documents/form.pdf."),
        ("https://www.example.org/plan.pdf", "A link to another site belongs in the text."),
        ("documents/plann.pdf", "Did you mean “documents/plan.pdf”?"),
        ("documents/form.pdf", "Put it there."),
    ],
)
def test_a_file_that_is_not_there(written: str, said: str) -> None:
    assert said in " ".join(no_file(written, ["documents/plan.pdf", "pages/index.md"], "Put it there."))


@given(st.text(max_size=40))
def test_any_address_is_judged(text: str) -> None:
    assert isinstance(address_fault(f"https://{text}"), str)


@pytest.mark.parametrize(
    ("before", "after", "line", "sentence"),
    [
        ("title: Repair café", "title: *New* café", 2, "Write the words alone: title: New café."),
        ("title: Repair café", 'title: "Repair" café', 2, "title: '\"Repair\" café'."),
        ("title: Repair café", "title: [New] café", 2, "title: '[New] café'."),
        ("title: Repair café", "title: &Repair", 2, "“&Repair” would be left out"),
        ("audience: [adults]", "audience: [adults", 8, "Close it with ]."),
        ("audience: [adults]", "audience: - adults", 8, "audience: [adults]."),
        ("audience: [adults]", "audience: adults, seniors", 8, "audience: [adults, seniors]."),
        ("branch: minden", "branch:minden", 7, "Put a space after the colon: branch: minden."),
        ("registration: {needed: drop-in}", "registration:\nneeded: drop-in", 11, "Indent it by two spaces"),
        ("2026-12-03 10:30", "Dec 3, 2026 at 10:30", 4, "Write 2026-12-03 10:30."),
        ("2026-12-03 10:30", "2026-12-03 1:30 pm", 4, "Write 2026-12-03 13:30."),
        ("2026-12-03 10:30", "12/03/2026 10:30", 4, "Write 2026-12-03 10:30 or 2026-03-12 10:30."),
        ("2026-12-03 10:30\nends: 2026-12-03 11:30", "2026-12-03 10:30-11:30", 4, "ends: 2026-12-03 11:30."),
        ("days: [thursday]", "days: [Thu]", 6, "Did you mean “thursday”?"),
        ("branch: minden", "branch: minden\ncontact_email: me at example.org", 8, "Write me@example.org."),
        ("Bring a lamp.", "Bring a <!-- which? lamp.", 12, "Write --> where it ends."),
        ("Bring a lamp.", "Bring a \x0blamp.", 12, "Retype this line."),
    ],
)
def test_one_sentence_says_what_to_write(before: str, after: str, line: int, sentence: str) -> None:
    found = read_text(PROGRAM.replace(before, after), "content/programs/cafe.md", Program)
    assert [(problem.line, sentence in f"{problem.message} {problem.hint}") for problem in found.problems] == [
        (line, True)
    ], found.problems


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("example.org/card", "write https://example.org/card."),
        ("me@example.org", "Write mailto:me@example.org."),
        ("..\\programs\\cafe.md", "Write / instead of \\: ../programs/cafe.md."),
        ("http//example.org", "Write https://example.org."),
        ("tel:705 555 0142", "Write tel:705-555-0142."),
        ("http://localhost:8000/about/", "Write the page’s address on the web."),
        ("file:///C:/cafe.pdf", "Copy the file into content/"),
    ],
)
def test_link_that_was_meant_otherwise(site: Project, target: str, hint: str) -> None:
    site.page("pages/about.md", f"[x]({target})\n")
    (line,) = said(site)
    assert hint in line


def test_whole_address_of_this_site_is_a_link_within_it(site: Project) -> None:
    site.page("pages/about.md", "[x](https://library.example.org/card/#top) [y](https://library.example.org/none/)\n")
    built = site.page("pages/card.md").build()
    assert '<a href="/card/#top">x</a>' in built.text("about/index.html")
    assert [each.line for each in built.result.problems if "which has no such page" in each.message] == [4]


@pytest.mark.parametrize(("folder", "hint"), [("en", "Move it to content/pages/x.md."), ("es", "Add it to languages")])
def test_folder_of_a_language_that_the_site_does_not_have(site: Project, folder: str, hint: str) -> None:
    (line,) = said(site.page(f"pages/{folder}/x.md"))
    assert hint in line


def test_opening_times_that_overlap(site: Project) -> None:
    site.write("content/branches/minden.md", BRANCH.replace('"10:00-12:00", "13', '"10:00-14:00", "13'))
    (line,) = said(site)
    assert line.startswith("content/branches/minden.md:10: ")
    assert "overlap" in line


def test_tags_of_word_keep_their_ends(site: Project) -> None:
    site.page("pages/about.md", "<p><o:p>Text</o:p></p>\n")
    assert "<o:p>Text</o:p></p>" in site.build().text("about/index.html")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (("ends: 2026-12-03 11:30", "ends: 2026-12-03 24:00"), "write 2026-12-04 00:00, or 2026-12-03 23:59."),
        (("audience: [adults]", "audience: kids"), "Write a list in brackets: audience: [children]."),
        (("audience: [adults]", "audience: adults and teens"), "Write a list in brackets: audience: [adults, teens]."),
        (("audience: [adults]", "audience:\n  -adults\n  -teens"), "space after the hyphen of each item: - adults."),
        (("audience: [adults]", "audience: [kids]"), "Did you mean “children”?"),
        (("title: Repair café", "title: 2026-12-03"), 'Put it in quotation marks: title: "2026-12-03".'),
        (("title: Repair café", "title: [Repair café]"), "Write title: Repair café."),
        (("title: Repair café", "title: [Repair, café]"), 'Put it in quotation marks: title: "[Repair, café]".'),
        (("title: Repair café", "title = Repair café"), "Write title: Repair café."),
        (("title: Repair café", "title Repair café"), "Write title: Repair café."),
        (("broken lamp and", "broken lamp\nand"), "If it belongs to “summary”, write it on the same line."),
        (("title: Repair café", "title: ? Repair"), "single quotation marks: title: '? Repair'."),
        (("branch: minden", "branch: [minden]"), "Write branch: minden."),
        (
            ("kind: maker", "kind: maker\nstate: Sold out"),
            "Did you mean “full”? Write scheduled, full, cancelled or postponed.",
        ),
        (("kind: maker", "kind: maker\ncost: $0.00"), "What costs nothing is written as cost: free."),
        (("starts: 2026-12-03 10:30", "starts: 2026-12-03 10:30 EST"), "Write 2026-12-03 10:30."),
        (("starts: 2026-12-03 10:30", "starts: Thursday, Dec. 3, 2026 at 10:30 a.m."), "Write 2026-12-03 10:30."),
        (("starts: 2026-12-03 10:30", "starts: jeudi 3 décembre 2026 à 10 h 30"), "Write 2026-12-03 10:30."),
        (("ends: 2026-12-03 11:30", "ends: 2027-01-14 11:30"), "the end of the series is “until” in “repeats”."),
    ],
)
def test_the_hint_is_what_to_write(site: Project, written: tuple[str, str], told: str) -> None:
    (line,) = said(site.write("content/programs/cafe.md", PROGRAM.replace(*written)))
    assert line.startswith("content/programs/cafe.md:")
    assert line.split(" Write everyone")[0].endswith(told)


@pytest.mark.parametrize(
    ("written", "line", "told"),
    [
        (('tuesday: "10:00-17:00"', "tuesday: 10 am to 5:30pm"), 8, 'Write "10:00-17:30".'),
        (("K0M 2K0", "k0m2k0"), 3, "Write it as K0M 2K0."),
        (("K0M 2K0", "KOM 2KO"), 3, "Write it as K0M 2K0."),
        (("K0M 2K0", "K0M"), 3, "Write it as K0M 1S0."),
    ],
)
def test_hours_and_postal_codes_are_read_as_they_were_meant(
    site: Project, written: tuple[str, str], line: int, told: str
) -> None:
    (problem,) = said(site.write("content/branches/minden.md", BRANCH.replace(*written)))
    assert problem.startswith(f"content/branches/minden.md:{line}: ")
    assert problem.endswith(told)


def _with_exceptions(site: Project, *exceptions: str) -> Project:
    entries = "".join(f"    - {{{each}, hours: closed, reason: Snow}}\n" for each in exceptions)
    return site.write("content/branches/minden.md", BRANCH.replace("hours:\n", f"hours:\n  exceptions:\n{entries}"))


def test_one_day_has_one_exception(site: Project) -> None:
    lines = said(_with_exceptions(site, "date: 2026-12-24", "date: 2026-12-23", "date: 2026-12-24"))
    assert lines == [
        "content/branches/minden.md:10: 2026-12-24 is there twice: keep the entry that is right, and delete the other."
    ]
    # A day within a run of days is said in particular, and holds.
    _with_exceptions(site, "date: 2026-12-24, until: 2026-12-31", "date: 2026-12-24").build()


def test_several_days_are_written_with_until(site: Project) -> None:
    (line,) = said(_with_exceptions(site, "date: December 24 2026 to December 26 2026"))
    assert line.endswith("is two days. Write date: 2026-12-24 and, on a line of its own, until: 2026-12-26.")


def test_a_branch_on_another_continent_is_told(site: Project) -> None:
    for name in ("dorset", "haliburton"):
        site.write(f"content/branches/{name}.md", BRANCH.replace("Minden", name.capitalize()))
    site.build()
    site.write("content/branches/dorset.md", BRANCH.replace("Minden", "Dorset").replace("-78.72", "78.72"))
    (line,) = said(site)
    assert line.startswith("content/branches/dorset.md:5: The place in “geo” is 9,")


_KEEP = "Keep the lines that are right, and delete the others with the marks <<<<<<<, ======= and >>>>>>>."


@pytest.mark.parametrize("place", ["title: About\n{}", "title: About\n---\nSome words.\n\n{}"])
def test_two_versions_of_a_passage_are_no_page(site: Project, place: str) -> None:
    both = "<<<<<<< HEAD\nsummary: One.\n=======\nsummary: Two.\n>>>>>>> main\n"
    text = "---\n" + place.format(both) + ("" if "Some" in place else "---\n")
    line = text.split("\n").index("<<<<<<< HEAD") + 1
    assert said(site.write("content/pages/about.md", text)) == [
        f"content/pages/about.md:{line}: Two versions of the same lines are here, one after the other. {_KEEP}"
    ]
    site.page("pages/about.md", f"```\n{both}```\n").build()


@pytest.mark.parametrize(
    "link", ["[plan](C:\\\\docs\\\\plan.pdf)", "![A lamp](file:///C:/Users/lamp.jpg)", "[plan](file:///plan.pdf)"]
)
def test_a_file_on_somebodys_computer_is_to_be_copied(site: Project, link: str) -> None:
    (line,) = said(site.page("pages/about.md", f"{link}\n"))
    assert line.endswith("Copy the file into content/, and write {static}/ and its path there.")


def test_cells_that_a_table_has_no_column_for_are_told(site: Project) -> None:
    table = (
        "| Item | Loan |\n|---|---|\n| Book | 3 weeks | free |\n| Film |\n| Game | 1 week | |\n| `a|b` | a \\| b |\n"
    )
    (line,) = said(site.page("pages/about.md", table))
    assert line.startswith(
        "content/pages/about.md:6: “free” would be left out: this row has 3 cells, and the table 2 columns."
    )
    other = "Item | Loan\n--- | ---\nBook | 3 weeks | free\n\na | b | c\n"
    (line,) = said(site.page("pages/about.md", other))
    assert line.startswith("content/pages/about.md:6: “free”")
    site.page("pages/about.md", table.replace(" free |", "") + f"\n```\n{table}```\n").build()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (("languages: [en, fr]", "languages: [English, fr]"), "Write en."),
        (("languages: [en, fr]", "languages: [en, français]"), "Write fr."),
        (("phone:", "country: Canada\nphone:"), "Write CA."),
        (("phone:", "country: Royaume-Uni\nphone:"), "Write GB."),
        (("info@library.", "info@library,"), "Write an address such as name@example.org."),
        (("hours: closed, reason", "hours: closed all day, reason"), "Write closed."),
    ],
)
def test_the_library_is_told_what_to_write(site: Project, written: tuple[str, str], told: str) -> None:
    (line,) = said(site.write("content/library.yml", LIBRARY.replace(*written)))
    assert line.startswith("content/library.yml:")
    assert line.endswith(told)


def test_folders_become_part_of_addresses_too(site: Project) -> None:
    site.page("pages/FR/card.md").page("pages/Summer 2027/walk.md").write("content/pages/~$card.md", b"\0")
    assert said(site) == [
        "content/pages/FR/card.md:1: “FR” is not a language of this site, and “fr” is. Move it to content/pages/fr/card.md.",
        (
            "content/pages/Summer 2027/walk.md:1: The folder “Summer 2027” becomes part of the page’s address, and cannot."
            " Rename it to summer-2027: small letters, digits and hyphens."
        ),
    ]


@pytest.mark.parametrize("name", ["library.yml", "search.yml", "words-fr.yml", "pages/about.md"])
def test_a_file_in_another_encoding_is_told(site: Project, name: str) -> None:
    site.write(f"content/{name}", LIBRARY.replace("Testville", "Montréal").encode("latin-1"))
    assert said(site) == [f"content/{name}:1: This file is not saved as UTF-8. Save it again with the encoding UTF-8."]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (("branch: minden", "branch: Minden branch"), "There is no branch “Minden branch”. Did you mean “minden”?"),
        (("branch: minden", "branch: minden.md"), "There is no branch “minden.md”. Did you mean “minden”?"),
        (("branch: minden", "branch: [minden, dysart]"), "“branch” takes one value, and here are 2. Write branch: minden."),
        (("branch: minden", "branch: minden\nrelated: [About us]"), "There is no file content/About us. Did you mean “pages/about.md”?"),
        (("branch: minden", "branch: minden\nrelated: [/about/]"), "There is no file content/about/. Did you mean “pages/about.md”?"),
        (("branch: minden", "branch: minden\nrelated: [/pages/about/]"), "There is no file content/pages/about/. Did you mean “pages/about.md”?"),
        (("branch: minden", "branch: minden\nprice: $5"), "There is no field “price” in a program. Did you mean “cost”?"),
        (("branch: minden", "branch: minden\ncost = free"), "“cost = free” is not a field with a value. Write cost: free."),
        (("branch: minden", "branch: minden\n- cost: free"), "“- cost: free” is not in a list. Remove the hyphen: cost: free."),
        (("branch: minden", "branch: minden\ncost: “Free”"), "The quotation marks would be shown: write cost: Free."),
        (("branch: minden", "branch: minden\nsupport_person_fee: free\ncost: 5.5"), "“5.5” in “cost” has no currency. Write cost: $5.50."),
        (("{needed: drop-in}", "Call us"), "“Call us” does not fit “registration”. Write registration: {needed: …}. Its fields are"),
        (("{needed: drop-in}", "call 705-555-0120"), "“call 705-555-0120” does not fit “registration”. Write registration: {needed: required, phone: 705-555-0120}."),
        (("{needed: drop-in}", "drop in"), "“drop in” does not fit “registration”. Write registration: {needed: drop-in}."),
        (("{every: week, days: [thursday], count: 6}", "every Thursday until March 4, 2027"), "“every Thursday until March 4, 2027” does not fit “repeats”. Write repeats: {every: week, days: [thursday], until: 2027-03-04}."),
        (("days: [thursday]", "days: Thursdays"), "“Thursdays” does not fit “repeats › days”. Write a list in brackets: days: [thursday]."),
        (("ends: 2026-12-03 11:30", "ends: noon"), "“noon” in “ends” cannot be read as a day and a time. Write the day as well: 2026-12-03 12:00."),
        (("branch: minden", "branch: minden\ncancelled: yes"), "“yes” does not fit “cancelled”. Write state: cancelled when all of it is, or name the days: cancelled: [{date: …, reason: …}]."),
        (("branch: minden", "branch: minden\ncancelled: 2026-12-10"), "“2026-12-10” does not fit “cancelled”. Write a list of groups of fields: cancelled: [{date: 2026-12-10, reason: …}]."),
        (("branch: minden", "branch: minden\nimage: https://example.org/a.jpg"), "“https://example.org/a.jpg” does not fit “image”. Save the picture in content/images, and write image: {file: images/a.jpg, alt: …}."),
        (("branch: minden", "branch: minden\nalt: A lamp"), "There is no field “alt” in a program. It belongs inside “image”: image: {…, alt: A lamp}."),
        (("branch: minden", "branch: minden\ncost: No charge"), "What costs nothing is written as cost: free."),
        (("branch: minden", "branch: minden, Minden"), "There is no branch “minden, Minden”. Name one branch, and write a file for each of the others."),
        (("count: 6", "count: 6, skip: [2026-12-11]"), "This program does not take place on 2026-12-11, so that day cannot be skipped."),
    ],
)  # fmt: skip
def test_what_a_program_was_meant_to_say_is_told(site: Project, written: tuple[str, str], told: str) -> None:
    assert written[0] in PROGRAM
    site.write("content/pages/about.md", "---\ntitle: About us\n---\nWe lend books.\n")
    (line,) = said(site.write("content/programs/cafe.md", PROGRAM.replace(*written)))
    assert line.startswith("content/programs/cafe.md:")
    assert line.partition(": ")[2].startswith(told)


def test_a_meeting_to_come_has_not_been_held(site: Project) -> None:
    meeting = "---\ntitle: Board meeting\nstarts: {} 17:30\nplace: Town hall\nstate: held\n---\nWelcome.\n"
    (line,) = said(site.write("content/meetings/x.md", meeting.format("2099-01-15")))
    assert line == (
        "content/meetings/x.md:5: This meeting is on 2099-01-15, and cannot have been held."
        " Write state: scheduled, or correct “starts”."
    )
    site.write("content/meetings/x.md", meeting.format("2020-01-15")).build()


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("branches/minden.md", ('["10:00-12:00", "13:00-20:00"]', "10am-12pm and 1pm-8pm"), 'Write ["10:00-12:00", "13:00-20:00"].'),
        ("branches/minden.md", ('["10:00-12:00", "13:00-20:00"]', "10-8"), 'Write "10:00-20:00".'),
        ("branches/minden.md", ('["10:00-12:00", "13:00-20:00"]', "by appointment"), "Leave the day out, and write in the text"),
        ("programs/cafe.md", ("branch: minden", "branch: minden\ncancelled:\n  - 2026-12-10: Snow"), "“2026-12-10” is where the name of a field belongs. Write {date: 2026-12-10, reason: Snow}."),
        ("programs/cafe.md", ("branch: minden", "branch: minden\ncancelled: {date: 2026-12-10, reason: Snow}"), "Write a list of groups of fields: cancelled: [{date: 2026-12-10, reason: Snow}]."),
        ("programs/cafe.md", ("branch: minden", "branch: minden\ncapacity: 12 people"), "Write 12."),
        ("programs/cafe.md", ("branch: minden", "branch: minden\nstatus: cancelled"), "Write state: cancelled."),
        ("programs/cafe.md", ("branch: minden", "branch: minden\nreviewed: 2099-01-01"), "2099-01-01 has not come yet; “reviewed” is the day on which somebody last read the page through."),
        ("programs/cafe.md", ("branch: minden", "branch: minden\naudience:\n  * adults"), "Begin each item with a hyphen: - adults."),
        ("library.yml", ("info@library.example.org", "<mailto:info@library.example.org>"), "Write info@library.example.org."),
        ("branches/minden.md", ("thursday:", "tuesday-thursday:"), "Write a line for each of them, beginning with tuesday: …"),
        ("library.yml", ("phone:", "timezone: EST\nphone:"), "“EST” may not follow daylight saving time. Write a time zone that names a city"),
        ("programs/cafe.md", ("branch: minden", "branch: minden\nreviewed: 2026-11-09\nreview_by: 2026-05-01"), "“review_by” must be later than “reviewed”, which is 2026-11-09."),
    ],
)  # fmt: skip
def test_hours_zones_and_reviews_are_told(site: Project, name: str, written: tuple[str, str], told: str) -> None:
    text = {"branches/minden.md": BRANCH, "library.yml": LIBRARY, "programs/cafe.md": PROGRAM}[name]
    assert written[0] in text
    (line,) = said(site.write(f"content/{name}", text.replace(*written)))
    assert told in line


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (("geo: {latitude: 44.92, longitude: -78.72}", "geo: 44.92, -78.72"), ["Write geo: {latitude: 44.92, longitude: -78.72}. Its fields are"]),
        (("longitude: -78.72", "longitude: 78° 30' W"), ["Write -78.5."]),
        (("latitude:", "lat:"), ["Did you mean “latitude”?"]),
        (("town:", "city:"), ["Did you mean “town”?"]),
        (("hours:\n", 'hours:\n  seasons: [{name: Summer, begins: June 15, ends: 2027-09-05, week: {friday: "09:00-12:00"}}]\n'), ['Write "06-15".', 'Write ends: "09-05".']),
        (("hours:\n", "hours:\n  exceptions: [{date: Dec 30, reason: Snow}]\n"), ["Write the year as well, such as 2026-12-30."]),
        (("hours:\n", "hours:\n  exceptions: [{date: [2026-12-30, 2026-12-31], reason: Snow}]\n"), ["Write the first and the last: date: 2026-12-30, until: 2026-12-31."]),
        (("hours:\n", "hours:\n  exceptions:\n    - 2026-12-30: closed\n"), ["Write {date: 2026-12-30, hours: closed, reason: …}."]),
        (('"10:00-15:00"', '"10:00-3:00"'), ['Write "10:00-15:00".']),
        (('"10:00-15:00"', '"15:00-10:00"'), []),
        (('"10:00-15:00"', "no"), ["Write closed."]),
        (('"10:00-15:00"', "open 10 to 3 (winter)"), ['Write "10:00-15:00".']),
        (("geo:", "amenities:\n  - Wi-Fi: free\ngeo:"), ['Put it in quotation marks: "Wi-Fi: free".']),
        (("geo:", "access: wheelchair access\ngeo:"), ["Write a list in brackets: access: [wheelchair access]. Its words are level entrance,"]),
        (("geo:", "access: [lift]\ngeo:"), ["Did you mean “elevator”? Write"]),
        (("phone: 705-555-0143", "phone: 705-555-0143 or 705-555-0144"), ["Write one number here, and the others in the text."]),
    ],
)  # fmt: skip
def test_what_a_branch_was_meant_to_say_is_told(written: tuple[str, str], told: list[str]) -> None:
    assert written[0] in BRANCH
    found = read_text(BRANCH.replace(*written), "x.md", Branch)
    hints = [problem.hint for problem in found.problems if problem.hint]
    assert len(found.problems) == max(1, len(told)), found.problems
    assert [hint.startswith(each) for hint, each in zip(hints, told, strict=True)] == [True] * len(told), hints


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("materials:\n  - PLA filament: 10 cents a gram", "Write {name: PLA filament, price: 10 cents a gram}."),
        ("materials: {Vinyl: $3, Paper: free}", "Write a list of groups of fields: materials: [{name: Vinyl, price: $3}, {name: Paper, price: free}]."),
        ("minimum_age: 10+", "Write 10."),
    ],
)  # fmt: skip
def test_things_with_their_prices_are_told_as_fields(written: str, told: str) -> None:
    text = f"---\ntitle: Cutter\nsummary: It cuts.\ngroup: maker tools\n{written}\n---\nAsk.\n"
    found = read_text(text, "x.md", CONTENT_TYPES["equipment"])
    assert [problem.hint for problem in found.problems] == [told]


@pytest.mark.parametrize(
    ("written", "line", "told"),
    [
        (("starts: 2026-12-03 10:30\nends: 2026-12-03 11:30", "date: 2026-12-03\ntime: 10:30-11:30"), 4, "Write starts: 2026-12-03 10:30 and, on a line of its own, ends: 2026-12-03 11:30."),
        (("starts: 2026-12-03 10:30\nends: 2026-12-03 11:30", "starts: Dec 3, 2026 2-4 pm"), 4, "Write starts: 2026-12-03 14:00 and, on a line of its own, ends: 2026-12-03 16:00."),
        (("ends: 2026-12-03 11:30", "duration: 90 minutes"), 5, "Write ends: 2026-12-03 12:00."),
        (("ends: 2026-12-03 11:30", "ends: midnight"), 5, "Write the day as well: 2026-12-04 00:00."),
        (("2026-12-03 10:30", "December 3, 10:30 am"), 4, "Write the year as well: 2026-12-03 10:30."),
        (("2026-12-03 10:30", "03.12.26 10:30"), 4, "Write 2026-03-12 10:30 or 2026-12-03 10:30."),
        (("2026-12-03 10:30", "Friday, December 3, 2026 10:30"), 4, "Write 2026-12-03 10:30, or 2026-12-04 10:30 when the weekday is right."),
        (("branch: minden", "branch: minden\nreviewed: February 2026"), 8, "Write the day as well, such as 2026-02-01."),
        (("branch: minden", "branch: minden\nreviewed: 2026"), 8, "Write the month and the day as well, such as 2026-12-03."),
        (("branch: minden", "branch: minden\nreviewed: 2026-11-09 by Ann"), 8, "Write the day alone: 2026-11-09."),
        (("branch: minden", "branch: minden\nexpires: until further notice"), 8, "Leave this line out until it is known."),
        (("branch: minden", "branch: minden\ncapacity: unlimited"), 8, "Leave this line out."),
        (("branch: minden", "branch: minden\nwombat: 3"), 8, "Fields are title, lang, status, publish_on, expires, reviewed, review_by, slug and 30 more: see the handbook."),
        (("every: week, days: [thursday]", "every: thursday"), 6, "Write every: week, days: [thursday]."),
        (("every: week,", "every: 2 weeks,"), 6, "Write every: week, interval: 2."),
        (("days: [thursday]", "days: [jeudi]"), 6, "Did you mean “thursday”? Write monday, tuesday, wednesday, thursday, friday, saturday or sunday."),
        (("{every: week, days: [thursday], count: 6}", "\n  - every: week\n  - count: 6"), 6, "Write its fields without hyphens: repeats: {every: week, count: 6}."),
        (("branch: minden", "branch: minden\nimage: images/a.jpg\nalt: A lamp"), 8, "Write image: {file: images/a.jpg, alt: A lamp}."),
        (("branch: minden", "branch: minden\nimage: ![A lamp](../images/a.jpg)"), 8, "Write image: {file: ../images/a.jpg, alt: A lamp}."),
        (("branch: minden", "branch: minden\nimage:\n  file: images/a.jpg\n   alt: A lamp"), 10, "Start both in the same column."),
        (("branch: minden", "branch: minden\nimage: {file: images/a.jpg, alt: A, decorative: true}"), 8, ""),
        (("audience: [adults]", "audience: (adults, seniors)"), 8, "Write a list in brackets: audience: [adults, seniors]."),
        (("title: Repair café", "title： Repair café"), 2, "Write title: Repair café."),
        (("title: Repair café", "title: Repair café\""), 2, 'Write title: "Repair café".'),
        (("title: Repair café", "title: Repair <b>café</b>"), 2, "Write the words alone, without the marks."),
        (("title: Repair café", "title: Tom &amp; Ann"), 2, "Write the sign itself: &."),
        (("---\ntitle", "----\ntitle"), 1, "Write three hyphens there, and nothing else."),
        (("---\ntitle", "Our café\n---\ntitle"), 1, "Move it below the second line ---."),
        (("---\nBring", "\nBring"), 1, "Put a line --- after the last field."),
        (("Bring a lamp.", "!!! note Good to know\n    Bring a lamp."), 12, 'Write !!! note "Good to know".'),
        (("Bring a lamp.", '!!! note "Good to know"\nBring a lamp.'), 12, "Begin each line of the box with four spaces."),
        (("Bring a lamp.", "| A | B |\n|---|\n| 1 | 2 |"), 13, "Write |---|---|."),
        (("Bring a lamp.", "One\n>>>>>>> main"), 13, "Keep the lines that are right,"),
    ],
)  # fmt: skip
def test_a_slip_is_told_once(written: tuple[str, str], line: int, told: str) -> None:
    assert written[0] in PROGRAM
    found = read_text(PROGRAM.replace(written[0], written[1], 1), "x.md", Program)
    assert [(each.line, each.hint[: len(told)]) for each in found.problems] == [(line, told)], found.problems


@pytest.mark.parametrize(
    "right", ['title: Table 24"', "title: R&D and A<B", "title: “Café” night", "title: Rock 'n' Roll", "title: 5 > 3"]
)
def test_signs_that_are_no_slips(right: str) -> None:
    assert read_text(PROGRAM.replace("title: Repair café", right), "x.md", Program).problems == ()


def test_a_branch_that_many_files_name_is_told_once(site: Project) -> None:
    for number in range(6):
        site.write(f"content/programs/p{number}.md", PROGRAM.replace("branch: minden", "branch: closed-one"))
    [told] = [each for each in said(site) if "closed-one" in each]
    assert "There is no branch “closed-one”." in told
    assert told.endswith(
        "5 other files name it too: content/programs/p1.md, content/programs/p2.md, content/programs/p3.md …"
    )


def test_a_field_of_the_file_inside_another_is_told(site: Project) -> None:
    site.write(
        "content/programs/p.md",
        PROGRAM.replace("registration: {needed: drop-in}", "registration: {needed: required, capacity: 12}"),
    )
    assert any(
        "It is a field of a program itself: write capacity: without spaces in front." in each for each in said(site)
    )


def test_a_file_in_the_folder_of_another_type(site: Project) -> None:
    for name in ("news/cafe.md", "cafe.md", "events/cafe.md"):
        site.write(f"content/{name}", PROGRAM)
    assert [line.partition(". ")[2] for line in said(site)] == ["Move it to content/programs/cafe.md."] * 3


def test_a_page_by_the_other_name_of_this_site(site: Project) -> None:
    site.page("pages/about.md", "[x](http://www.library.example.org/card)\n").page("pages/card.md")
    assert '<a href="/card/">x</a>' in site.build().text("about/index.html")


def test_a_path_from_another_folder_is_told_as_it_is_written(site: Project) -> None:
    site.page("pages/about.md", "[x](content/pages/card.md) [y](/pages/card)\n").page("pages/card.md")
    assert [line.rpartition(" ")[2] for line in said(site)] == ["{filename}/pages/card.md."] * 2


@pytest.mark.parametrize(
    ("address", "told"), [("", 1), ("province: Ont., ", 1), ("province: NS, ", 0), ("province: TX, ", 0)]
)
def test_what_a_support_person_pays_is_asked_where_the_law_asks(site: Project, address: str, told: int) -> None:
    site.write("content/programs/cafe.md", PROGRAM.replace("branch: minden", "branch: minden\ncost: $5"))
    library = LIBRARY.replace("postal_code", f"{address}postal_code")
    if "TX" in address:
        site.write(
            "content/library.yml", f"country: US\ntimezone: America/Chicago\n{library.replace('K0M 1S0', '77414')}"
        )
        site.write("content/branches/minden.md", BRANCH.replace("K0M 2K0", "77420"))
    else:
        site.write("content/library.yml", library)
    if told:
        (line,) = said(site)
        assert line == (
            "content/programs/cafe.md:8: A program with a cost must say what a support person pays."
            " Write support_person_fee: free, or what it is."
        )
    else:
        site.build()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (("url: https://library.example.org", "url: https://library.example.org/index.html"), "Write https://library.example.org/."),
        (("languages: [en, fr]", "languages: [en, fr-CA]"), "Write fr: how a country says it is known from the country."),
        (("phone:", "timezone: Toronto\nphone:"), "Write America/Toronto."),
        (("phone:", "timezone: America/Tornoto\nphone:"), "Write America/Toronto."),
        (("phone:", "law: ontario\nphone:"), "The law is set in stepfree.toml, below [audit] and [site]."),
        (("phone:", "hours: 9-5\nphone:"), "Opening times are in the file of each branch, in content/branches/."),
        (("phone:", "brand: {colours: {main: navy}}\nphone:"), 'Write "#000080".'),
        (("phone:", "brand: {colours: {main: #07384a}}\nphone:"), 'Put it in quotation marks: main: "#07384a".'),
        (("phone:", "brand:\n  colours: ['#07384a', navy]\nphone:"), 'Write colours: {main: "#07384a", second: navy}.'),
        (("phone:", "brand: {logo: {file: images/logo.svg, alt: L}}\nphone:"), "Write logo: images/logo.svg."),
        (("phone:", "social: [{text: F, url: '@birch'}]\nphone:"), "Write the whole address, as the browser shows it: https://…"),
        (('{system: koha, host: "https://catalogue.example.org"}', "https://catalogue.example.org"), 'Write catalogue: {system: …, host: "https://catalogue.example.org"}.'),
    ],
)  # fmt: skip
def test_what_library_yml_was_meant_to_say_is_told(site: Project, written: tuple[str, str], told: str) -> None:
    assert written[0] in LIBRARY
    (line,) = said(site.write("content/library.yml", LIBRARY.replace(*written)))
    assert told in line


def test_pages_of_a_language_in_other_places_are_told(site: Project) -> None:
    site.page("pages/card.md")
    for name in ("fr/carte", "fr/bis", "fr-CA/carte"):
        site.page(f"pages/{name}.md", translation_of="pages/card.md")
    site.page("pages/card.fr.md")
    assert said(site) == [
        "content/pages/card.fr.md:1: The language of a page is told by its folder, not by its name. Move it to content/pages/fr/card.md.",
        "content/pages/fr-CA/carte.md:1: “fr-CA” is not a language of this site, and “fr” is. Move it to content/pages/fr/carte.md.",
        (
            "content/pages/fr/carte.md:3: content/pages/fr/bis.md is a translation of pages/card.md too."
            " Delete one of the two, or correct the name here."
        ),
    ]


def test_an_address_that_a_page_has_for_good_cannot_lead_elsewhere(site: Project) -> None:
    site.page("pages/card.md")
    site.write("content/redirects/r.md", "---\ntitle: R\nfrom: /card/\nto: '{filename}/pages/index.md'\n---\n")
    assert said(site) == [
        (
            "content/redirects/r.md:3: “/card/” cannot lead elsewhere: content/pages/card.md has that address already."
            " Choose another address, or delete this one."
        )
    ]
    # Until a page comes, something else may stand in for it.
    site.page("pages/card.md", publish_on="2026-11-01").build()
