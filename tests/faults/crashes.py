"""crashes"""

ROWS = []
