"""``[[journeys]]`` of ``stepfree.toml``: read with the line of every step and every mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.errors import UsageError
from audit.run.concealing import MARK, concealed
from audit.run.journeys import walked, with_states
from audit.run.order import Order
from audit.settings.config import load
from audit.settings.journeys import Journey
from audit.survey.folder import Survey

WAY = """[audit]
profile = "wcag22-aa"

[[journeys]]
name = "Search"
start = "/"
steps = [
  # { press = "Nothing" } is no step here
  { type = "a } brace", into = "Words" }, { press = "Search" },
  { expect = "Results" },
  { wait = 1 },
  { press = "Next" },
]

[[journeys]]
name = "Log in"
start = "https://catalogue.example.org/login"
hosts = ["https://id.example.org"]

[[journeys.steps]]
secret = "JOURNEY_PIN"
into = "PIN"

[[journeys.steps]]
press = "Log in"
"""


def _read(folder: Path, text: str) -> tuple[Journey, ...]:
    file = folder / "stepfree.toml"
    file.write_text(text, encoding="utf-8")
    return load(file).journeys


def test_each_step_knows_its_line(tmp_path: Path) -> None:
    search, log_in = _read(tmp_path, WAY)
    assert [step.line for step in search.steps] == [9, 9, 10, 11, 12]
    assert [step.line for step in log_in.steps] == [20, 24]
    assert (search.origin, log_in.origin) == (None, "https://catalogue.example.org")
    assert log_in.ways == {"https://catalogue.example.org", "https://id.example.org"}


def test_each_step_that_acts_leads_to_a_state_with_what_is_waited_for(tmp_path: Path) -> None:
    search, log_in = _read(tmp_path, WAY)
    assert [state.address for state in search.states()] == [
        "/ after step 1 of “Search”",
        "/ after step 4 of “Search”",
        "/ after step 5 of “Search”",
    ]
    assert [state.address for state in log_in.states()][-1] == "/login after step 2 of “Log in”"


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("{ pres = 'Search' }", "a step has one of choose, expect, go, press, secret, type and wait"),
        ("{ pres = 'Search' }", "Did you mean “press”?"),
        ("{ press = 'Search', expect = 'Results' }", "a step has one of"),
        ("{ press = 'Search', rol = 'link' }", "unknown key “rol” beside “press”. Did you mean “role”?"),
        ("{ press = 3 }", "“press” takes a text in quotation marks"),
        ("{ press = 'Search', number = 0 }", "“number” says which of several"),
        ("{ press = 'Search', width = 640 }", "1280 or 320"),
        ("{ press = 'Search', role = 3 }", "“role” takes a text"),
        ("{ type = 'heron' }", 'into = "Card number"'),
        ("{ secret = '555-0199', into = 'Card' }", "never the password itself"),
        ("{ go = 'holds' }", "begins with /"),
        ("{ wait = 600 }", "at most 30"),
    ],
)
def test_a_wrong_step_is_told_with_its_line_and_what_to_write(tmp_path: Path, step: str, said: str) -> None:
    text = f'[[journeys]]\nname = "Search"\nstart = "/"\nsteps = [\n  {{ wait = 1 }},\n  {step},\n]\n'
    with pytest.raises(UsageError, match=r"stepfree\.toml:6: ") as raised:
        _read(tmp_path, text)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('start = "/"\nsteps = [{ wait = 1 }]', "a journey needs a name"),
        ('name = "A"\nsteps = [{ wait = 1 }]', "needs the address at which it starts"),
        ('name = "A"\nstart = "/"', "needs steps"),
        ('name = "A"\nstart = "/"\nsteps = ["Search"]', "a step is written as"),
        ('name = "A"\nstart = "/"\nsteps = [{ wait = 1 }]\nhost = "x"', "Did you mean “hosts”?"),
        ('name = "A"\nstart = "/"\nsteps = [{ wait = 1 }]\nhosts = ["x"]', "“hosts” takes a list of addresses"),
        ('name = "A"\nstart = "/"\nsteps = [{ go = "https://example.org/" }]', "Let it start at a whole address."),
    ],
)
def test_a_wrong_journey_is_told_with_its_line(tmp_path: Path, written: str, said: str) -> None:
    with pytest.raises(UsageError, match=r"stepfree\.toml:2: ") as raised:
        _read(tmp_path, f"\n[[journeys]]\n{written}\n")
    assert said in str(raised.value)


def test_two_journeys_of_one_name_are_an_error(tmp_path: Path) -> None:
    once = '[[journeys]]\nname = "A"\nstart = "/"\nsteps = [{ wait = 1 }]\n'
    with pytest.raises(UsageError, match=r"stepfree\.toml:5: there are two journeys “A”"):
        _read(tmp_path, once * 2)


def test_journeys_in_one_line_are_told_of_too(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"stepfree\.toml:1: a journey needs a name"):
        _read(tmp_path, 'journeys = [{ start = "/" }]\n')


def test_one_bracket_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two brackets"):
        _read(tmp_path, '[journeys]\nname = "A"\n')


def test_a_journey_is_for_its_own_target_and_its_secret_is_there_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _read(tmp_path, WAY)
    config = load(tmp_path / "stepfree.toml")
    monkeypatch.delenv("JOURNEY_PIN", raising=False)
    assert [each.name for each in walked(Order(str(tmp_path), config=config))] == ["Search"]
    assert walked(Order("https://other.example.org/", config=config)) == ()
    with pytest.raises(UsageError, match=r"stepfree\.toml:20: the environment variable JOURNEY_PIN is not set"):
        walked(Order("https://catalogue.example.org/", config=config))
    monkeypatch.setenv("JOURNEY_PIN", "1234")
    assert [each.name for each in walked(Order("https://catalogue.example.org/", config=config))] == ["Log in"]


def test_what_is_typed_in_secret_stands_in_no_record() -> None:
    said = {
        "message": "Card a&b-555-0199 is known",
        "html": ["<p>a&amp;b-555-0199", "cut short: a&b-555…", "A&B-555-0199", "a&b stays"],
        "url": "/?card=a%26b-555-0199",
        "number": 5550199,
        "conditions": ["a&b-555-0199"],
    }
    told = json.loads(concealed(json.dumps(said).encode(), ["a&b-555-0199"]))
    assert told == {
        "message": f"Card {MARK} is known",
        "html": [f"<p>{MARK}", f"cut short: {MARK}…", MARK, "a&b stays"],
        "url": f"/?card={MARK}",
        "number": 5550199,
        "conditions": ["a&b-555-0199"],
    }


def test_a_journey_that_is_not_walked_is_told(tmp_path: Path) -> None:
    _read(tmp_path, WAY)
    order = Order(str(tmp_path), config=load(tmp_path / "stepfree.toml"))
    survey = with_states(Survey(pages=()), walked(order), order)
    assert [each.address for each in survey.pages] == [state.address for state in order.config.journeys[0].states()]
    assert survey.notes == ("Journeys that were not walked, because they are for another target: “Log in”.",)
