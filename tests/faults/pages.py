"""Where each row of a journal lies in its bytes, read from the file format itself: to harm one value, and to know what a harm met."""

import dataclasses
import sqlite3
import struct


@dataclasses.dataclass
class Value:
    """A column of a row: its value, and where its bytes are. `kind_at`: where its type stands; 8 and 9 are the numbers 0 and 1."""

    column: str
    value: object
    kind: int
    kind_at: int
    start: int
    size: int


@dataclasses.dataclass
class Cell:
    """A row. `pages`: every page that it needs, numbered from 1; its way from the root is not among them."""

    table: str
    rowid: int
    values: list
    pages: set

    def __getitem__(self, column):
        return next((value.value for value in self.values if value.column == column), None)


class File:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        self.page_size = struct.unpack(">H", self.data[16:18])[0] or 4096
        self.page_size = 65536 if self.page_size == 1 else self.page_size
        self.usable = self.page_size - self.data[20]
        db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            self.roots = dict(db.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"))
            self.columns = {name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")] for name in self.roots}
            sql = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
            self.keys = {name: [row[1] for row in sorted(db.execute(f"PRAGMA table_info({name})"), key=lambda row: row[5]) if row[5]]
                         for name in self.roots}
            self.is_keyed = {name: "WITHOUT ROWID" in sql[name].upper() for name in self.roots}
        finally:
            db.close()

    def cells(self, table):
        """Every row of a table, in its order."""
        return list(self.below(table, self.roots[table]))

    def below(self, table, number):
        start = (number - 1) * self.page_size
        head = start + (100 if number == 1 else 0)
        kind = self.data[head]
        count = struct.unpack(">H", self.data[head + 3 : head + 5])[0]
        is_leaf = kind in (0x0D, 0x0A)
        first = head + (8 if is_leaf else 12)
        for at in range(count):
            cell = start + struct.unpack(">H", self.data[first + 2 * at : first + 2 * at + 2])[0]
            if not is_leaf:
                yield from self.below(table, struct.unpack(">I", self.data[cell : cell + 4])[0])
                cell += 4
            if kind != 0x05:
                yield self.cell(table, number, cell, kind == 0x0D)
        if not is_leaf:
            yield from self.below(table, struct.unpack(">I", self.data[head + 8 : head + 12])[0])

    def cell(self, table, number, at, has_rowid):
        length, at = self.varint(at)
        rowid = None
        if has_rowid:
            rowid, at = self.varint(at)
        most = self.usable - 35 if has_rowid else (self.usable - 12) * 64 // 255 - 23
        least = (self.usable - 12) * 32 // 255 - 23
        here, pages = length, {number}
        if length > most:
            here = least + (length - least) % (self.usable - 4)
            here = here if here <= most else least
            onward = struct.unpack(">I", self.data[at + here : at + here + 4])[0]
            while onward:
                pages.add(onward)
                begin = (onward - 1) * self.page_size
                onward = struct.unpack(">I", self.data[begin : begin + 4])[0]
        return Cell(table, rowid, self.values(table, at, at + here), pages)

    def values(self, table, at, end):
        names = self.columns[table]
        if self.is_keyed[table]:
            keys = self.keys[table]
            names = keys + [name for name in names if name not in keys]
        head, place = self.varint(at)
        kinds, body = [], at + head
        while place < body:
            kind_at = place
            kind, place = self.varint(place)
            kinds.append((kind, kind_at))
        values = []
        for name, (kind, kind_at) in zip(names, kinds):
            size = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[kind] if kind < 10 else (kind - 12) // 2
            # What goes on in other pages is left alone.
            part = self.data[body : body + size] if body + size <= end else None
            values.append(Value(name, decoded(kind, part), kind, kind_at, body if part is not None else -1, size))
            body += size
        return values

    def varint(self, at):
        number = 0
        for step in range(8):
            byte = self.data[at + step]
            number = number << 7 | byte & 0x7F
            if byte < 0x80:
                return number, at + step + 1
        return number << 8 | self.data[at + 8], at + 9


def decoded(kind, part):
    if part is None or kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind < 7:
        return int.from_bytes(part, "big", signed=True)
    if kind == 7:
        return struct.unpack(">d", part)[0]
    return part.decode("utf-8", "replace") if kind % 2 else part
