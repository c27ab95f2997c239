"""What fields ask visitors of themselves (WCAG 2.2, section 7: input purposes), by what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from audit.model.document import Element
from audit.semantics.words import words

#: Words that say that something of the visitor's own is meant.
YOURS = frozenset({"your", "my", "votre", "vos", "mon", "ma", "mes"})
_BESIDE = YOURS | frozenset(
    ["the", "required", "optional", "obligatoire", "facultatif", "requis", "le", "la", "l", "de", "d", "or", "ou"]
)
#: What labels call the purposes, less the words above. The first line of each is read without doubt.
_PURPOSES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "full name", "nom complet", "prénom et nom", "nom et prénom"),
    "given-name": ("first name", "given name", "prénom"),
    "family-name": ("last name", "family name", "surname", "nom famille"),
    "email": (
        "email",
        "e mail",
        "email address",
        "e mail address",
        "courriel",
        "adresse courriel",
        "adresse électronique",
    ),
    "tel": (
        "telephone",
        "phone",
        "telephone number",
        "phone number",
        "mobile phone",
        "cell phone",
        "mobile number",
        "téléphone",
        "numéro téléphone",
    ),
    "street-address": (
        "street address",
        "mailing address",
        "home address",
        "postal address",
        "adresse postale",
        "adresse domicile",
    ),
    "postal-code": ("postal code", "postcode", "zip code", "code postal"),
    "bday": ("date birth", "date of birth", "birth date", "birthday", "date naissance"),
}
_BY_LABEL = {label: purpose for purpose, labels in _PURPOSES.items() for label in labels}
#: What else may be one's own, but as well somebody's or something's else: a mistaken purpose is believed, none is asked for.
_PERHAPS = frozenset(
    [
        "username",
        "user",
        "login",
        "password",
        "passphrase",
        "organization",
        "organisation",
        "company",
        "employer",
        "title",
        "initials",
        "nickname",
        "address",
        "street",
        "town",
        "city",
        "province",
        "state",
        "region",
        "county",
        "country",
        "language",
        "gender",
        "sex",
        "birth",
        "born",
        "card",
        "iban",
        "account",
        "website",
        "url",
        "photo",
        "impp",
        "prefix",
        "suffix",
        "surname",
        "postcode",
        "zip",
        "pin",
        "nom",
        "utilisateur",
        "identifiant",
        "mot",
        "passe",
        "entreprise",
        "organisme",
        "adresse",
        "rue",
        "ville",
        "pays",
        "langue",
        "sexe",
        "naissance",
        "carte",
        "compte",
    ]
)
#: The tokens of the HTML standard that stand for something of a person's own.
TOKENS = frozenset(
    [
        "name",
        "honorific-prefix",
        "given-name",
        "additional-name",
        "family-name",
        "honorific-suffix",
        "nickname",
        "organization-title",
        "username",
        "new-password",
        "current-password",
        "one-time-code",
        "organization",
        "street-address",
        "address-line1",
        "address-line2",
        "address-line3",
        "address-level4",
        "address-level3",
        "address-level2",
        "address-level1",
        "country",
        "country-name",
        "postal-code",
        "cc-name",
        "cc-given-name",
        "cc-additional-name",
        "cc-family-name",
        "cc-number",
        "cc-exp",
        "cc-exp-month",
        "cc-exp-year",
        "cc-csc",
        "cc-type",
        "transaction-currency",
        "transaction-amount",
        "language",
        "bday",
        "bday-day",
        "bday-month",
        "bday-year",
        "sex",
        "url",
        "photo",
        "tel",
        "tel-country-code",
        "tel-national",
        "tel-area-code",
        "tel-local",
        "tel-local-prefix",
        "tel-local-suffix",
        "tel-extension",
        "email",
        "impp",
        "webauthn",
    ]
)
#: How much of a token must agree with one of the standard to be a slip of the pen.
_ALIKE = 0.8
_PERSONAL_TYPES = frozenset({"email", "tel", "password"})


def purpose_of(label: str) -> str:
    """The purpose that a label names, as the token of ``autocomplete``; ``""`` for none or anything beside."""
    return _BY_LABEL.get(" ".join(word for word in words(label) if word not in _BESIDE), "")


def is_of_visitor(field: Element, label: str) -> bool:
    """Whether a field may ask for something of the visitor's own, by its label, its type, or a misspelt ``autocomplete``."""
    said = words(label)
    if purpose_of(label) or YOURS & set(said) or (field.get("type") or "").lower() in _PERSONAL_TYPES:
        return True
    rest = [word for word in said if word not in _BESIDE]
    # A label that is a datum and nothing else ("Username"); "Name of the lake" is about a lake.
    if rest and len(rest) <= 2 and all(word in _PERHAPS | {"name", "number", "code", "date"} for word in rest):
        return True
    return any(_is_slip(token) for token in (field.get("autocomplete") or "").lower().split())


def _is_slip(token: str) -> bool:
    bare = token.replace("-", "").replace("_", "")
    if bare in {"firstname", "lastname", "fullname", "phone", "telephone", "mobile", "zip", "zipcode", "postcode"}:
        return True
    return len(bare) > 3 and any(
        SequenceMatcher(None, bare, known.replace("-", "")).ratio() >= _ALIKE for known in TOKENS
    )
