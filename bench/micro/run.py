#!/usr/bin/env python3
"""Count the instructions of single stages with valgrind and report them beside recorded counts.

    run.py [--record] [CASE ...]

Counts do not depend on what else a machine does, so that a change of a few per cent shows. They do
depend on the compiler and on the processor's features: a report, not a test. MICRO names a program
to use instead of building `bench/micro/main.rs`; --record writes expected.json anew.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
EXPECTED = HERE / "expected.json"
# Small and large: articles of a site, and communes that get one leaflet each.
ARTICLES, COMMUNES = (20, 60), (10, 30)
WITHIN = 0.03
PROFILE = ["--release"]
CASES = {
    "parse": "parse, per article",
    "lint": "lint, per article",
    "web": "web pages of the newspaper theme, per article",
    "read": "reading, per byte of prose",
    "leaflets": "leaflets in A5, per leaflet",
}


def need_valgrind():
    if shutil.which("valgrind"):
        return
    print("installing valgrind", file=sys.stderr)
    root = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run([*root, "apt-get", "install", "-y", "-qq", "valgrind"], check=True, stdout=subprocess.DEVNULL)


def program():
    if os.environ.get("MICRO"):
        return os.environ["MICRO"]
    command = ["cargo", "build", *PROFILE, "--quiet", "--bench", "micro", "--message-format=json-render-diagnostics"]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)
    made = (line for line in map(json.loads, done.stdout.splitlines()) if line.get("executable"))
    return next(line["executable"] for line in made if line["target"]["name"] == "micro")


def web_site(folder, articles):
    subprocess.run([sys.executable, PROJECT / "bench" / "generate.py", str(articles), folder], check=True)
    prose = []
    for path in sorted((folder / "content" / "bai-viet").glob("bai-*.md")):
        body = path.read_text("utf-8").split("---\n", 2)[2]
        lines = [line for line in body.splitlines() if line and line[0] not in "#|->" and "](" not in line]
        prose += [re.sub(r"^\d+\. |\*", "", line) for line in lines]
    (folder / "prose.txt").write_text("\n".join(prose) + "\n", "utf-8")


def leaflet_site(folder, communes):
    shutil.copytree(HERE / "leaflet", folder)
    shutil.copytree(PROJECT / "content" / "_facts", folder / "content" / "_facts")
    registry = (folder / "content" / "_facts" / "communes.yaml").read_text("utf-8")
    chosen = re.findall(r'code: "(\d+)"', registry)[:communes]
    settings = folder / "loa.yaml"
    listed = ", ".join(f'"{code}"' for code in chosen)
    settings.write_text(settings.read_text("utf-8").replace("communes: all", f"communes: [{listed}]"), "utf-8")


def instructions(micro, case, root, times):
    """What the whole process executes, and how many units one time has."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", micro, case, str(root), str(times)]
    # One worker: waiting for others would be counted too.
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "RAYON_NUM_THREADS": "1"})
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not found:
        sys.exit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    return int(found[1]), int(done.stdout)


def per_unit(micro, case, roots):
    """The work on one more article, leaflet or byte: all that is done once drops out."""
    work, units = [], []
    for root in roots:
        idle, _ = instructions(micro, case, root, 0)
        busy, count = instructions(micro, case, root, 1)
        work.append(busy - idle)
        units.append(count)
    return (work[1] - work[0]) / (units[1] - units[0])


def measure(micro, wanted, work):
    sites = {}
    for make, sizes in ((web_site, ARTICLES), (leaflet_site, COMMUNES)):
        sites[make] = [work / f"{make.__name__}-{size}" for size in sizes]
        for folder, size in zip(sites[make], sizes):
            make(folder, size)
    known = {}

    def count(case):
        if case not in known:
            known[case] = per_unit(micro, case, sites[leaflet_site if case == "leaflets" else web_site])
        return known[case]

    for case in wanted:
        yield case, round(count("build") - count("parse") - count("lint") if case == "web" else count(case))


def beside(count, before):
    if not before:
        return "– | –"
    change = count / before - 1
    return f"{before:,} | {change:+.1%}" + (" **beyond 3 %**" if abs(change) > WITHIN else "")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--record", action="store_true")
    args.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    args = args.parse_args()
    if wrong := set(args.cases) - set(CASES):
        args.error(f"no such case: {', '.join(sorted(wrong))}")
    need_valgrind()
    micro = program()
    expected = json.loads(EXPECTED.read_text("utf-8")) if EXPECTED.exists() else {}
    print("| case | instructions | recorded | change |\n| --- | --- | --- | --- |")
    counts = {}
    with tempfile.TemporaryDirectory() as work:
        for case, count in measure(micro, args.cases or list(CASES), pathlib.Path(work)):
            counts[case] = count
            print(f"| {CASES[case]} | {count:,} | {beside(count, expected.get(case))} |", flush=True)
    if args.record:
        EXPECTED.write_text(json.dumps({**expected, **counts}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
