"""power"""

ROWS = []
