"""The branch."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from library_schemas.base import Maybe, OwnPage, Words
from library_schemas.parts import Email, Geo, Hours, PostalAddress, Telephone

AccessFeature = Literal[
    "level entrance",
    "ramp",
    "automatic door",
    "elevator",
    "accessible washroom",
    "accessible parking",
    "assistive listening",
    "screen magnifier",
    "adjustable desk",
    "quiet space",
    "service animals welcome",
]


class Branch(OwnPage):
    """A place that people can visit. Its address and telephone number stand here and nowhere else."""

    type_name: ClassVar[str] = "branch"
    plural: ClassVar[str] = "branches"

    address: Annotated[PostalAddress, Field(description="Street, town and postal code")]
    phone: Annotated[Telephone, Field(description="Such as 705-555-0142")]
    email: Annotated[Maybe[Email], Field(description="The branch's address")] = None
    geo: Annotated[Maybe[Geo], Field(description="Latitude and longitude, for maps")] = None
    hours: Annotated[Hours, Field(description="The usual week, seasons and exceptions")]
    access: Annotated[tuple[AccessFeature, ...], Field(description="What makes the building usable for everyone")] = ()
    access_note: Annotated[
        Maybe[str], Field(description="What a visitor with a disability should know before coming")
    ] = None
    amenities: Annotated[tuple[Words, ...], Field(description="Printers, meeting room, Wi-Fi on the porch …")] = ()
    parking: Annotated[Maybe[str], Field(description="Where to park")] = None
    transit: Annotated[Maybe[str], Field(description="How to come without a car")] = None
    catalogue_code: Annotated[Maybe[str], Field(description="The branch's code in the catalogue")] = None
