"""The forms of the full screen, and the screens that it can be left on: how to get there, and how to see what was saved."""

import dataclasses

# Typed into every form that takes words; nothing of the made-up journal holds it.
WORD = "zebrawords"
READY = "help lines"
CTRL_C, CTRL_S, ESC, DOWN, RIGHT, LEFT = "\x03", "\x13", "\x1b", "\x1b[B", "\x1b[C", "\x1b[D"
# The row of Settings that says when a day ends.
TO_DAY_END = ("8", DOWN, DOWN, DOWN)


@dataclasses.dataclass
class Form:
    """`way` opens it, `fill` types, `save` saves; `rows` counts what is then in the journal. `has_draft`: outlives a kill."""

    name: str
    way: tuple
    fill: tuple
    save: tuple
    rows: str
    opened: str
    saved: str = "Saved"
    has_draft: bool = True
    has_word: bool = True


def record(kind):
    return f"SELECT count(*) FROM record WHERE kind = '{kind}' AND deleted_at IS NULL AND (fields LIKE '%{WORD}%' OR about LIKE '%{WORD}%')"


FORMS = (
    Form("check-in", ("c",), ("2", "n", WORD), (CTRL_S,), f"SELECT count(*) FROM check_in WHERE note LIKE '%{WORD}%'", "Check-in"),
    Form("brief check-in", ("b",), ("7",), ("\r",), "SELECT count(*) FROM check_in WHERE day = '2026-11-28' AND overall = 7", "Brief",
         has_word=False),
    Form("dose", ("d",), ("2", "\t", "\t", WORD), ("\r",), record("dose"), "Amount"),
    Form("urge", ("u",), ("3", "\t", WORD), ("\r",), record("urge"), "Strength"),
    Form("question", ("l", "question", "\r"), (WORD,), ("\r",), record("question"), "What you want to ask"),
    Form("reason", ("l", "reason", "\r"), (WORD,), ("\r",), record("reason"), "In your own words"),
    Form("measurement", ("l", "measure", "\r", "2"), ("71", "\t", "\t", WORD), ("\r",), record("measurement"), "Weight"),
    Form("practice", ("l", "practice done", "\r", "2"), ("20", "\t", "\t", "\t", WORD), ("\r",), record("practice"), "Meditation"),
    Form("other substance", ("l", "substance", "\r", "5"), ("2", "\t", WORD), ("\r",), record("substance"), "Caffeine"),
    Form("appointment", ("l", "appointment", "\r", "1"), ("1 Dec 14:00", "\t", WORD), ("\r",), record("appointment"), "Doctor visit"),
    Form("person", ("l", "person", "\r"), (WORD,), ("\r",), record("contact"), "Name"),
    Form("medicine", ("l", "medication", "\r", "other med", "\r"), (WORD,), ("\r",), record("medication"), "As prescribed"),
    Form("attempt", (":", "start an attempt", "\r"), ("\t", "\t", WORD), (CTRL_S,), f"SELECT count(*) FROM attempt WHERE name LIKE '%{WORD}%'",
         "Last use", saved="begun", has_draft=False),
    Form("plan", ("4", "n", "\r"), ("\r", "6", "\r", "\r", "10", "\r", "7", "\r", "2"), (CTRL_S,),
         "SELECT count(*) FROM record WHERE kind = 'plan' AND deleted_at IS NULL", "A new plan", saved="Plan begun", has_draft=False, has_word=False),
    Form("help line", ("!", "a"), (WORD, "\r", "123"), ("\r",), f"SELECT count(*) FROM help_line WHERE name LIKE '%{WORD}%'", "help line of your own",
         saved="stands among", has_draft=False),
    Form("own symptom", ("8", "\r", "a"), (WORD,), ("\r",), f"SELECT count(*) FROM symptom WHERE name LIKE '%{WORD}%'", "own symptom",
         saved=WORD, has_draft=False),
    Form("setting", TO_DAY_END, (), (RIGHT,), "SELECT count(*) FROM setting WHERE key = 'day_end'", "▌ Day ends at",
         saved="A day ends at", has_draft=False, has_word=False),
)


@dataclasses.dataclass
class Place:
    """Somewhere that the full screen can be left: the keys to it, what stands there, and what its draft has to hold."""

    name: str
    way: tuple
    seen: str
    draft: str = ""


PLACES = (
    Place("Today", (), "Day"),
    Place("check-in", ("c", "3", "2", "1"), "3 of", "severity"),
    Place("its note", ("c", "2", "n", WORD), WORD, WORD),
    Place("its overall", ("c", "o", "7"), "7", "7"),
    Place("its day", ("c", "D"), "ounts for"),
    Place("brief check-in", ("b", "7"), "7", "7"),
    Place("dose", ("d", "2", "\t", "\t", WORD), WORD, WORD),
    Place("urge", ("u", "3", "\t", WORD), WORD, WORD),
    Place("question", ("l", "question", "\r", WORD), WORD, WORD),
    Place("measurement", ("l", "measure", "\r", "2", "71"), "Weight", "71"),
    Place("what to log", ("l",), "What is it?"),
    Place("missing days", ("m",), "issing"),
    Place("trends", ("2",), "week"),
    Place("month", ("2", "v"), "[month]"),
    Place("series", ("2", "s", "nau"), "nau"),
    Place("history", ("3",), "2026"),
    Place("a day", ("3", "\r"), "2026"),
    Place("bin", ("3", "X"), "Bin"),
    Place("filter", ("3", "F"), "Filter"),
    Place("to a day", ("3", "D"), "To a day"),
    Place("search", ("/", WORD), WORD),
    Place("plan", ("4",), "plan"),
    Place("new plan", ("4", "n", "\r", "\r", "6"), "A new plan"),
    Place("care", ("5",), "Care"),
    Place("a medicine", ("5", "a", "\r"), "As prescribed"),
    Place("guide", ("7",), "Guide"),
    Place("search the guide", ("7", "/", "sleep"), "sleep"),
    Place("settings", ("8",), "Settings"),
    Place("symptoms", ("8", "\r"), "Symptoms"),
    Place("own symptom", ("8", "\r", "a", WORD), WORD),
    Place("every action", (":", "exp"), "exp"),
    Place("keys", ("?",), "Keys"),
    Place("help lines", ("!",), "mergency"),
    Place("own help line", ("!", "a", WORD), WORD),
    Place("calm page", ("Y",), ""),
    Place("an attempt", (":", "start an attempt", "\r", "\t", "\t", WORD), WORD),
)
