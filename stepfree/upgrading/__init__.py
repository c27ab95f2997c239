"""What a new version of the program does to a library's website, found by building it with both versions."""
