"""Pictures and a sound for the faults, made here; the film is that of a rule's own example."""

from __future__ import annotations

import math
import shutil
import struct
import wave
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import audit.rules

_FILM = Path(audit.rules.__file__).parent / "media" / "video_without_captions" / "examples"
_SECONDS, _RATE = 6, 8000


def write(folder: Path) -> None:
    """Put every file that a fault refers to into a folder."""
    _words(folder / "heading-tools.png", "Tools to borrow", (320, 60))
    for name, letter in (("icon-lift.png", "L"), ("icon-dog.png", "D")):
        _words(folder / name, letter, (56, 56))
    _chart(folder / "chart.png")
    _stripes(folder / "stripes.png")
    _blinking(folder / "blinking.gif")
    _tune(folder / "tune.wav")
    shutil.copy(_FILM / "film-with-sound.webm", folder / "film.webm")
    (folder / "captions.vtt").write_text(
        "WEBVTT\n\n00:00.000 --> 00:02.400\nThe boathouse opens at nine.\n", encoding="utf-8"
    )


def _words(file: Path, text: str, size: tuple[int, int]) -> None:
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).text((8, 8), text, fill="#222222", font=ImageFont.load_default(size[1] // 2))
    picture.save(file)


def _chart(file: Path) -> None:
    picture = Image.new("RGB", (400, 240), "white")
    draw = ImageDraw.Draw(picture)
    for at, (height, colour) in enumerate(((60, "#c02020"), (90, "#c02020"), (150, "#205090"), (200, "#205090"))):
        draw.rectangle((40 + at * 90, 230 - height, 100 + at * 90, 230), fill=colour)
    picture.save(file)


def _stripes(file: Path) -> None:
    picture = Image.new("RGB", (80, 80), "#6a6a6a")
    ImageDraw.Draw(picture).rectangle((0, 0, 80, 39), fill="#d8d8d8")
    picture.save(file)


def _blinking(file: Path) -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("#ffffff", "#2040c0")]
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=500, loop=0)


def _tune(file: Path) -> None:
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_RATE)
        for at in range(_SECONDS * _RATE):
            sound.writeframesraw(struct.pack("<h", int(9000 * math.sin(at * 2 * math.pi * 330 / _RATE))))
