"""JSON-LD for one page, from the same data that the page shows.

Sources: schema.org types Library, Event, BreadcrumbList, OpeningHoursSpecification; the
required and recommended properties that Google's documentation names for Event, LocalBusiness
and BreadcrumbList.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

from library_hours.engine import exception_on, season_dates
from library_model.model import Page, Settings, Site
from library_places import tel_uri
from library_schemas import Library
from library_schemas.parts import WEEKDAYS, OpenSpan, Week
from library_views.views import OccurrenceView, ProgramView
from library_words.translate import currency
from library_words.voice import first_language, voice

_SCHEMA = "https://schema.org"
_AHEAD = dt.timedelta(days=180)
#: How many occurrences of a program are written as events.
_EVENTS = 12
_STATUS = {
    "scheduled": "EventScheduled",
    "full": "EventScheduled",
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",
    "moved": "EventRescheduled",
}
_EVENT_TYPES = {
    "storytime": "ChildrensEvent",
    "book club": "LiteraryEvent",
    "author visit": "LiteraryEvent",
    "coding and technology": "EducationEvent",
    "learning": "EducationEvent",
    "tech help": "EducationEvent",
    "film": "ScreeningEvent",
    "sale": "SaleEvent",
}


def page_jsonld(site: Site, page: Page) -> str:
    """Return the JSON-LD of a page, safe inside a ``script`` element, or an empty string."""
    graph: list[dict[str, Any]] = []
    if page.type == "branches" and page.record is not None:
        graph.append(_branch(site, page))
    elif page.template == "home":
        graph.append(_organization(site))
    elif page.type == "programs" and isinstance(page.view, ProgramView):
        graph.extend(_events(site, page, page.view))
    crumbs = _breadcrumb(site, page)
    if crumbs:
        graph.append(crumbs)
    if not graph:
        return ""
    document = {"@context": _SCHEMA, "@graph": graph}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    # Nothing in the data may end the script element (HTML, "Restrictions on the contents of script elements").
    return text.replace("<", "\\u003c")


def _absolute(settings: Settings, address: str) -> str:
    origin = settings.origin or settings.library.url.rstrip("/")
    return origin + address if address.startswith("/") else address


def _organization(site: Site) -> dict[str, Any]:
    library = site.settings.library
    return {
        "@type": "Library",
        "@id": _library_id(site),
        "name": library.name,
        "url": _absolute(site.settings, f"{site.settings.base_path}/"),
        "telephone": _telephone(library.phone),
        "email": library.email,
        "address": _address(library),
        **({"sameAs": [link.url for link in library.social]} if library.social else {}),
        "department": [
            {"@id": _absolute(site.settings, page.url) + "#library"}
            for page in site.of_type("branches", first_language())
        ],
    }


def _library_id(site: Site) -> str:
    return f"{site.settings.library.url.rstrip('/')}/#library"


def _branch(site: Site, page: Page) -> dict[str, Any]:
    record = page.record
    settings = site.settings
    found: dict[str, Any] = {
        "@type": "Library",
        "@id": f"{_absolute(settings, page.url)}#library",
        "name": page.title,
        "url": _absolute(settings, page.url),
        "telephone": _telephone(record.phone),
        "address": _address(record),
        "parentOrganization": {"@type": "Library", "@id": _library_id(site), "name": settings.library.name},
        "openingHoursSpecification": _opening_hours(record.hours, settings),
        "specialOpeningHoursSpecification": _special_hours(record.hours, settings),
        "isAccessibleForFree": True,
        "publicAccess": True,
    }
    if record.email:
        found["email"] = record.email
    if record.geo is not None:
        found["geo"] = {"@type": "GeoCoordinates", "latitude": record.geo.latitude, "longitude": record.geo.longitude}
    if record.access:
        found["amenityFeature"] = [
            {"@type": "LocationFeatureSpecification", "name": feature, "value": True} for feature in record.access
        ]
    if page.view is not None and page.view.picture is not None:
        found["image"] = _absolute(settings, page.view.picture.url)
    return found


def _opening_hours(hours: Any, settings: Settings) -> list[dict[str, Any]]:
    """The usual week, then each season with its dates; closed days are the ones not named."""
    rows = _week_rows(hours.week)
    for season in hours.seasons:
        first, last = season_dates(season, settings.today)
        dates = {"validFrom": first.isoformat(), "validThrough": last.isoformat()}
        rows += [{**row, **dates} for row in _week_rows(season.week, closed=True)]
    return rows


def _week_rows(week: Week, *, closed: bool = False) -> list[dict[str, Any]]:
    rows = []
    for day in WEEKDAYS:
        name = f"{_SCHEMA}/{day.capitalize()}"
        rows += [_row(name, span) for span in week.day(day)]
        if closed and not week.day(day):
            rows.append({"@type": "OpeningHoursSpecification", "dayOfWeek": name, "opens": "00:00", "closes": "00:00"})
    return rows


def _row(day: str, span: OpenSpan) -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": day,
        "opens": f"{span.opens:%H:%M}",
        "closes": f"{span.closes:%H:%M}",
    }


def _special_hours(hours: Any, settings: Settings) -> list[dict[str, Any]]:
    """Days that differ: closed ones have opens = closes = 00:00, as Google's documentation asks."""
    today = settings.today
    rows: list[dict[str, Any]] = []
    for each in sorted((*hours.exceptions, *settings.library.closures), key=lambda each: each.date):
        last = each.until or each.date
        if last < today or each.date > today + _AHEAD:
            continue
        if each not in hours.exceptions and exception_on(hours.exceptions, each.date) is not None:
            continue  # the branch has its own word for these days
        dates = {"validFrom": each.date.isoformat(), "validThrough": last.isoformat()}
        spans = [(f"{s.opens:%H:%M}", f"{s.closes:%H:%M}") for s in each.hours] or [("00:00", "00:00")]
        rows += [
            {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes, **dates} for opens, closes in spans
        ]
    return rows


