"""Clean paragraphs and lists that look like faults, on which no rule about writing may state one."""
