"""Our own content can be opened and saved in the editor in the browser, and nothing changes."""

from __future__ import annotations

from pathlib import Path

from tests.site.editor_writing import differences, rebuilt_after_saving
from tests.site.whole_site import WholeSite


def test_all_content_written_by_the_editor_builds_to_the_same_site(our_site: WholeSite, tmp_path: Path) -> None:
    assert differences(our_site, rebuilt_after_saving(our_site, tmp_path)) == []