def _events(site: Site, page: Page, view: ProgramView) -> list[dict[str, Any]]:
    return [_event(site, page, view, each) for each in view.occurrences[:_EVENTS]]


def _event(site: Site, page: Page, view: ProgramView, each: OccurrenceView) -> dict[str, Any]:
    settings = site.settings
    record = page.record
    zone = ZoneInfo(settings.library.timezone)
    address = _absolute(settings, page.url)
    online = bool(record.online)
    in_person = each.branch is not None or bool(record.place) or bool(each.place and not online)
    mode = "Mixed" if online and in_person else "Online" if online else "Offline"
    found: dict[str, Any] = {
        "@type": _EVENT_TYPES.get(record.kind, "Event"),
        "@id": f"{address}#{each.anchor}",
        "name": page.title,
        "description": record.summary,
        "url": f"{address}#{each.anchor}",
        "inLanguage": page.lang,
        "startDate": each.starts.replace(tzinfo=zone).isoformat(),
        "endDate": each.ends.replace(tzinfo=zone).isoformat(),
        "eventStatus": f"{_SCHEMA}/{_STATUS[each.state]}",
        "eventAttendanceMode": f"{_SCHEMA}/{mode}EventAttendanceMode",
        "location": _locations(site, record, each, in_person=in_person),
        "organizer": _organizer(settings, record.organizer),
        "isAccessibleForFree": record.cost.lower() in {"free", "gratuit"},
    }
    if each.was is not None:
        found["previousStartDate"] = each.was.replace(tzinfo=zone).isoformat()
    if record.ages:
        found["typicalAgeRange"] = record.ages
    if record.capacity:
        found["maximumAttendeeCapacity"] = record.capacity
    if view.picture is not None:
        found["image"] = [_absolute(settings, view.picture.url)]
    if found["isAccessibleForFree"]:
        available = "SoldOut" if each.state == "full" else "InStock"
        found["offers"] = {
            "@type": "Offer",
            "price": 0,
            "priceCurrency": currency(),
            "availability": f"{_SCHEMA}/{available}",
            "url": record.registration.url or address,
        }
        if record.registration.opens is not None:
            found["offers"]["validFrom"] = record.registration.opens.isoformat()
    return found


def _organizer(settings: Settings, outside: str | None) -> dict[str, Any]:
    """Who runs it: ourselves with our address, or somebody whose address we do not know."""
    if outside:
        return {"@type": "Organization", "name": outside}
    return {
        "@type": "Organization",
        "name": settings.library.name,
        "url": _absolute(settings, f"{settings.base_path}/"),
    }


def _locations(site: Site, record: Any, each: OccurrenceView, *, in_person: bool) -> Any:
    found: list[dict[str, Any]] = []
    if in_person:
        place: dict[str, Any] = {"@type": "Place", "name": each.place}
        if each.branch is not None:
            place["address"] = _address(each.branch.record)
        else:
            # The address of an outside place stands in its words.
            place["address"] = each.place
        found.append(place)
    if record.online:
        found.append({"@type": "VirtualLocation", "url": record.online})
    if not found:
        found.append({"@type": "Place", "name": site.settings.library.name, "address": _address(site.settings.library)})
    return found[0] if len(found) == 1 else found


def _breadcrumb(site: Site, page: Page) -> dict[str, Any] | None:
    if len(page.breadcrumb) < 2:
        return None
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": words, "item": _absolute(site.settings, address)}
            for position, (words, address) in enumerate(page.breadcrumb, start=1)
        ],
    }


def _address(owner: Library | Any) -> dict[str, Any]:
    address = owner.address
    return {
        "@type": "PostalAddress",
        "streetAddress": address.street,
        "addressLocality": address.town,
        **({"addressRegion": address.province} if address.province else {}),
        "postalCode": address.postal_code,
        "addressCountry": voice().country,
    }


def _telephone(number: str) -> str:
    return tel_uri(number, voice().country).removeprefix("tel:").replace(";ext=", ",")
