"""Every leaflet below PUBLIC_DIR is a sound, tagged PDF of its format's size with real text inside its panels, which is
read in the order of the article, and its QR code leads to the printed address."""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

# Format: width and height in millimetres, most sides, smallest and largest side of the QR code, smallest number in points.
FORMATS = {
    "a5": (148, 210, 2, 20, 30, 24),
    "a4": (210, 297, 2, 25, 40, 24),
    "a5-large": (148, 210, 2, 20, 30, 24),
    "a4-large": (210, 297, 2, 25, 40, 24),
    "fold3": (297, 210, 2, 25, 40, 24),
    "poster": (297, 420, 1, 40, 60, 60),
    "card": (90, 54, 2, 20, 30, 18),
}
# Folds, from the left edge, outside and inside: the flap is the narrow panel.
FOLDS = {"fold3": ((97, 197), (100, 200))}
MARGIN = 3
CONTENT = pathlib.Path(__file__).parent.parent / "content"
PT = 72 / 25.4
MOST_BYTES = 150_000


def run(*words):
    return subprocess.run(words, capture_output=True, check=False)


def boxes(path):
    """The boxes of the first page in millimetres."""
    found = re.findall(r"^(\w+)Box:\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)", run("pdfinfo", "-box", str(path)).stdout.decode(), re.M)
    return {name: [float(number) * 25.4 / 72 for number in numbers] for name, *numbers in found}


def box_problems(path):
    """What is cut off lies evenly around the sheet, inside the bleed."""
    box = boxes(path)
    media, bleed, trim = box["Media"], box["Bleed"], box["Trim"]
    around = [(trim[0] - bleed[0]), (trim[1] - bleed[1]), (bleed[2] - trim[2]), (bleed[3] - trim[3])]
    if max(around) - min(around) > 0.05 or min(around) < -0.01 or bleed[0] < media[0] - 0.01 or bleed[2] > media[2] + 0.01:
        yield f"has bleed {around} mm"


def text_of(*words):
    return unicodedata.normalize("NFC", run(*words).stdout.decode(errors="replace"))


def format_of(path):
    # A slug may end like a format, so the longest fitting name counts.
    return max((name for name in FORMATS if path.stem.endswith(f"-{name}")), key=len)


def problems(path, with_code):
    yield from box_problems(path)
    checked = run("qpdf", "--check", str(path))
    if checked.returncode != 0:
        yield f"qpdf: {checked.stdout.decode(errors='replace')}{checked.stderr.decode(errors='replace')}"
    size = path.stat().st_size
    if size > MOST_BYTES:
        yield f"weighs {size} bytes"
    text = text_of("pdftotext", "-layout", str(path), "-")
    if not re.search(r"\b11[1-5]\b", text):
        yield "shows no emergency number in its text"
    if not re.search(r"[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]|[a-z]{4}", text):
        yield "has no Vietnamese text"
    information = text_of("pdfinfo", "-f", "1", "-l", "9", str(path))
    if not re.search(r"^Tagged:\s+yes", information, re.M) or not re.search(r"^Title:\s+\S", information, re.M):
        yield "is not tagged or has no title"
    yield from size_problems(path, information)
    if with_code:
        yield from panel_problems(path)
        yield from order_problems(path)
        yield from font_problems(path)
        flow = text_of("pdftotext", "-raw", str(path), "-")
        yield from source_problems(path, flow)
        yield from code_problems(path, flow)


def size_problems(path, information):
    width, height, sides, *_ = FORMATS[format_of(path)]
    sizes = re.findall(r"^Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)", information, re.M)
    if not 1 <= len(sizes) <= sides:
        yield f"has {len(sizes)} pages"
    for found in sizes:
        if any(abs(float(points) / PT - wanted) > 0.2 for points, wanted in zip(found, (width, height))):
            yield f"has pages of {found} points instead of {width} by {height} mm"


