"""Every leaflet below PUBLIC_DIR is a sound, tagged PDF with real text, and its QR code leads to the printed address."""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata


def run(*words):
    return subprocess.run(words, capture_output=True, check=False)


# Sizes of finished sheets in millimetres.
SIZES = {"a5": (148, 210), "a4": (210, 297), "a3": (297, 420), "fold3": (297, 210), "poster": (297, 420), "card": (90, 54), "large": (210, 297)}


def boxes(path):
    """The boxes of the first page in millimetres."""
    found = re.findall(r"^(\w+)Box:\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)", run("pdfinfo", "-box", str(path)).stdout.decode(), re.M)
    return {name: [float(number) * 25.4 / 72 for number in numbers] for name, *numbers in found}


def box_problems(path):
    name = re.sub(r"-(overlay|common)$", "", path.stem).rsplit("-", 1)[-1]
    box = boxes(path)
    media, bleed, trim = box["Media"], box["Bleed"], box["Trim"]
    size = (trim[2] - trim[0], trim[3] - trim[1])
    if name in SIZES and max(abs(one - other) for one, other in zip(size, SIZES[name])) > 0.1:
        yield f"is cut to {size} mm"
    around = [(trim[0] - bleed[0]), (trim[1] - bleed[1]), (bleed[2] - trim[2]), (bleed[3] - trim[3])]
    if max(around) - min(around) > 0.05 or min(around) < -0.01 or bleed[0] < media[0] - 0.01 or bleed[2] > media[2] + 0.01:
        yield f"has bleed {around} mm"


def problems(path, with_code):
    yield from box_problems(path)
    checked = run("qpdf", "--check", str(path))
    if checked.returncode != 0:
        yield f"qpdf: {checked.stdout.decode(errors='replace')}{checked.stderr.decode(errors='replace')}"
    text = unicodedata.normalize("NFC", run("pdftotext", "-layout", str(path), "-").stdout.decode())
    if not re.search(r"\b11[1-5]\b", text):
        yield "shows no emergency number in its text"
    if not re.search(r"[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]|[a-z]{4}", text):
        yield "has no Vietnamese text"
    information = run("pdfinfo", str(path)).stdout.decode()
    if not re.search(r"^Tagged:\s+yes", information, re.M) or not re.search(r"^Title:\s+\S", information, re.M):
        yield "is not tagged or has no title"
    pages = int(re.search(r"^Pages:\s+(\d+)", information, re.M).group(1))
    if pages > 2:
        yield f"has {pages} pages"
    if with_code:
        yield from code_problems(path, text)


def code_problems(path, text):
    with tempfile.TemporaryDirectory() as folder:
        run("pdftoppm", "-r", "150", "-png", str(path), f"{folder}/p")
        images = sorted(str(image) for image in pathlib.Path(folder).glob("*.png"))
        read = run("zbarimg", "--quiet", "--raw", *images).stdout.decode().split()
    if len(read) != 1 or not read[0].startswith("http"):
        yield f"its QR code reads {read}"
    else:
        address = re.sub(r"^https?://", "", read[0]).rstrip("/")
        if address not in re.sub(r"\s+", "", text):
            yield f"the address {address} of its QR code is not printed beside it"


def main():
    files = sorted(pathlib.Path(sys.argv[1]).glob("*/**/*.pdf"))
    # What a printer gets besides has the words of a leaflet in part, or several times.
    besides = [path for path in files if re.search(r"-(\d+up|overlay|common)\.pdf$", path.name)]
    leaflets = [path for path in files if path not in set(besides)]
    # Leaflets of one article differ in the contact box only: the code is read for each article once.
    first = {}
    for path in leaflets:
        first.setdefault(path.name + ("en" if "/en/" in str(path) else ""), path)
    coded = set(first.values())
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda path: [f"{path}: {problem}" for problem in problems(path, path in coded)], leaflets))
    results += [[f"{path}: {problem}" for problem in box_problems(path)] for path in besides]
    found = [problem for result in results for problem in result]
    print("\n".join(found[:50]), file=sys.stderr)
    print(f"leaflets: {len(leaflets)} read, {len(coded)} QR codes decoded, {len(found)} problems")
    sys.exit(1 if found or not leaflets else 0)


main()
