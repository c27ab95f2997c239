"""Writes down what each rule says of its examples, for its page on the site.

    python -m tests.rules.record [RULE …]

Runs the examples of the rules (all without a name) and writes ``said.json`` beside each. Pages that
the tests have captured with the same code are not opened again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.explanation.examples import SAID
from audit.model.finding import Family
from audit.rules import LoadedRule
from audit.rules import load as load_rules
from stepfree.installation import CONTENT_RULES
from tests.rules.document_examples import documents_of, results_of
from tests.rules.examples import PAGE_FAMILIES, TOLD, ExampleCaptures, examples_of, verdicts
from tests.rules.site_examples import FAMILIES, site_examples, site_of
from tests.rules.written_examples import messages, said_of


def record(rule: LoadedRule, said: Mapping[str, tuple[str, ...]]) -> None:
    """Write it down, in the order of names."""
    file = rule.folder / SAID
    told = {name: list(said[name]) for name in sorted(said) if said[name]}
    if told:
        file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    else:
        file.unlink(missing_ok=True)


def said(rule: LoadedRule, captures: ExampleCaptures) -> dict[str, tuple[str, ...]]:
    """What a rule says of each of its examples."""
    if rule.rule.family is Family.WRITING:
        return {each.file.name: said_of(rule, each.file) for each in examples_of(rule, ".md")}
    found: dict[str, tuple[str, ...]] = {}
    if rule.rule.family in FAMILIES:
        for each in (each for each in site_examples() if each.rule.id == rule.id):
            site = site_of(each.file)
            results = [rule.expect(site, target) for target in rule.applies(site)]
            found[each.file.name] = messages(result.message for result in results if result.outcome in TOLD)
    if rule.rule.family is Family.DOCUMENTS:
        with TemporaryDirectory() as folder:
            for each in examples_of(rule, ".yaml"):
                results = [
                    result
                    for _, _, document in documents_of(each.file, Path(folder))
                    for result in results_of(rule, document)
                ]
                found[each.file.name] = messages(result.message for result in results if result.outcome in TOLD)
    if rule.rule.family in PAGE_FAMILIES:
        for each in examples_of(rule, ".html"):
            if each.kind in {"fail", "ask"}:
                results = [one.result for one in verdicts(rule, captures.page(each.file, rule.rule.needs))]
                found[each.file.name] = messages(result.message for result in results if result.outcome in TOLD)
    return found


def main(names: list[str]) -> int:
    """Record the rules of these names; 2 when there is none of a name."""
    rules = load_rules((CONTENT_RULES,))
    unknown = [name for name in names if name not in rules]
    if unknown:
        sys.stderr.write(f"There is no rule {', '.join(unknown)}.\n")
        return 2
    wanted = [rules[name] for name in names] or list(rules.values())
    with ExampleCaptures() as captures:
        for number, rule in enumerate(wanted, start=1):
            sys.stderr.write(f"{number} of {len(wanted)}: {rule.id}\n")
            record(rule, said(rule, captures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
