"""Sites that are too heavy for the test suite, and faults of the machine while an audit runs."""
