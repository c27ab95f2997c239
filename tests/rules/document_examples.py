"""The examples of rules about documents: descriptions, from which a document is made in each format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from audit.documents.model import Document
from audit.documents.reading import read
from audit.model.finding import Family
from audit.model.rule import Result
from audit.rules import LoadedRule
from audit.rules import load as load_rules
from benchmarks.documents.description import Description, record_of
from benchmarks.documents.description import read as read_description
from benchmarks.documents.making import make
from tests.rules.examples import Example, examples_of


def document_examples() -> list[Example]:
    """All examples of the rules about documents."""
    rules = [rule for rule in load_rules().values() if rule.rule.family is Family.DOCUMENTS]
    return [example for rule in rules for example in examples_of(rule, ".yaml")]


def documents_of(file: Path, folder: Path) -> Iterator[tuple[str, Description, Document]]:
    """The documents that a description is made into, with their format."""
    description = read_description(file)
    for kind in description["formats"]:
        made = read(make(description, kind, folder / f"example.{kind}"))
        record = record_of(description)
        yield kind, description, replace(made, address=f"/example.{kind}", name=f"example.{kind}", record=record)


def results_of(rule: LoadedRule, document: Document) -> list[Result]:
    """Everything that a rule says of a document."""
    return [rule.expect(document, target) for target in rule.applies(document)]
