#!/usr/bin/env python3
"""How long a preview takes from the moment an article is saved until its page is told to load again.

    bench/serve.py LOA SITE [TIMES]

Saves an article of a generated site again and again while an event stream for its page is open, the
way an open browser holds one, and prints the median, the least and the most in milliseconds.
"""
import http.client
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote


def main():
    loa, site = sys.argv[1], Path(sys.argv[2])
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 15
    articles = sorted((site / "content" / "bai-viet").glob("*.md"))
    article = articles[len(articles) // 2]
    edition = re.search(r"^  ([\w-]+):", (site / "loa.yaml").read_text(), re.M).group(1)
    program = subprocess.Popen(
        [loa, "serve", "--root", str(site), "--port", "1799", "--lang", "en"],
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = 1799
        page = f"/{edition}/bai-viet/{article.stem}/"
        wait_for(port, page)
        took = [once(port, page, article, number) for number in range(times)]
        took = sorted(took[1:])
        print(f"{len(articles)} articles: {statistics.median(took):.1f} ms "
              f"({took[0]:.1f}–{took[-1]:.1f}), {len(took)} saves")
    finally:
        program.send_signal(2); program.wait()


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def wait_for(port, page):
    """Waits until the first build is done."""
    for _ in range(600):
        try:
            if get(port, page)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit(f"no page at {page}")


def once(port, page, article, number):
    """Saves the article and waits for the event."""
    _, html = get(port, page)
    run = re.search(r'data-run="?(\d+)', html).group(1)
    version = re.search(r'data-version="?(\d+)', html).group(1)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/.loa/events?page={quote(page)}&run={run}&version={version}")
    answer = connection.getresponse()
    time.sleep(0.4)
    text = re.sub(r"^title: .*", f"title: Bài sửa lần {number}", article.read_text(), count=1, flags=re.M)
    begun = time.perf_counter()
    article.write_text(text)
    while True:
        line = answer.fp.readline()
        if not line:
            sys.exit("the stream ended")
        if line.startswith(b"event: reload") or line.strip() == b"data: reload":
            break
    took = (time.perf_counter() - begun) * 1000
    connection.close()
    return took


if __name__ == "__main__":
    main()
