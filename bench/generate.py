#!/usr/bin/env python3
"""Write a site of N made-up Vietnamese articles, the same bytes for the same N.

    generate.py N DIR [--dialect loa|hugo] [--theme NAME]

Each article has three to five parts with a heading, paragraphs and one of: a list, steps, a table,
a quotation, a link to another article. Dates, telephone numbers and document numbers are typed in
the text. Both dialects hold the same articles; they differ in how one article links to another, and in times of day.
`loa` comes with a loa.yaml of one web edition, without search, and with this project's registry of facts, which
knows every number that the articles type, so that a build looks all of them up and reports none.
"""
import argparse
import datetime
import pathlib
import random
import shutil

WORDS = (
    "người dân ấp khu phố xã phường tổ đội gia đình hàng xóm trường học cơ quan doanh nghiệp hợp tác xã "
    "báo tin tố giác phòng ngừa cảnh giác giữ gìn an ninh trật tự an toàn bình yên tuần tra hòa giải vận động "
    "kẻ gian trộm cắp lừa đảo đe dọa cướp giật ma túy cờ bạc bạo lực cháy nổ tai nạn thiên tai "
    "điện thoại mật khẩu tài khoản ngân hàng tin nhắn cuộc gọi đường dẫn camera khóa cửa đèn đường xe máy ghe xuồng "
    "ngày hội văn nghệ thể thao khen thưởng cam kết giao ước họp dân loa truyền thanh tờ rơi bản tin "
    "quyền trách nhiệm bảo vệ giữ kín danh dự tài sản sức khỏe tính mạng pháp luật nghị định hướng dẫn"
).split()
TYPED = (
    "Nghị định số 06/2014/NĐ-CP", "Thông tư số 14/2024/TT-BCA", "ngày 19/8", "lúc 7 giờ 30 phút",
    "số 113", "**24/24 giờ**", "khoản 2 Điều 9", "*miễn phí*", "85%",
)
TOPICS = (
    "nghi-dinh-06", "ngay-hoi", "to-giac-toi-pham", "phong-chay", "giao-thong", "an-toan-tren-mang",
    "ma-tuy", "bao-luc-gia-dinh", "tre-em", "mo-hinh-hay", "nguoi-tot-viec-tot", "hoi-dap-phap-luat",
)
BEGIN, DAYS = datetime.date(2014, 3, 8), 4500
FACTS = pathlib.Path(__file__).resolve().parent.parent / "content" / "_facts"


class Writer:
    """Everything about one article is drawn from its number."""

    def __init__(self, number, total, link):
        self.rng = random.Random(7919 * number + 19)
        self.total, self.link = total, link

    def between(self, least, most):
        return self.rng.randint(least, most)

    def clause(self, least, most, typed=True):
        """So many words, without a full stop; every fourth clause has something typed in it."""
        words = self.rng.choices(WORDS, k=self.between(least, most))
        if typed and self.rng.random() < 0.25:
            words.insert(3, self.rng.choice(TYPED))
        line = " ".join(words)
        return line[:1].upper() + line[1:]

    def paragraph(self):
        return " ".join(self.clause(9, 24) + "." for _ in range(self.between(3, 6)))

    def bullets(self):
        return "\n".join(f"- {self.clause(6, 14)}." for _ in range(self.between(3, 6)))

    def steps(self):
        return "\n".join(f"{step}. {self.clause(6, 14)}." for step in range(1, self.between(4, 7)))

    def table(self):
        rows = [f"| {hour}:30 | {self.clause(4, 8)} | {self.clause(2, 4)} |" for hour in range(7, 11)]
        return "\n".join(["| Thời gian | Nội dung | Phụ trách |", "|---|---|---|", *rows])

    def quotation(self):
        return f"> {self.clause(9, 24)}."

    def links(self):
        other = self.link.format(self.rng.randrange(self.total))
        return f"Xem thêm [{self.clause(4, 7)}]({other}) và [Cổng thông tin](https://example.org/)."

    def body(self):
        extras = (self.bullets, self.steps, self.table, self.quotation, self.links)
        yield self.paragraph()
        for _ in range(self.between(3, 5)):
            yield f"## {self.clause(4, 9)}"
            yield self.paragraph()
            yield self.rng.choice(extras)()
            yield self.paragraph()

    def article(self, date):
        """`date` is a day, for Hugo with a time."""
        topics = ", ".join(self.rng.sample(TOPICS, self.between(1, 3)))
        # A summary stays within the twenty syllables that a listener can follow.
        head = [
            "---", f'title: "{self.clause(6, 12, typed=False)}"', f"date: {date}",
            f'summary: "{self.clause(17, 20, typed=False)}."', f"topics: [{topics}]", "---",
        ]
        return "\n".join(head) + "\n\n" + "\n\n".join(self.body()) + "\n"


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def settings(theme):
    return (
        "title: Toàn dân bảo vệ an ninh Tổ quốc\nlanguage: vi\napproval: optional\neditions:\n"
        f'  bao: {{channel: web, theme: {theme}, search: false, base_url: "https://bao.example/"}}\n'
    )


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("count", type=int, metavar="N")
    args.add_argument("folder", type=pathlib.Path, metavar="DIR")
    args.add_argument("--dialect", choices=("loa", "hugo"), default="loa")
    args.add_argument("--theme", default="newspaper", help="theme of the loa edition")
    args = args.parse_args()
    content = args.folder / "content"
    put(content / "bai-viet" / "_index.md", "---\ntitle: Bài viết\n---\n")
    if args.dialect == "loa":
        link = "bai-{:06}.md"
        put(args.folder / "loa.yaml", settings(args.theme))
        shutil.copytree(FACTS, content / "_facts", dirs_exist_ok=True)
    else:
        link = "/bai-viet/bai-{:06}/"
        put(content / "topics" / "_index.md", "---\ntitle: Chủ đề\n---\n")
    for number in range(args.count):
        day = number * DAYS // args.count
        date = f"{BEGIN + datetime.timedelta(days=day)}"
        if args.dialect == "hugo":
            # Of articles of one day loa shows the first in path order first, Hugo the latest.
            first = -(-day * args.count // DAYS)
            date += f"T{datetime.timedelta(seconds=86399 - (number - first))}Z"
        put(content / "bai-viet" / f"bai-{number:06}.md", Writer(number, args.count, link).article(date))


if __name__ == "__main__":
    main()
