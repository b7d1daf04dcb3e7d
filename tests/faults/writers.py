"""writers"""

ROWS = []
