"""Lists that are written: tables, files, and what they could not hold."""
