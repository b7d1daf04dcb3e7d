"""The forms of the full screen, and the screens that it can be left on: how to get there, and how to see what was saved."""

import dataclasses
import os

import lab
import screen

# Typed into every form that takes words; nothing of the made-up journal holds it.
WORD = "zebrawords"
READY = "help lines"
CTRL_C, CTRL_S, ESC, DOWN, RIGHT = "\x03", "\x13", "\x1b", "\x1b[B", "\x1b[C"


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
    Form("appointment", ("l", "appointment", "\r", "1"), (WORD,), ("\r",), record("appointment"), "Doctor visit"),
    Form("person", ("l", "person", "\r"), (WORD,), ("\r",), record("contact"), "Name"),
    Form("medicine", ("l", "medication", "\r", "other med", "\r"), (WORD,), ("\r",), record("medication"), "As prescribed"),
    Form("attempt", (":", "start an attempt", "\r"), ("\t", "\t", WORD), (CTRL_S,), f"SELECT count(*) FROM attempt WHERE name LIKE '%{WORD}%'",
         "Last use", saved="begun", has_draft=False),
    Form("plan", ("4", "n", "\r"), ("\r", "6", "\r", "\r", "10", "\r", "7", "\r", "2"), (CTRL_S,),
         "SELECT count(*) FROM record WHERE kind = 'plan' AND deleted_at IS NULL", "A new plan", saved="Plan begun", has_draft=False, has_word=False),
    Form("help line", ("!", "a"), (WORD, "\r", "123"), ("\r",), f"SELECT count(*) FROM help_line WHERE name LIKE '%{WORD}%'", "help line of your own",
         saved="stands among", has_draft=False),
    Form("own symptom", ("8", "\r", "a"), (WORD, "\r"), ("\r",), f"SELECT count(*) FROM symptom WHERE name LIKE '%{WORD}%'", "own symptom",
         saved=WORD, has_draft=False),
    Form("setting", ("8", DOWN), (), (RIGHT,), "SELECT count(*) FROM setting WHERE key = 'day_end' AND value <> '240'", "Day ends at",
         saved="A day ends at", has_draft=False, has_word=False),
)
