"""What the program's exit codes say."""

DONE = 0
FAILED = 1
"""A page could not be read or cleaned."""
WRONG_USE = 2
"""The program was called in a wrong way, or a file could not be written."""
DROPPED = 3
"""A page was judged to hold no article, and none failed."""
