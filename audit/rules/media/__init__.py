"""Rules about video, audio and what moves."""

from __future__ import annotations
