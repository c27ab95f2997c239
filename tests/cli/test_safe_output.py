"""What a stranger has written is quoted on the terminal, and neither it nor a workflow's log obeys it."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.model.finding import PageState
from audit.reports.markup import spoken
from audit.run.worker import LONGEST_TITLE, PageRecord, shortened
from stepfree.failures import told
from stepfree.terminal import Teller
from tests.hostile.sites import write

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\x1b[2J\x1b]0;mine\x07", "[U+001B][2J[U+001B]]0;mine[U+0007]"),
        ("all\rnothing", "all[U+000D]nothing"),
        ("one\r\ntwo\tthree\n", "one\ntwo\tthree\n"),
        ("\u202etxet", "[U+202E]txet"),
        (
            "A title\n::error file=a::Fine\n  ::stop-commands::x",
            "A title\n: :error file=a::Fine\n  : :stop-commands::x",
        ),
        ("it says ##[error]Fine", "it says ## [error]Fine"),
        ("a::before and (a::b)", "a::before and (a::b)"),
    ],
)
def test_nothing_is_obeyed(text: str, said: str) -> None:
    assert spoken(text) == said


def test_an_error_quotes_what_a_setting_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from audit.errors import UsageError
    from audit.settings.config import load

    file = (
        write(tmp_path, {"stepfree.toml": '[exclude]\n"/\\u001b]0;mine\\u0007\\n::error::Fine" = 1\n'})
        / "stepfree.toml"
    )
    with pytest.raises(UsageError) as error:
        load(file)
    assert told(error.value) == 2
    err = capsys.readouterr().err
    assert "/[U+001B]]0;mine[U+0007]\n: :error::Fine" in err
    assert not set(err) & set("\x1b\x07")


def test_every_word_of_the_command_goes_one_way() -> None:
    files = [file for file in (ROOT / "stepfree").rglob("*.py") if "click.echo" in file.read_text(encoding="utf-8")]
    assert [file.name for file in files] == ["safe_output.py"]


def test_the_bar_shows_an_address_as_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with Teller() as teller:
        teller.pages(2)
        # What rich would take for the end of something that never began.
        teller.page(PageRecord("/a[/b]\x1b]0;mine\x07", PageState.AUDITED))
        assert teller._bar is not None
        teller._bar.refresh()
    assert "\x1b]0;mine" not in capsys.readouterr().err


def test_a_long_title_is_cut() -> None:
    assert shortened("A title") == "A title"
    assert len(shortened("x" * 5_000)) == LONGEST_TITLE
