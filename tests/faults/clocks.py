"""The clock: it jumps, leaps over an hour, stands in another zone, and a day ends at night. Rows 27 to 30."""

import datetime
import json
import zoneinfo

import checks
import lab
import windows
from forms import LEFT, READY, RIGHT, TO_DAY_END

# What a clock that was set wrong does between two entries, in seconds.
JUMPS = (-1, 1, -60, 3600, -3600, 86400, -86400, 40 * 86400, -40 * 86400, 365 * 86400, -365 * 86400, -730 * 86400)
NIGHT = datetime.timedelta(hours=4)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
# Days that lack their midnight, an hour, half an hour, or themselves.
ODD = (
    ("America/New_York", "2026-03-08 02:30"), ("Europe/Berlin", "2026-10-25 02:30"), ("Africa/Cairo", "2026-04-24 00:30"), ("America/Havana", "2026-03-08 00:30"), ("Asia/Beirut", "2026-03-29 00:30"),
    ("America/Santiago", "2026-09-06 00:30"), ("Australia/Lord_Howe", "2026-10-04 02:15"), ("Pacific/Apia", "2011-12-30 12:00"), ("Africa/Casablanca", "2026-02-15 02:30"),
)


def noted(room, journal, kind="urge"):
    code, out, errors = room.run(journal, "entry", kind, "list", "--all", "--json")
    if code:
        raise checks.Broken(f"no list: {code}: {errors.strip()[:160]}")
    return json.loads(out)["records"]


def jumps(room):
    """Row 27: whatever the clock does between them, every entry is kept, at its own moment, in the order of moments."""

    def trial(number):
        journal = room.at(f"jumps-{number}", "journal.db")
        checks.begun(room, journal)
        now = datetime.datetime(2026, 11, 28, 10, 0)
        kept = [record["at"][:16] for record in noted(room, journal)]
        bad = []
        for _ in range(8):
            now += datetime.timedelta(seconds=room.random.choice(JUMPS))
            code, _, errors = room.run(journal, "urge", "2", now=f"{now:%Y-%m-%d %H:%M}")
            if code == 0:
                kept.append(f"{now:%Y-%m-%dT%H:%M}")
            elif checks.RAW.search(errors) or not errors.strip():
                bad.append(f"{number}: at {now} ends with {code}: {errors.strip()[:160]}")
            else:
                bad.append(f"{number}: at {now} is refused: {errors.strip()[:160]}")
            code, _, errors = room.run(journal, "status", now=f"{now:%Y-%m-%d %H:%M}")
            if code:
                bad.append(f"{number}: status at {now} ends with {code}: {errors.strip()[:160]}")
        there = [record["at"][:16] for record in noted(room, journal)]
        if sorted(there) != sorted(kept):
            bad.append(f"{number}: {len(kept)} were saved, {len(there)} are there")
        if there != sorted(there, reverse=True) and there != sorted(there):
            bad.append(f"{number}: the list has no order: {there}")
        return bad

    count = checks.count(room, 60, 6)
    return checks.tried(range(count), trial, f"{count * 8} jumps of a second to two years")


def keeps_no_past(room):
    """A program that drops what is older than what it has."""
    checks.program_that(room, 'case "$4" in 2026-1[12]*|2027*|2028*) exec "$EBB" "$@";; esac; case "$*" in *" urge "*) exit 0;; esac; exec "$EBB" "$@"')
    return jumps(room)


def transitions(zone, year=2026):
    """The moments of a year at which a zone's clock is moved: where it would stand or stood, and by how much."""
    info = zoneinfo.ZoneInfo(zone)
    begin = datetime.datetime(year, 1, 1, tzinfo=datetime.timezone.utc)
    found = []
    # A day that begins and ends with one offset holds no change; of the others each half hour is looked at.
    for day in (begin + datetime.timedelta(days=at) for at in range(365)):
        if offset(day, info) == offset(day + datetime.timedelta(days=1), info):
            continue
        for at in (day + datetime.timedelta(minutes=30 * half) for half in range(48)):
            after = at + datetime.timedelta(minutes=30)
            by = offset(after, info) - offset(at, info)
            if by:
                # Behind the change: of a leap forward what was left out, of one back what comes a second time.
                found.append((after.astimezone(info).replace(tzinfo=None) - max(by, NOTHING), by))
    return found


