"""Forms made from the schemas: every field is asked for, and what comes out builds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from library_forms import FieldKind, form_of
from library_forms.draft import Beside, file_name, path_for, problems_of, text_of
from library_forms.editor import configuration
from library_forms.tables import put_into
from library_frontmatter import read_text
from library_schemas import CONTENT_TYPES
from stepfree.commands.new import new


@pytest.mark.parametrize("folder", CONTENT_TYPES)
def test_every_field_of_a_schema_is_in_its_form(folder: str) -> None:
    schema = CONTENT_TYPES[folder]
    names = {field.alias or name for name, field in schema.model_fields.items()}
    assert {field.name for field in form_of(folder)} == names
    assert all(field.help for field in form_of(folder)), "a field without words cannot be asked for"


def test_kinds_follow_the_schema() -> None:
    kinds = {field.name: field.kind for field in form_of("programs")}
    assert kinds["starts"] is FieldKind.DATE_AND_TIME
    assert kinds["branch"] is FieldKind.BRANCH
    assert kinds["audience"] is FieldKind.CHOICES
    assert kinds["repeats"] is FieldKind.GROUP
    assert kinds["cancelled"] is FieldKind.GROUPS
    assert kinds["outside_hours"] is FieldKind.YES_NO
    assert kinds["image"] is FieldKind.PICTURE


def test_file_names_are_plain(tmp_path: Path) -> None:
    assert file_name("Café & Friends' night") == "cafe-friends-night"
    first = path_for(tmp_path, "news", {"title": "A day"})
    first.parent.mkdir()
    first.touch()
    assert path_for(tmp_path, "news", {"title": "A day"}).name == "a-day-2.md"
    assert path_for(tmp_path, "news", {"title": "Un jour", "lang": "fr"}).parent.name == "fr"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "content" / "branches").mkdir(parents=True)
    (tmp_path / "content" / "branches" / "maple-lake.md").touch()
    (tmp_path / "pelicanconf.py").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


#: Answers in the order in which they are asked; the first end is before the start.
ANSWERS = [
    "Chess for everyone",
    "Learn chess or play a game.",
    "2026-12-03 18:00",
    "2026-12-03 17:30",
    "7:30 pm",
    "families, teens",
    "9",
    "drop-in",
    *[""] * 4,
    "1",
    "no",
    *[""] * 3,
    "Bring nothing.",
]


def test_answers_become_a_file_that_is_valid(folder: Path) -> None:
    result = CliRunner().invoke(new, ["program"], input="\n".join(ANSWERS) + "\n", standalone_mode=False)
    assert result.exception is None, result.output
    assert "“ends” must be later than “starts”, which is 2026-12-03 18:00." in result.output
    path = folder / "content" / "programs" / "chess-for-everyone.md"
    read = read_text(path.read_text(encoding="utf-8"), str(path), CONTENT_TYPES["programs"])
    assert read.problems == ()
    assert read.record is not None
    assert read.body.strip() == "Bring nothing."


def test_a_wrong_choice_is_asked_again(folder: Path) -> None:
    answers = [*ANSWERS[:3], "2026-12-03 19:30", "tortoises", "adult", *ANSWERS[6:]]
    result = CliRunner().invoke(new, ["program"], input="\n".join(answers) + "\n", standalone_mode=False)
    assert result.exception is None, result.output
    assert "“tortoises” is not in the list." in result.output


def test_an_unknown_type_names_the_nearest(folder: Path) -> None:
    result = CliRunner().invoke(new, ["progam"], standalone_mode=False)
    assert "Did you mean “program”?" in str(result.exception)


def test_the_editor_has_a_form_for_every_type() -> None:
    settings = yaml.safe_load(configuration("county/site"))
    names = [one["name"] for one in settings["collections"]]
    french = [f"{name}-fr" for name in CONTENT_TYPES if name not in {"pages", "redirects"}]
    assert names == [*CONTENT_TYPES, *french]
    programs = next(one for one in settings["collections"] if one["name"] == "programs")
    fields = {field["name"]: field for field in programs["fields"]}
    assert fields["kind"]["options"][0] == "storytime"
    assert fields["contact_phone"]["pattern"][0].startswith("^[+(]?")
    assert fields["starts"]["format"] == "YYYY-MM-DD HH:mm"


def test_what_the_editor_writes_for_empty_fields_is_absent() -> None:
    answers = {"title": "Hours change", "date": "2026-11-01", "summary": "New hours.", "expires": "", "image": None}
    assert problems_of("news", answers, "content/news/x.md", Beside(())) == ()
    assert "expires: ''" in text_of(answers)


def test_the_handbooks_tables_are_current() -> None:
    handbook = (Path(__file__).parents[2] / "docs" / "handbook.md").read_text(encoding="utf-8")
    assert put_into(handbook) == handbook, "remake them: PYTHONPATH=plugins python -m library_forms.tables"
