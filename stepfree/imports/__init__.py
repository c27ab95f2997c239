"""Moving in: what another system exports becomes drafts of a library's website."""
