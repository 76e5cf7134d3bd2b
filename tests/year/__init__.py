"""A whole year, one day after the other: a slow and obvious reading of the rules beside the program's own."""
