"""The editor in the browser: off unless asked for, made from the forms, and what it writes builds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.survey import manifest as manifests
from audit.survey.folder import survey_folder
from library_base.errors import SettingsError
from tests.site.editor_writing import differences, rebuilt_after_saving
from tests.site.projects import Built, Project
from tests.site.whole_site import WholeSite


@pytest.mark.slow
def test_all_content_written_by_the_editor_builds_to_the_same_site(small_site: WholeSite, tmp_path: Path) -> None:
    assert differences(small_site, rebuilt_after_saving(small_site, tmp_path)) == []


def test_pictures_and_files_as_the_editor_names_them(site: Project) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4H0z"/></svg>'
    site.write("content/images/leaf.svg", drawing)
    site.write("content/images/tree.svg", drawing)
    image = "{file: /images/leaf.svg, alt: A red leaf}"
    site.page(
        "services/walks.md",
        "![A tall tree](/images/tree.svg)\n",
        summary="Walks.",
        group="learning",
        how="Come.",
        who="Everyone",
        image=image,
    )
    built = site.build(production=True)
    page = built.text("services/walks/index.html")
    assert 'src="/images/tree.svg"' in page
    assert {"images/leaf.svg", "images/tree.svg"} <= set(built.files())


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder like that of the package, with little in it."""
    folder = tmp_path / "node_modules" / "@sveltia" / "cms"
    (folder / "dist" / "chunks").mkdir(parents=True)
    (folder / "schema").mkdir()
    (folder / "package.json").write_text('{"name": "@sveltia/cms", "version": "1.2.3"}', encoding="utf-8")
    (folder / "dist" / "sveltia-cms.js").write_text("void 0;", encoding="utf-8")
    (folder / "dist" / "sveltia-cms.js.map").write_text("{}", encoding="utf-8")
    (folder / "dist" / "chunks" / "more.js").write_text("void 1;", encoding="utf-8")
    (folder / "LICENSE.txt").write_text("MIT", encoding="utf-8")
    (folder / "schema" / "sveltia-cms.json").write_text('{"required": ["collections"]}', encoding="utf-8")
    return folder


def _with_editor(site: Project, **more: str) -> Built:
    settings: dict[str, Any] = {
        "STEPFREE_EDITOR": "node_modules/@sveltia/cms",
        "STEPFREE_EDITOR_REPOSITORY": "county/site",
        **more,
    }
    return site.build(production=True, **settings)


def test_without_the_setting_there_is_no_editor(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STEPFREE_EDITOR", raising=False)
    assert [name for name in site.build(production=True).files() if name.startswith("admin")] == []


@pytest.mark.usefixtures("package")
def test_the_editor_is_published_and_is_no_page_of_the_site(site: Project) -> None:
    built = _with_editor(site)
    names = {name for name in built.files() if name.startswith("admin/")}
    assert names == {
        f"admin/{name}" for name in ("index.html", "config.yml", "sveltia-cms.js", "chunks/more.js", "LICENSE.txt")
    }
    page = built.text("admin/index.html")
    assert '<script src="sveltia-cms.js">' in page
    assert "Test County Public Library" in page
    assert '<meta name="robots" content="noindex">' in page
    assert yaml.safe_load(built.text("admin/config.yml"))["backend"]["repo"] == "county/site"
    assert "/admin/" not in {each["address"] for each in built.manifest["pages"]}
    assert "admin" not in built.text("sitemap.xml")
    others = [data for name, data in built.files().items() if name.endswith(".html") and not name.startswith("admin/")]
    assert not any(b"/admin/" in data for data in others)


@pytest.mark.usefixtures("package")
def test_the_audit_leaves_the_editor_out_and_says_so(site: Project, tmp_path: Path) -> None:
    from audit.run.order import Order
    from audit.settings.config import Config
    from stepfree.orders import without_editor

    built = _with_editor(site)
    order = without_editor(Order(target=str(built.output), config=Config()), built.result.files)
    survey = survey_folder(built.output, manifests.read(tmp_path / "build/manifest.json"), order.config.exclude)
    assert survey.mismatches == ()
    assert survey.unused == ()
    left_out = {page.address: reason for page, reason in survey.excluded if page.address.startswith("/admin")}
    assert list(left_out) == ["/admin/"]
    assert "editor for staff" in left_out["/admin/"]
    plain = Order(target=str(built.output), config=Config())
    assert without_editor(plain, ["index.html"]) is plain


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"STEPFREE_EDITOR": "node_modules/other"}, "Run “npm install @sveltia/cms”"),
        ({"STEPFREE_EDITOR_REPOSITORY": ""}, "STEPFREE_EDITOR_REPOSITORY"),
    ],
)
def test_a_setting_that_cannot_work_is_refused(
    site: Project, settings: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    with pytest.raises(SettingsError, match=words):
        _with_editor(site, **settings)


def test_an_editor_that_does_not_understand_the_forms_is_refused(site: Project, package: Path) -> None:
    schema = {"properties": {"backend": {"properties": {"name": {"const": "other"}}}}}
    (package / "schema" / "sveltia-cms.json").write_text(json.dumps(schema), encoding="utf-8")
    with pytest.raises(
        SettingsError, match=r"Version 1\.2\.3 of the editor does not understand our forms at \$\.backend"
    ):
        _with_editor(site)
