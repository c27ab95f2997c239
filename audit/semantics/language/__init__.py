"""Which language a text is in, and which language the page says it is in."""
