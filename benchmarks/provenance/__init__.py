"""Whether the audit names the file and line that a fault was planted on."""
