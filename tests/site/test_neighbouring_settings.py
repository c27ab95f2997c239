"""publishconf.py takes the settings of the pelicanconf.py beside it, whatever was built before."""

from __future__ import annotations

from pathlib import Path

from library_site.building import read_pelican_settings

PUBLISHING = (
    "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\nfrom pelicanconf import *\n"
)


def test_each_project_has_its_own(tmp_path: Path) -> None:
    said = []
    for name in ("Loon Bay", "Minden"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "pelicanconf.py").write_text(f'SITENAME = "{name}"\n', encoding="utf-8")
        (folder / "publishconf.py").write_text(PUBLISHING, encoding="utf-8")
        said.append(read_pelican_settings(folder / "publishconf.py", None, {})["SITENAME"])
    assert said == ["Loon Bay", "Minden"]
