"""damage"""

ROWS = []