def offset(moment, info):
    return moment.astimezone(info).utcoffset()


def leaps(room):
    """Row 28: a time that came twice or never, in every zone that has one: saved, with an offset that the zone had on that day."""
    named = [(zone, datetime.datetime.fromisoformat(moment)) for zone, moment in ODD]
    others = []
    for zone in sorted(zoneinfo.available_timezones()):
        for wall, by in transitions(zone):
            # Half of the way into what was left out or came again.
            others.append((zone, wall + abs(by) / 2))

    def trial(item):
        number, (zone, wall) = item
        name = f"{zone} {wall}"
        journal = room.at(f"leap-{number}", "journal.db")
        checks.begun(room, journal)
        later = f"{wall + datetime.timedelta(days=3):%Y-%m-%d %H:%M}"
        code, _, errors = room.run(journal, "dose", "2g", "powder", "--at", f"{wall:%Y-%m-%d %H:%M}", now=later, TZ=zone)
        is_missing_day = zone == "Pacific/Apia"
        if code:
            return [] if is_missing_day and not checks.RAW.search(errors) else [f"{name}: ends with {code}: {errors.strip()[:160]}"]
        there = [record for record in noted(room, journal, "dose") if record["date"] != "2026-11-21"]
        if len(there) != 1:
            return [f"{name}: {len(there)} doses"]
        at = datetime.datetime.fromisoformat(there[0]["at"])
        info = zoneinfo.ZoneInfo(zone)
        bad = []
        if at.utcoffset() != at.astimezone(info).utcoffset():
            bad.append(f"{name}: {at} is no time of the zone, which had {at.astimezone(info)}")
        if abs(at.replace(tzinfo=None) - wall) > datetime.timedelta(hours=24 if is_missing_day else 2):
            bad.append(f"{name}: stands at {at}")
        if there[0]["date"] != f"{(at.replace(tzinfo=None) - NIGHT):%Y-%m-%d}":
            bad.append(f"{name}: counts for {there[0]['date']}, at {at}")
        for verb in ("status", "trend", "history"):
            code, _, errors = room.run(journal, verb, now=later, TZ=zone)
            if code:
                bad.append(f"{name}: {verb} ends with {code}: {errors.strip()[:160]}")
        return bad

    items = [*named, *checks.pick(room, others, short=12)]
    return checks.tried(list(enumerate(items)), trial, f"{len(items)} moments, {len({zone for zone, _ in items})} zones")


NOTHING = datetime.timedelta(0)


def knows_one_offset(room):
    """A program for which every day has the offset of Greenwich."""
    checks.program_that(room, 'TZ=UTC exec "$EBB" "$@"')
    return leaps(room)


