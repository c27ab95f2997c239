"""How far the rules hold when their own examples are written in another way."""
