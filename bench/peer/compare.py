#!/usr/bin/env python3
"""Say how two outputs of one corpus differ: pages of each kind, and words of sample pages.

    compare.py HUGO_OUTPUT LOA_OUTPUT

Ends with 1 when a kind of page differs in number or a sample page in its words.
"""
import pathlib
import re
import sys
from html.parser import HTMLParser

# What both call by different names.
KINDS = [
    ("front page", r"index\.html"),
    ("articles", r"bai-viet/bai-\d+/index\.html"),
    ("section list", r"bai-viet/((page|trang)/\d+/)?index\.html"),
    ("topic lists", r"(topics|chu-de)/(?!page/|trang/)[^/]+/((page|trang)/\d+/)?index\.html"),
    ("list of topics", r"(topics|chu-de)/index\.html"),
    ("page not found", r"404\.html"),
    ("feeds", r"(.*/)?(index|atom)\.xml"),
    ("sitemap", r"sitemap\.xml"),
    ("robots.txt", r"robots\.txt"),
    ("style sheet", r"(.*/)?style[^/]*\.css"),
]


class Words(HTMLParser):
    """The words between the tags of a body; every element but one inside a line ends a word."""

    INLINE = {"a", "abbr", "b", "code", "em", "i", "span", "strong", "time"}

    def __init__(self, text):
        super().__init__()
        self.out, self.on = [], False
        self.feed(text)
        # Both write days as 08/3/2014 or 08/03/2014, by their own rules.
        self.words = [re.sub(r"\b0(?=\d/)", "", word) for word in "".join(self.out).split()]

    def handle_starttag(self, tag, attrs):
        self.on |= tag == "body"
        self.cut(tag)

    def handle_endtag(self, tag):
        self.on &= tag != "body"
        self.cut(tag)

    def cut(self, tag):
        if tag not in self.INLINE:
            self.out.append(" ")

    def handle_data(self, data):
        if self.on:
            self.out.append(data)


def files(root):
    names = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    # The sitemap of news comes with every theme; Hugo has none.
    return sorted(name for name in names if not name.startswith(".loa/") and name != "news-sitemap.xml")


def kinds(names):
    found = {kind: [] for kind, _ in KINDS}
    found["other"] = []
    for name in names:
        kind = next((kind for kind, shape in KINDS if re.fullmatch(shape, name)), "other")
        found[kind].append(name)
    return found


def samples(hugo):
    """First, middle and last article, and one of each other kind."""
    articles = hugo["articles"]
    yield from {articles[0], articles[len(articles) // 2], articles[-1]}
    for kind in ("front page", "section list", "topic lists", "list of topics", "page not found"):
        yield from hugo[kind][-1:]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    roots = [pathlib.Path(name) for name in sys.argv[1:]]
    hugo, loa = (kinds(files(root)) for root in roots)
    faults = 0
    print("| kind | Hugo | loa |\n| --- | --- | --- |")
    for kind in hugo:
        differs = len(hugo[kind]) != len(loa[kind])
        faults += differs
        print(f"| {kind} | {len(hugo[kind])} | {len(loa[kind])} |" + (" differs" if differs else ""))
    for root, found in zip(roots, (hugo, loa)):
        if found["other"]:
            print(f"\nonly in {root.name}: {', '.join(found['other'][:8])}")
    print()
    for name in sorted(samples(hugo)):
        other = name.replace("topics/", "chu-de/").replace("/page/", "/trang/")
        one, two = (Words((root / path).read_text("utf-8")).words for root, path in zip(roots, (name, other)))
        faults += one != two
        first = next((at for at, pair in enumerate(zip(one, two)) if pair[0] != pair[1]), min(len(one), len(two)))
        said = "same words" if one == two else f"differs at {first}: {one[first:first + 6]} and {two[first:first + 6]}"
        print(f"{name}: {len(one)} and {len(two)} words, {said}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
