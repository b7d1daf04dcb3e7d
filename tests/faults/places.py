"""places"""

ROWS = []
