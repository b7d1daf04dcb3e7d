"""errors"""

ROWS = []
