"""One visit to a page records facts; rules never see the browser.

``document`` holds the shape of what is recorded (an element, a document under one
condition), ``page`` the whole visit. Everything is plain, frozen and serialisable.
"""
