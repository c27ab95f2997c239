"""The content types of the library: one schema each.

A schema is the only place where the fields of a type are declared. From it come
the validation of front matter, the templates' data, feeds, structured data, the
editor's forms and the tables of the handbook. Field descriptions are therefore
written for the person who fills them in.

The modules: ``base`` (what every type has), ``parts`` (addresses, hours, pictures …),
``place`` (branch), ``resource`` (e-resource, equipment, booklist), ``activity``
(program, service, meeting), ``statement`` (page, notice, news, policy, document,
question, staff role, redirect) and ``library`` (``content/library.yml``).

A library, not a plugin: whatever reads or writes content asks it.
"""

from __future__ import annotations

from library_schemas.activity import Meeting, Program, Service
from library_schemas.base import OwnPage, Placed, Record
from library_schemas.library import Library
from library_schemas.place import Branch
from library_schemas.resource import Booklist, Equipment, EResource
from library_schemas.statement import (
    Document,
    HomePage,
    News,
    Notice,
    PageRecord,
    Policy,
    Question,
    Redirect,
    StaffRole,
)

#: Folder below ``content/`` → schema of the files in it.
CONTENT_TYPES: dict[str, type[Record]] = {
    "pages": PageRecord,
    "branches": Branch,
    "e-resources": EResource,
    "programs": Program,
    "services": Service,
    "equipment": Equipment,
    "booklists": Booklist,
    "notices": Notice,
    "news": News,
    "policies": Policy,
    "meetings": Meeting,
    "documents": Document,
    "staff": StaffRole,
    "questions": Question,
    "redirects": Redirect,
}

__all__ = [
    "CONTENT_TYPES",
    "Booklist",
    "Branch",
    "Document",
    "EResource",
    "Equipment",
    "HomePage",
    "Library",
    "Meeting",
    "News",
    "Notice",
    "OwnPage",
    "PageRecord",
    "Placed",
    "Policy",
    "Program",
    "Question",
    "Record",
    "Redirect",
    "Service",
    "StaffRole",
]
