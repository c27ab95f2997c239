"""What the page does when the device is moved: the events of its sensors, made up."""

from __future__ import annotations

from dataclasses import replace

from audit.capture.opening import OpenPage
from audit.capture.page_elements import NOTES, script
from audit.model.observations import SensorTrial

SENSORS = frozenset({"devicemotion", "deviceorientation", "deviceorientationabsolute"})


def sensors(page: OpenPage, listened: frozenset[str]) -> None:
    """Tilt, turn and shake the device, when the page listens to that, and observe what changes."""
    if not listened & SENSORS:
        return
    count = page.channel.evaluate(f"({script('sensors')})", promise=True)
    nodes = page.nodes(f"{NOTES}.moved") if count else []
    trial = SensorTrial(bool(count), tuple(node for node in nodes if node is not None))
    page.observed = replace(page.observed, sensors=trial)
