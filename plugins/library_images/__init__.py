"""Pictures as they are published: turned upright, made small, without what a camera wrote into them.

A library, not a plugin: the site generator asks for each picture that is used.
"""

from __future__ import annotations

from library_images.pipeline import Published, publish_picture, svg_problems, svg_size

__all__ = ["Published", "publish_picture", "svg_problems", "svg_size"]
