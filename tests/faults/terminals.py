"""terminals"""

ROWS = []
