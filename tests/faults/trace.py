"""The system calls of a run, and a fault at one of them. All of it is `strace`."""

import collections
import dataclasses
import os
import re
import tempfile

# The calls that change what is on the disk, and those that open it. Not every machine has each of them.
CHANGES = (
    "openat", "creat", "pwrite64", "write", "copy_file_range", "sendfile", "fsync", "fdatasync", "ftruncate", "fallocate", "link",
    "linkat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir",
)
LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")


@dataclasses.dataclass(frozen=True)
class Call:
    """A call of a run: its name, how many of this name came before it with it, and its line in the log."""

    name: str
    number: int
    line: str

    def __str__(self):
        return f"{self.name} {self.number}"


def _set(names):
    return ",".join("?" + name for name in names)


def calls(room, journal, *args, names=CHANGES, paths=(), **more):
    """Runs a verb and gives its calls. With `paths` only those about them, and they are counted alone."""
    with tempfile.TemporaryDirectory(dir=room.path) as folder:
        log = os.path.join(folder, "log")
        only = [part for path in paths for part in ("-P", path)]
        outcome = room.run(journal, *args, before=["strace", "-f", "-qq", "-y", "-s", "200", "-o", log, *only, "-e", "trace=" + _set(names)], **more)
        seen, numbers = [], collections.Counter()
        with open(log, errors="replace") as lines:
            for line in lines:
                match = LINE.match(line)
                if match and "execve" not in match.group(1):
                    numbers[match.group(1)] += 1
                    seen.append(Call(match.group(1), numbers[match.group(1)], line.strip()))
    return seen, outcome


def about(seen, path):
    """The calls from the first one on that names a path: those before it belong to the loader."""
    first = next((at for at, call in enumerate(seen) if path in call.line), len(seen))
    return seen[first:]


def fault(call, what, paths=(), lasting=""):
    """What stands before a verb so that `what` happens at this call of it: `signal=KILL`, `error=EIO`. Lasting `+`: and from there on."""
    only = [part for path in paths for part in ("-P", path)]
    inject = f"inject={call.name}:{what}:when={call.number}{lasting}"
    return ["strace", "-f", "-qq", "-o", "/dev/null", *only, "-e", f"trace={call.name}", "-e", inject]
