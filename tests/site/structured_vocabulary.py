"""Every piece of structured data of a site: known types and properties, what must be there, sound values.

The properties are those that schema.org (version 29) gives the type or one above it (Library is
a LocalBusiness and a CivicStructure; the kinds of Event are Events). Required and recommended
ones are those of Google's pages on local businesses, events and breadcrumbs.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.site.whole_site import WholeSite

_THING = {"@type", "@id", "name", "description", "url", "image", "sameAs"}
_EVENT = _THING | {
    "inLanguage", "startDate", "endDate", "previousStartDate", "eventStatus", "eventAttendanceMode", "location",
    "organizer", "offers", "isAccessibleForFree", "typicalAgeRange", "maximumAttendeeCapacity",
}  # fmt: skip
_EVENT_TYPES = {
    "Event",
    "LiteraryEvent",
    "ScreeningEvent",
    "ChildrensEvent",
    "EducationEvent",
    "SaleEvent",
    "SocialEvent",
}

#: Type → every property that schema.org has for it and that we use.
PROPERTIES: dict[str, set[str]] = {
    "Library": _THING | {
        "telephone", "email", "address", "department", "parentOrganization", "openingHoursSpecification",
        "specialOpeningHoursSpecification", "isAccessibleForFree", "publicAccess", "geo", "amenityFeature",
    },
    "Organization": _THING | {"telephone", "email", "address"},
    "PostalAddress": {
        "@type", "streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry",
    },
    "GeoCoordinates": {"@type", "latitude", "longitude"},
    "OpeningHoursSpecification": {"@type", "dayOfWeek", "opens", "closes", "validFrom", "validThrough"},
    "LocationFeatureSpecification": {"@type", "name", "value"},
    "BreadcrumbList": {"@type", "itemListElement"},
    "ListItem": {"@type", "position", "name", "item"},
    "Place": _THING | {"address"},
    "VirtualLocation": _THING,
    "Offer": {"@type", "price", "priceCurrency", "availability", "url", "validFrom"},
    **dict.fromkeys(_EVENT_TYPES, _EVENT),
}  # fmt: skip
#: Type → what must be there.
REQUIRED: dict[str, set[str]] = {
    "Library": {"name", "address", "telephone", "url"},
    "Organization": {"name"},
    "PostalAddress": PROPERTIES["PostalAddress"],
    "GeoCoordinates": PROPERTIES["GeoCoordinates"],
    "OpeningHoursSpecification": {"opens", "closes"},
    "LocationFeatureSpecification": {"name", "value"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "Place": {"name", "address"},
    "VirtualLocation": {"url"},
    "Offer": PROPERTIES["Offer"] - {"validFrom"},
    # Google requires name, startDate and location, and recommends the others; images where there is one.
    **{
        kind: {
            "name",
            "startDate",
            "endDate",
            "location",
            "description",
            "eventStatus",
            "eventAttendanceMode",
            "organizer",
        }
        for kind in _EVENT_TYPES
    },
}
_ENUMERATED = {
    "eventStatus": {"EventScheduled", "EventCancelled", "EventPostponed", "EventRescheduled"},
    "eventAttendanceMode": {"OfflineEventAttendanceMode", "OnlineEventAttendanceMode", "MixedEventAttendanceMode"},
    "availability": {"InStock", "SoldOut"},
    "dayOfWeek": {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
}
_SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def _things(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "@id" not in value or set(value) - {"@id", "@type", "name"}:  # else no more than a reference
            yield value
        for inner in value.values():
            yield from _things(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _things(inner)


def documents_of(site: WholeSite) -> dict[str, list[dict[str, Any]]]:
    """Address → what its structured data says."""
    found = {}
    for address, text in site.pages.items():
        if script := _SCRIPT.search(text):
            document = json.loads(script[1])
            assert document["@context"] == "https://schema.org", address
            found[address] = document["@graph"]
    return found


def things_of(site: WholeSite) -> list[tuple[str, dict[str, Any]]]:
    """Every thing that is described: address of its page, and the thing."""
    return [(address, thing) for address, graph in documents_of(site).items() for thing in _things(graph)]


class StructuredVocabulary:
    """For a module that has a fixture ``site``."""

    def test_types_and_properties_are_those_of_the_vocabulary(self, site: WholeSite) -> None:
        things = things_of(site)
        wrong = {
            (address, thing.get("@type"), name)
            for address, thing in things
            for name in set(thing) - PROPERTIES.get(thing.get("@type", ""), set())
        }
        assert wrong == set()
        assert {thing["@type"] for _, thing in things} >= {
            "Library",
            "Event",
            "BreadcrumbList",
            "Offer",
            "VirtualLocation",
        }

    def test_what_is_required_is_there_and_not_empty(self, site: WholeSite) -> None:
        things = things_of(site)
        wrong = {
            (address, thing["@type"], name)
            for address, thing in things
            for name in REQUIRED[thing["@type"]]
            if thing.get(name) in (None, "", [])
        }
        assert wrong == set()

    def test_values_are_of_their_kind(self, site: WholeSite) -> None:
        things = things_of(site)
        for address, thing in things:
            for name, value in thing.items():
                if name in _ENUMERATED:
                    assert value.removeprefix("https://schema.org/") in _ENUMERATED[name], (address, name, value)
                elif name in {"startDate", "endDate", "previousStartDate"}:
                    assert dt.datetime.fromisoformat(value).tzinfo is not None, (address, name)
                elif name in {"validFrom", "validThrough"}:
                    dt.date.fromisoformat(value)
                elif name in {"opens", "closes"}:
                    dt.time.fromisoformat(value)
                elif name in {"url", "item", "@id"}:
                    assert urlsplit(value).scheme in {"https", "mailto", "tel"}, (address, name, value)
                elif name == "addressRegion":
                    assert value == "ON"
            if "startDate" in thing:
                assert thing["startDate"] < thing["endDate"], address
                assert ("previousStartDate" in thing) <= thing["eventStatus"].endswith("Rescheduled"), address
            if "latitude" in thing:
                assert 41 < thing["latitude"] < 57
                assert -96 < thing["longitude"] < -74

    def test_ids_are_unique_and_references_lead_somewhere(self, site: WholeSite) -> None:
        documents = documents_of(site)
        for address, graph in documents.items():
            ids = [item["@id"] for item in graph if "@id" in item]
            assert len(ids) == len(set(ids)), address
        branches = {item["@id"] for graph in documents.values() for item in graph if item["@type"] == "Library"}
        departments = {each["@id"] for item in documents["/"] for each in item.get("department", ())}
        assert departments
        assert departments <= branches

    def test_pages_that_need_it_have_it(self, site: WholeSite) -> None:
        documents = documents_of(site)
        for address, text in site.pages.items():
            if re.fullmatch(r"(/fr)?/branches/[^/]+/", address):
                assert documents[address][0]["@type"] == "Library", address
                assert "geo" in documents[address][0], address
            if re.fullmatch(r"/programs/[^/]+/", address) and 'class="plain dates"' in text:
                assert {item["@type"] for item in documents[address]} & _EVENT_TYPES, address
