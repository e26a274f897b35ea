#!/usr/bin/env python3
"""Write a site of N made-up Vietnamese articles, the same bytes for the same N.

    generate.py N DIR

Articles have 350 to 900 words with headings, lists, a table, a quotation, links to other
articles, dates, telephone numbers and document numbers, spread over twelve topics and, by date,
over 4,500 days. One web edition is configured.
"""
import datetime
import pathlib
import random
import sys

WORDS = (
    "người dân ấp khu phố xã phường tổ đội gia đình hàng xóm trường học cơ quan doanh nghiệp hợp tác xã "
    "báo tin tố giác phòng ngừa cảnh giác giữ gìn an ninh trật tự an toàn bình yên tuần tra hòa giải vận động "
    "kẻ gian trộm cắp lừa đảo đe dọa cướp giật ma túy cờ bạc bạo lực cháy nổ tai nạn thiên tai "
    "điện thoại mật khẩu tài khoản ngân hàng tin nhắn cuộc gọi đường dẫn camera khóa cửa đèn đường xe máy ghe xuồng "
    "ngày hội văn nghệ thể thao khen thưởng cam kết giao ước họp dân loa truyền thanh tờ rơi bản tin "
    "quyền trách nhiệm bảo vệ giữ kín danh dự tài sản sức khỏe tính mạng pháp luật nghị định hướng dẫn"
).split()
TOPICS = [
    "Nghị định 06", "Ngày hội 19/8", "Tố giác tội phạm", "Phòng cháy", "Giao thông", "An toàn trên mạng",
    "Ma túy", "Bạo lực gia đình", "Trẻ em", "Mô hình hay", "Người tốt việc tốt", "Hỏi đáp pháp luật",
]
FACTS = ["Nghị định số 06/2014/NĐ-CP", "ngày 19/8", "số 113", "lúc 7 giờ 30 phút", "**24/24 giờ**", "khoản 2 Điều 9", "*miễn phí*", "85%"]
EPOCH = datetime.date(2014, 3, 8)
DAYS = 4500


def sentence(rng, least=9, most=24):
    words = rng.choices(WORDS, k=rng.randint(least, most))
    if rng.random() < 0.25 and len(words) > 3:
        words.insert(3, rng.choice(FACTS))
    text = " ".join(words)
    return text[0].upper() + text[1:] + "."


def plain(rng, least, most):
    return sentence(rng, least, most)[:-1].replace("*", "")


def paragraph(rng):
    return " ".join(sentence(rng) for _ in range(rng.randint(3, 6)))


def extra(rng, count):
    kind = rng.randrange(5)
    if kind == 0:
        return "\n".join(f"- {sentence(rng, 6, 14)}" for _ in range(rng.randint(3, 6)))
    if kind == 1:
        return "\n".join(f"{n}. {sentence(rng, 6, 14)}" for n in range(1, rng.randint(4, 7)))
    if kind == 2:
        rows = "\n".join(f"| {7 + n}:30 | {plain(rng, 4, 8)} | {plain(rng, 2, 4)} |" for n in range(4))
        return f"| Thời gian | Nội dung | Phụ trách |\n|---|---|---|\n{rows}"
    if kind == 3:
        return "> " + sentence(rng)
    other = rng.randrange(count)
    return f"Xem thêm [{plain(rng, 4, 7)}](bai-{other:06d}.md) và [Cổng thông tin](https://example.org/)."


def article(number, count):
    rng = random.Random(number * 7919 + 19)
    date = EPOCH + datetime.timedelta(days=number * DAYS // max(count, 1))
    topics = ", ".join(f'"{topic}"' for topic in rng.sample(TOPICS, rng.randint(1, 3)))
    out = [
        "---",
        f'title: "{plain(rng, 6, 12)}"',
        f'summary: "{plain(rng, 15, 25)}."',
        f"date: {date}",
        f"topics: [{topics}]",
        "---",
        "",
        paragraph(rng),
    ]
    for _ in range(rng.randint(3, 5)):
        out += ["", f"## {plain(rng, 4, 9)}", "", paragraph(rng), "", extra(rng, count), "", paragraph(rng)]
    return "\n".join(out) + "\n"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    count, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    section = folder / "content" / "bai-viet"
    section.mkdir(parents=True, exist_ok=True)
    (folder / "loa.yaml").write_text(
        "title: Toàn dân bảo vệ an ninh Tổ quốc\nlanguage: vi\neditions:\n"
        '  bao: {channel: web, theme: newspaper, base_url: "https://bao.example/"}\n',
        encoding="utf-8",
    )
    (section / "_index.md").write_text("---\ntitle: Bài viết\n---\n", encoding="utf-8")
    for number in range(count):
        (section / f"bai-{number:06d}.md").write_text(article(number, count), encoding="utf-8")


if __name__ == "__main__":
    main()
