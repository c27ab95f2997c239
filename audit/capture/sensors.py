"""What the page does when the device is moved: the events of its sensors, made up."""

from __future__ import annotations

from audit.capture.opening import OpenPage, script

SENSORS = frozenset({"devicemotion", "deviceorientation", "deviceorientationabsolute"})


def sensors(page: OpenPage, listened: frozenset[str]) -> None:
    """Tilt, turn and shake the device, when the page listens to that, and note what changes.

    ``facts["sensors"]`` has ``events`` (those listened to), ``changed`` (whether anything did)
    and ``nodes`` (the elements whose text, value, look or place changed).
    """
    heard = sorted(listened & SENSORS)
    if not heard:
        return
    count = page.channel.evaluate(f"({script('sensors')})", promise=True)
    nodes = page.nodes("window[Symbol.for('stepfree.capture')].moved") if count else []
    page.facts["sensors"] = {
        "events": list(heard),
        "changed": bool(count),
        "nodes": [node for node in nodes if node is not None],
    }
