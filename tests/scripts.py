"""Every script below PUBLIC_DIR is already in words: no digit, bracket or symbol is read aloud."""
import pathlib
import re
import sys
import unicodedata

CUE = re.compile(r"^\[[^\[\]]+\]$")
VOICE = re.compile(r"^(NAM|NỮ): ")
MARKS = set(" ,.;:?!…")


def spoken(letter):
    return letter in MARKS or unicodedata.category(letter).startswith("L")


def problems(path):
    text = path.read_text(encoding="utf-8")
    if unicodedata.normalize("NFC", text) != text:
        yield "is not in normal form C"
    head, line, body = text.partition("\n---\n")
    if not line:
        yield "has no line between head and script"
    for written in body.splitlines():
        if not written or CUE.match(written):
            continue
        wrong = {letter for letter in VOICE.sub("", written) if not spoken(letter)}
        if wrong:
            yield f"would read {''.join(sorted(wrong))!r} in: {written}"


def main():
    scripts = sorted(pathlib.Path(sys.argv[1]).glob("*/**/*.txt"))
    # Not robots.txt, nor the index of a search.
    kept = lambda path: path.name != "robots.txt" and not {"tim-kiem", "search"} & set(path.parts)
    scripts = [path for path in scripts if kept(path)]
    found = [f"{path}: {problem}" for path in scripts for problem in problems(path)]
    print("\n".join(found[:50]), file=sys.stderr)
    print(f"scripts: {len(scripts)} read, {len(found)} problems")
    sys.exit(1 if found or not scripts else 0)


main()
