"""``stepfree explain RULE``: what a rule finds, whom it helps, and what to do."""

from __future__ import annotations

import click

from stepfree.safe_output import say


@click.command(short_help="Explain a rule.")
@click.argument("rule", required=False)
@click.option("--markdown", is_flag=True, help="As Markdown, for a page or a file.")
def explain(rule: str | None, markdown: bool) -> int:
    """Explain RULE, by the name that stands in a report; without RULE, list all of them.

    Words in its place, such as "click here", name the rules that speak of them.
    """
    from pathlib import Path

    from rich.console import Console

    from audit.explanation.explanation import as_markdown, by_family, show
    from audit.explanation.explanation import explain as told
    from audit.model.rule_places import rule_page
    from audit.settings.config import find
    from audit.settings.extras import has
    from stepfree.installation import CONTENT_RULES
    from stepfree.project import published_at

    config = find(None, Path())
    ours = (CONTENT_RULES,) if has("site") else ()
    packs = tuple(dict.fromkeys((*ours, *config.rules)))
    if rule is None:
        for family, rules in by_family(packs).items():
            say(f"Rules about {family}:")
            for each in rules:
                say(f"  {each.id}: {each.title}")
    elif markdown:
        say(as_markdown(rule, packs), nl=False)
    else:
        show(rule, Console(), packs)
        page = rule_page(told(rule, packs).id, config.rules_address(published_at(Path())))
        if page:
            say(f"On the website: {page}")
    return 0


COMMAND = explain
