"""How a figure stands in the table."""

import dataclasses
import statistics

HEAD = "what | goal | figure | "


@dataclasses.dataclass
class Row:
    """`met`: None where there is no goal, or where it could not be measured."""

    what: str
    goal: str
    figure: str
    met: object = None

    def line(self):
        verdict = {None: "", True: "met", False: "MISSED"}[self.met]
        return f"{self.what} | {self.goal or '-'} | {self.figure} | {verdict}"


def skipped(what, reason):
    return Row(what, "", f"SKIPPED: {reason}")


def median(values):
    return statistics.median(values)


def spread(values, unit, scale=1.0, digits=2):
    """Median and the least and the most."""
    low, middle, high = (f"{value * scale:.{digits}f}" for value in (min(values), median(values), max(values)))
    return f"{middle} {unit} [{low}–{high}]"


def quantile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, round(part * (len(values) - 1)))]


def ratio(ours, theirs):
    """The median of the ratios of each round: what the machine did meanwhile it did to both."""
    return median([a / b for a, b in zip(ours, theirs)])
