#!/usr/bin/env python3
"""Run a command and note what it took; print notes as a table.

    measure.py run NOTES NAME COMMAND...     appends time, processor time and peak memory of one run
    measure.py size NOTES NAME FOLDER        notes how many files and bytes a folder has
    measure.py table NOTES                   medians by name, in order of first appearance
    measure.py ratio NOTES NAME NAME wall|user|memory
    measure.py growth NOTES N...             time per article of the runs that are named by a number
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time


def note(notes, **what):
    with open(notes, "a", encoding="utf-8") as file:
        file.write(json.dumps(what, ensure_ascii=False) + "\n")


def run(notes, name, *command):
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{name}: ended with {child.returncode}\n{said.decode(errors='replace')[-2000:]}")
    note(notes, name=name, wall=wall, user=used.ru_utime, system=used.ru_stime, memory=used.ru_maxrss * 1024)


def size(notes, name, folder):
    files = [path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file()]
    note(notes, name=name, files=len(files), bytes=sum(files))


def read(notes):
    found = {}
    for line in open(notes, encoding="utf-8"):
        one = json.loads(line)
        of = found.setdefault(one.pop("name"), {})
        for key, value in one.items():
            of.setdefault(key, []).append(value)
    return found


def middle(found, name, key):
    return statistics.median(found[name][key])


def table(notes):
    found = read(notes)
    print("| run | wall | least–most | user | system | peak memory | files | written |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, of in found.items():
        walls = of["wall"]
        files = f"{of['files'][-1]:,} | {of['bytes'][-1] / 1e6:,.1f} MB" if "files" in of else "– | –"
        user, system, memory = (middle(found, name, key) for key in ("user", "system", "memory"))
        print(f"| {name} | {statistics.median(walls):.3f} s | {min(walls):.3f}–{max(walls):.3f} "
              f"| {user:.2f} s | {system:.2f} s | {memory / 1e6:,.0f} MB | {files} |")


def ratio(notes, one, other, key):
    found = read(notes)
    if one in found and other in found:
        print(f"| {one} / {other}, {key} | {middle(found, one, key) / middle(found, other, key):.3f} |")


def growth(notes, *numbers):
    found = read(notes)
    print("| articles | wall | ms per article | user ms per article | peak memory | KB per article |")
    print("| --- | --- | --- | --- | --- | --- |")
    for number in numbers:
        wall, user, memory = (middle(found, number, key) for key in ("wall", "user", "memory"))
        each = int(number)
        print(f"| {each:,} | {wall:.2f} s | {1e3 * wall / each:.3f} | {1e3 * user / each:.3f} "
              f"| {memory / 1e6:,.0f} MB | {memory / 1e3 / each:.1f} |")


if __name__ == "__main__":
    jobs = {job.__name__: job for job in (run, size, table, ratio, growth)}
    if len(sys.argv) < 3 or sys.argv[1] not in jobs:
        sys.exit(__doc__)
    jobs[sys.argv[1]](*sys.argv[2:])
