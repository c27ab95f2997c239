"""Documents with known faults, made from descriptions, and the measures taken on documents."""
