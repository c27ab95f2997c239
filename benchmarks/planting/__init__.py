"""How many faults of the W3C's catalogue are told when they are planted into real pages."""
