"""Which journeys are walked in a run: those that are for its target."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from audit.run.order import Order, on_the_web
from audit.settings.journeys import Journey, secrets
from audit.survey.folder import ExpectedPage, Survey
from audit.survey.requests import origin_of


def walked(order: Order) -> tuple[Journey, ...]:
    """The journeys of a run, everything that they type at hand.

    A journey that starts at a path is for folders, one that starts at a whole address for that site and no other: on
    the web something is only pressed where a setting names the address.

    Raises:
        UsageError: a variable of the environment is missing.
    """
    if order.files or not order.use_browser or Path(order.target).is_file():
        return ()
    on_web = on_the_web(order.target)
    origin = origin_of(order.target) if on_web else None
    chosen = tuple(each for each in order.config.journeys if each.origin == origin)
    secrets(chosen)
    return chosen


def with_states(survey: Survey, journeys: tuple[Journey, ...], order: Order) -> Survey:
    """The survey and every state that the journeys lead to. That others are not walked in this run is told."""
    states = [ExpectedPage(state.address, None, state=state) for each in journeys for state in each.states()]
    left = [f"“{each.name}”" for each in order.config.journeys if each not in journeys]
    whole = order.use_browser and not order.files
    why = "they are for another target" if whole else "this run is not for the whole site in a browser"
    notes = (f"Journeys that were not walked, because {why}: {', '.join(left)}.",) if left else ()
    return replace(survey, pages=(*survey.pages, *states), notes=(*survey.notes, *notes))
