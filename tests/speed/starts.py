"""From the start to the first frame, and of a verb to its end; beside the `sqlite3` shell, which opens the same file."""

import room as rooms
from probe import Probe
from table import Row, median, ratio, skipped, spread

# The end of the last row: when it is there, the frame is whole.
MARKER = "? keys"
QUERY = "SELECT day, overall, body_sum, mind_sum FROM check_in ORDER BY at_utc DESC LIMIT 14"


def frame(room, journal):
    """Seconds to the first frame."""
    with Probe(room.argv(journal), room.env(), cwd=room.path) as probe:
        return probe.until(MARKER) - probe.began


def whole(room, argv, **env):
    """Seconds of a program that ends by itself, on a terminal too."""
    with Probe(argv, room.env(**env), cwd=room.path) as probe:
        # 1 is the "not yet today" of a status.
        return probe.end((0, 1)) - probe.began


def shell(room, journal):
    return whole(room, [rooms.needs("sqlite3"), journal, QUERY])


def rounds(room, trials, full=31, short=5):
    """Each trial in each round, another one first each time, so that nobody is always the one after a heavy neighbour. A first
    round is thrown away: it fills the caches."""
    taken = {name: [] for name in trials}
    names = list(trials)
    for at in range(room.count(full, short) + 1):
        turn = at % len(names)
        for name in names[turn:] + names[:turn]:
            seconds = trials[name]()
            if at:
                taken[name].append(seconds)
    return taken


def rows(room, peers):
    journals = {name: room.journal(name) for name in rooms.JOURNALS}
    trials = {f"frame {name}": lambda path=path: frame(room, path) for name, path in journals.items()}
    trials["status"] = lambda: whole(room, room.argv(journals["10 y"], "status", "--short"))
    has_shell = True
    try:
        shell(room, journals["10 y"])
        for name, path in journals.items():
            trials[f"shell {name}"] = lambda path=path: shell(room, path)
    except rooms.Missing as reason:
        has_shell = False
        yield skipped("first frame against sqlite3", reason)
    for peer in peers:
        trials[peer.name] = lambda peer=peer: peer.frame(room)
    taken = rounds(room, trials)
    for name in journals:
        ours = taken[f"frame {name}"]
        if not has_shell:
            yield Row(f"first frame, {name}", "", spread(ours, "ms", 1e3))
            continue
        shells = taken[f"shell {name}"]
        times = ratio(ours, shells)
        figure = f"{spread(ours, 'ms', 1e3)}, {times:.2f} × sqlite3 ({spread(shells, 'ms', 1e3)})"
        # The goal is of ten years and of the heavy ones; one line of growth follows for the rest.
        has_goal = "10 y" in name
        yield Row(f"first frame, {name}", "≤ 1.5 × sqlite3" if has_goal else "", figure, times <= 1.5 if has_goal else None)
    growth = ratio(taken["frame 100 y"], taken["frame 1 y"])
    yield Row("first frame, 100 y / 1 y", "≤ 1.1", f"{growth:.2f}", growth <= 1.1)
    for peer in peers:
        times = ratio(taken[peer.name], taken["frame 10 y"])
        yield Row(f"first frame of {peer.name}, 10 y", f"≥ {peer.times} × ours", f"{spread(taken[peer.name], 'ms', 1e3)}, {times:.1f} × ours", times >= peer.times)
    status = taken["status"]
    if has_shell:
        times = ratio(status, taken["shell 10 y"])
        yield Row("status --short, 10 y", "≤ 1.3 × sqlite3", f"{spread(status, 'ms', 1e3)}, {times:.2f} × sqlite3", times <= 1.3)
    else:
        yield Row("status --short, 10 y", "", spread(status, "ms", 1e3))
    yield from processor(room, journals)


def processor(room, journals):
    """CPU of a start until the whole history is read, all threads."""
    for name, path in journals.items():
        taken = []
        for _ in range(room.count(5, 2)):
            with Probe(room.argv(path), room.env(), cwd=room.path) as probe:
                probe.until(MARKER)
                probe.settle()
                taken.append(probe.cpu())
        yield Row(f"CPU of a start with the whole history, {name}", "", f"{median(taken) * 1e3:.1f} ms")
