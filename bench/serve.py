#!/usr/bin/env python3
"""How long a preview takes from the moment an article is saved until its page is told to load again.

    bench/serve.py LOA SITE [TIMES]        default: 20 times each way of saving
    bench/serve.py LOA SITE --edits N      memory of the preview before and after N saves

Starts the preview of a generated site and holds the event stream of one article open, the way a browser
does. The clock runs from when the article's file is closed (or renamed into its place) until the event
`reload` arrives; everything is in it: noticing, waiting for more, reading, checking, making the page.
Each way of saving is measured at rest, that is, when the preview has done all that the save before gave
it to do; `hurried` saves a text again 30 ms after each event. The page is then asked for, and must be
the new one. Prints one line: median and worst, in milliseconds.
"""
import http.client
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

HURRY = 0.03


class Preview:
    def __init__(self, loa, site):
        self.program = subprocess.Popen(
            [loa, "serve", "--root", str(site), "--port", "0", "--lang", "en"],
            stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.program.stdout.readline().rsplit(":", 1)[1].strip().strip("/"))
        self.builds = 0
        threading.Thread(target=self.listen, daemon=True).start()
        while not self.builds:
            time.sleep(0.1)

    def listen(self):
        for line in self.program.stderr:
            self.builds += line.startswith("built in")

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        return connection, answer

    def page(self, path):
        return self.get(path)[1].read().decode()

    def events(self, path, html):
        value = {name: re.search(rf'data-{name}="?(\d+)', html).group(1) for name in ("run", "version")}
        return self.get(f"/.loa/events?page={quote(path)}&run={value['run']}&version={value['version']}")

    def rest(self):
        """Waits until nothing is done any more."""
        before, same = self.ticks(), 0
        while same < 4:
            time.sleep(0.1)
            now = self.ticks()
            same = same + 1 if now == before else 0
            before = now

    def ticks(self):
        fields = Path(f"/proc/{self.program.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def memory(self):
        """In megabytes: now, and the most so far."""
        status = Path(f"/proc/{self.program.pid}/status").read_text()
        return [int(re.search(rf"{name}:\s+(\d+)", status).group(1)) / 1024 for name in ("VmRSS", "VmHWM")]

    def end(self):
        self.program.send_signal(2)
        self.program.wait()


class Article:
    def __init__(self, site):
        articles = sorted((site / "content" / "bai-viet").glob("*.md"))
        self.of = len(articles)
        self.file = articles[len(articles) // 2]
        edition = re.search(r"^  ([\w-]+):", (site / "loa.yaml").read_text(), re.M).group(1)
        self.page = f"/{edition}/bai-viet/{self.file.stem}/"
        self.number = 0

    def text(self):
        """Another sentence at the end."""
        self.number += 1
        words = f"câu sửa lần {self.number}"
        return re.sub(r"\n*(Thêm câu sửa lần \d+\.\n)?$", f"\n\nThêm {words}.\n", self.file.read_text(), count=1), words

    def title(self):
        self.number += 1
        words = f"Bài sửa lần {self.number}"
        return re.sub(r"^title: .*", f"title: {words}", self.file.read_text(), count=1, flags=re.M), words

    def write(self, text):
        with open(self.file, "w") as out:
            out.write(text)
        return time.perf_counter()

    def rename(self, text):
        """As many editors do: written beside, then put in the place of the old one."""
        beside = self.file.with_name(self.file.name + ".tmp")
        with open(beside, "w") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.rename(beside, self.file)
        return time.perf_counter()


def once(preview, article, edit, save):
    html = preview.page(article.page)
    connection, answer = preview.events(article.page, html)
    answer.fp.readline()
    text, words = edit()
    begun = save(text)
    while True:
        line = answer.fp.readline()
        if not line:
            sys.exit("the stream ended")
        if line.startswith(b"event: reload"):
            break
    took = (time.perf_counter() - begun) * 1000
    connection.close()
    if words not in preview.page(article.page):
        sys.exit(f"the page that was loaded again does not say {words!r}")
    return took


def series(preview, article, edit, save, times, pause):
    took = []
    for _ in range(times):
        pause()
        took.append(once(preview, article, edit, save))
    return f"{statistics.median(took):.1f} ({max(took):.1f})"


def main():
    loa, site = sys.argv[1], Path(sys.argv[2])
    article = Article(site)
    before = article.file.read_text()
    preview = Preview(loa, site)
    try:
        if "--edits" in sys.argv:
            times = int(sys.argv[4])
            preview.rest()
            start = preview.memory()
            for number in range(times):
                once(preview, article, (article.text, article.title)[number % 2], article.write)
                preview.rest()
            print("memory in MB, now and most: %.0f, %.0f; " % tuple(start)
                  + "after %d saves %.0f, %.0f" % (times, *preview.memory()))
            return
        times = int(sys.argv[3]) if len(sys.argv) > 3 else 20
        ways = [("text", article.text, article.write, preview.rest),
                ("title", article.title, article.write, preview.rest),
                ("by rename", article.text, article.rename, preview.rest),
                ("hurried", article.text, article.write, lambda: time.sleep(HURRY))]
        lines = [f"{name} {series(preview, article, edit, save, times, pause)}"
                 for name, edit, save, pause in ways]
        print(f"{article.of} articles, {times} saves each, median (worst) in ms: " + ", ".join(lines))
    finally:
        preview.end()
        article.file.write_text(before)


if __name__ == "__main__":
    main()
