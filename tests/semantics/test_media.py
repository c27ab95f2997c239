"""Recordings: how long they play, and whether the words beside them can be all of what is said."""

from __future__ import annotations

import pytest

from audit.model.page import Medium
from audit.semantics import media
from tests.semantics.trees import document_of


def _medium(source: str = "/talk.mp3", duration: float | None = 60.0, **more: bool | None) -> Medium:
    told: dict[str, bool | None] = {
        "has_audio": True,
        "has_video": False,
        "autoplay": False,
        "muted": False,
        "loop": False,
        "controls": True,
        "playing": False,
    }
    return Medium(2, "audio", (source,), duration, **(told | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "seconds"),
    [
        ("/talk.mp3", 60.0),
        ("/talk.mp3#t=10", 50.0),
        ("/talk.mp3#t=10,25.5", 15.5),
        ("/talk.mp3#t=,20", 20.0),
        ("/talk.mp3#t=npt:10,20", 10.0),
        ("/talk.mp3#t=50,90", 10.0),
        ("/talk.mp3#t=70", 0.0),
        ("/talk.mp3#part=10", 60.0),
    ],
)
def test_a_part_of_a_recording_lasts_as_long_as_its_address_says(source: str, seconds: float) -> None:
    assert media.seconds(_medium(source)) == seconds
    assert media.seconds(_medium(source, None)) is None


def test_what_is_muted_and_cannot_be_unmuted_is_silent() -> None:
    assert media.sounds(_medium(muted=True, controls=False)) is False
    assert media.sounds(_medium(muted=True)) is True
    assert media.sounds(_medium(has_audio=None)) is None


def test_cues_of_captions() -> None:
    text = "WEBVTT\n\n00:01.500 --> 00:04.000 line:1\nHello\n\n01:00:00.000 --> 01:00:02.250\nBye\n"
    assert media.cues(text) == ((1.5, 4.0), (3600.0, 3602.25))
    assert media.cues("00:01,500 --> 00:02,000") == ((1.5, 2.0),)
    assert media.cues("WEBVTT\n\nNOTE nothing --> here") == ()


def _said(count: int, first: str = "") -> str:
    return f'<p box="0 0 900 20">{first} {"word " * count}</p>'


WORDS = _said(45)


@pytest.mark.parametrize(
    ("body", "too_few"),
    [
        (WORDS, False),
        # In a minute a talk has more words than what tells of something else.
        (_said(30), False),
        (_said(30, "Interview"), True),
        (_said(45, "Interview"), False),
        ('<p box="0 0 900 20">A short line.</p>', True),
        # What stands in a menu or outside the window is no transcript.
        (f"<nav role=navigation>{WORDS}</nav>", True),
        (WORDS.replace("0 0 900", "-999 0 900"), True),
        # A link may lead to one.
        ('<p box="0 0 9 9">Short. <a href="/words/">Transcript</a></p>', False),
        ('<nav role=navigation><a href="/words/">Transcript</a></nav>', True),
        ('<p box="0 0 9 9">Short. <a href="#top">Top</a></p>', True),
    ],
)
def test_too_few_words_for_a_recording(body: str, too_few: bool) -> None:
    assert media.too_few_words(document_of(body), _medium()) is too_few


def test_a_transcript_is_headed_as_one_and_long_enough() -> None:
    headed = f"<h2 role=heading>Transcript</h2>{WORDS}"
    assert media.headed_transcript(document_of(headed), _medium())
    assert not media.headed_transcript(document_of(headed), _medium(duration=600.0))
    assert not media.headed_transcript(document_of(headed.replace("Transcript", "About")), _medium())


def test_a_described_version_is_named() -> None:
    found = media.described_version(document_of('<a href="/v/">Watch with audio description</a>'))
    assert found is not None
    assert media.described_version(document_of('<a href="/v/">Description of the video</a>')) is None
