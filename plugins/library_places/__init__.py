"""What differs from country to country: postal codes, the lines of an address, telephone numbers.

A library, not a plugin: schemas ask it whether an address is right, pages how it is written.
"""

from __future__ import annotations

from library_places.addresses import address_lines, country_of_zone, known_country, postal_meant, postal_problem
from library_places.maps import Point, distance, laid_out, rounded, wind
from library_places.telephones import tel_uri, telephone_problem

__all__ = [
    "Point",
    "address_lines",
    "country_of_zone",
    "distance",
    "known_country",
    "laid_out",
    "postal_meant",
    "postal_problem",
    "rounded",
    "tel_uri",
    "telephone_problem",
    "wind",
]
