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


def problems(path, with_code):
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
    leaflets = sorted(pathlib.Path(sys.argv[1]).glob("*/**/*.pdf"))
    # Leaflets of one article differ in the contact box only: the code is read for each article once.
    first = {}
    for path in leaflets:
        first.setdefault(path.name + ("en" if "/en/" in str(path) else ""), path)
    coded = set(first.values())
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda path: [f"{path}: {problem}" for problem in problems(path, path in coded)], leaflets))
    found = [problem for result in results for problem in result]
    print("\n".join(found[:50]), file=sys.stderr)
    print(f"leaflets: {len(leaflets)} read, {len(coded)} QR codes decoded, {len(found)} problems")
    sys.exit(1 if found or not leaflets else 0)


main()
