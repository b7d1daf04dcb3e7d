"""The released program with the names of its functions."""

import os
import subprocess

import room as rooms


def with_names():
    """The released program itself, so that its functions have the very names that they have when it is released."""
    target = os.path.abspath(os.environ.get("CARGO_TARGET_DIR", os.path.join(rooms.ROOT, "target")))
    command = ["cargo", "rustc", "--release", "--locked", "--quiet", "--bin", "ebb", "--target-dir", target, "--", "-C", "strip=none"]
    subprocess.run(command, cwd=rooms.ROOT, check=True)
    return os.path.join(target, "release", "ebb")