def journeys(room):
    """Row 29: noted in three zones and read in a fourth: the day and the time on the wall stay those of the place."""

    def trial(number):
        journal = room.at(f"journey-{number}", "journal.db")
        checks.begun(room, journal)
        expected = {}
        for step, zone in enumerate(room.random.sample(ZONES, 3)):
            wall = datetime.datetime(2026, 6, 1 + step * 3, room.random.randrange(24), room.random.randrange(60))
            code, _, errors = room.run(journal, "dose", f"{step + 1}g", "powder", now=f"{wall:%Y-%m-%d %H:%M}", TZ=zone)
            if code:
                return [f"{zone} {wall}: ends with {code}: {errors.strip()[:160]}"]
            offset = wall.replace(tzinfo=zoneinfo.ZoneInfo(zone)).utcoffset()
            expected[step + 1.0] = (f"{wall:%Y-%m-%dT%H:%M}", offset, f"{wall - NIGHT:%Y-%m-%d}")
        bad = []
        for zone in (*ZONES, "UTC"):
            code, out, errors = room.run(journal, "entry", "dose", "list", "--json", TZ=zone, now="2026-07-01 12:00")
            there = {record["fields"]["amount"]: record for record in json.loads(out)["records"] if record["date"] < "2026-11"} if code == 0 else {}
            for amount, (wall, offset, day) in expected.items():
                record = there.get(amount, {"at": "1970-01-01T00:00+00:00", "date": ""})
                at = datetime.datetime.fromisoformat(record["at"])
                if (record["at"][:16], at.utcoffset(), record["date"]) != (wall, offset, day):
                    bad.append(f"{number}: read in {zone}: {record['at']}, counts for {record['date']}; noted {wall} {offset}, for {day}: {errors.strip()[:100]}")
        return bad

    count = checks.count(room, 40, 4)
    return checks.tried(range(count), trial, f"{count * 3} entries of {len(ZONES)} zones, read in {len(ZONES) + 1}")


def lives_in_one_zone(room):
    """A program that notes everything in one zone."""
    checks.program_that(room, 'case "$*" in *" dose "*g\\ powder*) TZ=Asia/Tokyo exec "$EBB" "$@";; esac; exec "$EBB" "$@"')
    return journeys(room)


def nights(room, keeps=False):
    """Row 30: every minute of a day around each end of it counts for exactly one day. `keeps`: the day goes on ending at four."""

    def trial(hour):
        journal = room.at(f"night-{hour}", "journal.db")
        checks.begun(room, journal)
        if not keeps:
            with checks.opened(room, journal) as seen:
                seen.wait_for(READY)
                seen.settle()
                seen.type(*TO_DAY_END)
                while f"▌ Day ends at {hour:02}:00" not in seen.flat():
                    seen.wait_for("▌ Day ends at")
                    seen.type(RIGHT if hour > 4 else LEFT)
                windows.left(seen, "settings")
        minutes = {(hour * 60 + by) % 1440 for by in (-2, -1, 0, 1, 2)} | {0, 1, 1438, 1439, 720} | set(range(0, 1440, step))
        wrong = []
        for minute in sorted(minutes):
            at = datetime.datetime(2026, 11, 10) + datetime.timedelta(minutes=minute)
            code, _, errors = room.run(journal, "urge", "1", "--at", f"{at:%Y-%m-%d %H:%M}", now="2026-11-28 10:00")
            if code:
                wrong.append(f"{hour}: {at} ends with {code}: {errors.strip()[:160]}")
        there = {record["at"][:16]: record["date"] for record in noted(room, journal)}
        for minute in sorted(minutes):
            at = datetime.datetime(2026, 11, 10) + datetime.timedelta(minutes=minute)
            day = f"{at - datetime.timedelta(hours=hour):%Y-%m-%d}"
            if there.get(f"{at:%Y-%m-%dT%H:%M}") != day:
                wrong.append(f"a day ends at {hour}: {at} counts for {there.get(f'{at:%Y-%m-%dT%H:%M}')}, not {day}")
        return wrong

    step = 5 if checks.count(room, 1, 0) == 1 else 120
    hours = range(8) if step == 5 else (0, 6)
    outcome = checks.tried(hours, trial)
    return lab.Outcome(outcome.runs * 1440 // step, outcome.bad, f"{len(list(hours))} ends of a day, every {step} minutes and each edge")


ROWS = [
    lab.Row(27, "a clock that jumps", jumps, checks.controls(keeps_no_past)),
    lab.Row(28, "hours that come twice or never", leaps, checks.controls(knows_one_offset)),
    lab.Row(29, "a journey", journeys, checks.controls(lives_in_one_zone)),
    lab.Row(30, "a day that ends at night", nights, checks.controls(lambda room: nights(room, keeps=True))),
]