def words_of(path):
    """The boxes of words by page, in points."""
    boxes = text_of("pdftotext", "-bbox", str(path), "-")
    for page, body in enumerate(boxes.split("<page ")[1:]):
        for found in re.finditer(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', body):
            yield page, *(float(number) / PT for number in found.groups()[:4]), found.group(5)


def panel_problems(path):
    """No word touches an edge or a fold, and one number at least can be read from afar."""
    name = format_of(path)
    width, height, _, _, _, number = FORMATS[name]
    largest = 0
    for page, left, top, right, bottom, word in words_of(path):
        # The stamp of a draft slants across the whole sheet, so its letters come one by one.
        if len(word) == 1 and word.isalpha():
            continue
        if left < MARGIN or right > width - MARGIN or top < 0 or bottom > height:
            yield f"`{word}` stands outside of the sheet, at {left:.0f} to {right:.0f} mm"
        for fold in FOLDS.get(name, ((), ()))[page]:
            if left < fold + MARGIN and right > fold - MARGIN:
                yield f"`{word}` lies in the fold at {fold} mm"
        if re.fullmatch(r"\d{3,}", word):
            largest = max(largest, bottom - top)
    # A box is higher than its letters are large.
    if largest * PT < number:
        yield f"its largest number is {largest * PT:.0f} pt high"


def order_problems(path):
    """What a screen reader says: the headline first, and every word of the page once."""
    tree = text_of("pdfinfo", "-struct-text", str(path))
    headings = re.findall(r"^\s*H(\d)", tree, re.M)
    if not headings or headings[0] != "1" or headings.count("1") != 1:
        yield f"its headings are of the levels {headings}"
    if any(int(after) > int(before) + 1 for before, after in zip(headings, headings[1:])):
        yield f"leaves a level of headings out: {headings}"
    if not re.search(r"^\s*Figure", tree, re.M):
        yield "its QR code is no figure in the tree"


def printed_lines(source, name):
    """The steps of an article that stand on its sheets of this format, word for word, in the order of the text."""
    shown = [True]
    for line in source.split("\n---\n", 1)[-1].splitlines():
        directive = re.fullmatch(r"::: *(\w+) *(.*)", line.strip())
        if directive:
            names = {"print", "to-roi", name, name.split("-")[0]} & set(directive.group(2).split())
            own = {"only": bool(names), "except": not names}.get(directive.group(1), directive.group(1) != "recap")
            shown.append(shown[-1] and own)
        elif line.strip() == ":::":
            shown.pop()
        elif shown[-1] and re.match(r"\d+\. ", line) and not re.search(r"[\[*_`\\]", line):
            yield re.sub(r"^\d+\. ", "", line)


def source_problems(path, text):
    """The steps of the article are on the sheet, all of them, as they are written."""
    name = format_of(path)
    if name in ("poster", "card"):
        return
    language = ".en" if "en" in path.parts else ""
    sources = list(CONTENT.glob(f"**/{path.stem.removesuffix(f'-{name}')}{language}.md"))
    text, after = "".join(text.split()), 0
    for line in [line for source in sources for line in printed_lines(source.read_text(encoding="utf-8"), name)]:
        found = text.find("".join(line.split()), after)
        if found < 0:
            yield f"lacks `{line}`, or has it in another place than its article"
        else:
            after = found


def font_problems(path):
    rows = text_of("pdffonts", str(path)).splitlines()[2:]
    if not rows:
        yield "has no fonts"
    for row in rows:
        if not re.match(r"[A-Z]{6}\+", row) or not re.search(r"yes yes yes", row):
            yield f"a font is not embedded in part, with its text: {row}"


def code_problems(path, text):
    width, _, _, least, most, _ = FORMATS[format_of(path)]
    with tempfile.TemporaryDirectory() as folder:
        dots = 300 if width < 100 else 150
        run("pdftoppm", "-r", str(dots), "-png", str(path), f"{folder}/p")
        images = sorted(str(image) for image in pathlib.Path(folder).glob("*.png"))
        found = run("zbarimg", "--quiet", "--xml", *images).stdout.decode()
    read = re.findall(r"<!\[CDATA\[(.*?)\]\]>", found)
    if len(read) != 1 or not read[0].startswith("http"):
        yield f"its QR code reads {read}"
        return
    address = re.sub(r"^https?://", "", read[0]).rstrip("/")
    if address not in re.sub(r"\s+", "", text):
        yield f"the address {address} of its QR code is not printed beside it"
    corners = re.search(r"points='([^']*)'", found)
    if corners:
        across = [int(point.split(",")[0]) for point in corners.group(1).replace("+", "").split()]
        side = (max(across) - min(across)) / dots * 25.4
        # What is found is the dark square: with its white border it is four modules wider on each side.
        if not 0.7 * least <= side <= most:
            yield f"its QR code is {side:.0f} mm wide, which is too little or too much for this sheet"


def main():
    files = sorted(pathlib.Path(sys.argv[1]).glob("[!.]*/**/*.pdf"))
    leaflets = [path for path in files if format_name(path)]
    # What a printer gets besides has the words of a leaflet in part, or several times.
    besides = [path for path in files if re.search(r"-(\d+up|overlay|common)\.pdf$", path.name)]
    # Leaflets of one article differ in the contact box only: what takes long is looked at for each article once.
    first = {}
    for path in leaflets:
        first.setdefault(path.name + ("en" if "/en/" in str(path) else ""), path)
    coded = set(first.values())
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda path: [f"{path}: {problem}" for problem in problems(path, path in coded)], leaflets))
    results += [[f"{path}: {problem}" for problem in box_problems(path)] for path in besides]
    found = [problem for result in results for problem in result]
    print("\n".join(found[:50]), file=sys.stderr)
    formats = ", ".join(sorted({format_of(path) for path in leaflets}))
    print(f"leaflets: {len(leaflets)} read ({formats}), {len(coded)} QR codes decoded, {len(found)} problems")
    sys.exit(1 if found or not leaflets else 0)


def format_name(path):
    """The format of a single leaflet; nothing for what holds several."""
    return any(path.stem.endswith(f"-{name}") for name in FORMATS)


main()
