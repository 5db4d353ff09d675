"""Draw the pictures of the board that the READMEs show: the page itself, as Chromium paints it.

    python tools/board_picture.py

Needs Playwright and Chromium. Each picture holds the digest of the page that it was painted from, so that a test finds
one that shows an older board without painting it.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from hashlib import sha256
from pathlib import Path

from consoles import Story

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
LANGUAGES = ("en", "zh")
DAY = "2020-11-20"
WIDTH, HEIGHT = 1280, 900
BEFORE = (
    "reformledger progress point-3 --text 规划纲要已征求意见 --percent 88 --by 法规科 --date 2020-11-10",
    "reformledger progress point-4 --text 四所幼儿园主体完工 --percent 55 --by 计财科 --date 2020-10-20",
    "reformledger progress point-5 --text 任务分工已落实 --percent 85 --by 基教科 --date 2020-11-05",
    "reformledger progress point-6 --text 专业群建设方案已印发 --percent 100 --by 职成高教科 --date 2020-11-12",
    "reformledger progress point-7 --text 培训完成三期 --percent 80 --by 人事科 --date 2020-11-02",
    "reformledger progress point-9 --text 等待省上部署 --weak --by 基教科 --date 2020-11-09",
    "reformledger progress point-13 --text 新增特色学校一所 --percent 90 --by 体卫艺科 --date 2020-11-15",
    "reformledger progress point-14 --text 医生培训已组织 --percent 84 --by 社体科 --date 2020-11-03",
    "reformledger progress task-1 --text 合作协议已修订 --percent 60 --by 职成高教科 --date 2020-11-01",
    "reformledger progress task-3 --text 健康促进政策已对接 --percent 86 --by 社体科 --date 2020-11-11",
    "reformledger progress pilot-2 --text 第二轮课堂改革启动 --percent 87 --by 西区教育和体育局 --date 2020-11-08",
    "reformledger close scheme-1 scheme-3 --evidence 销账材料〔2020〕2号 --date 2020-10-25",
    "reformledger close pilot-5 --evidence 验收意见 --date 2020-11-06",
    "reformledger close point-10 point-12 --evidence 攀教体发〔2020〕31号 --date 2020-10-30",
    "reformledger set review-1 due=2020年10月",
)
"""What was recorded before: the notice alone has no reports."""
_AFTER_HEADER = 33  # the signature of a PNG and its first chunk
_KEY = b"Source"


def board_page(language: str) -> bytes:
    """Return the board of the notice, with what was recorded, in a language."""
    with Story(language) as story:
        for command in BEFORE:
            story.run(command)
        # Sentences are translated as modules are imported: one process makes one language.
        command = [sys.executable, "-m", "reformledger", "board", "--as-of", DAY, "-o", "board.html"]
        subprocess.run(command, cwd=story.folder, env={**os.environ, "REFORMLEDGER_LANG": language}, check=True)
        return (story.folder / "board.html").read_bytes()


def picture_of(language: str) -> Path:
    """Return where the picture of a language is kept."""
    return IMAGES / f"board-{language}.png"


def digest_in(picture: bytes) -> str:
    """Return the digest of the page from which a picture was painted; "" where it holds none."""
    (length,) = struct.unpack(">I", picture[_AFTER_HEADER : _AFTER_HEADER + 4])
    name, _null, digest = picture[_AFTER_HEADER + 8 : _AFTER_HEADER + 8 + length].partition(b"\0")
    return digest.decode() if name == _KEY else ""


def digest_of(page: bytes) -> str:
    """Return the digest of a page."""
    return sha256(page).hexdigest()


def _signed(picture: bytes, digest: str) -> bytes:
    """Return a picture with a digest in a chunk of text."""
    chunk = b"tEXt" + _KEY + b"\0" + digest.encode()
    signed = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return picture[:_AFTER_HEADER] + signed + picture[_AFTER_HEADER:]


def main() -> int:
    """Paint all of them."""
    from browsers import chromium

    with chromium() as browser:
        for language in LANGUAGES:
            page = board_page(language)
            tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            tab.set_content(page.decode())
            picture_of(language).write_bytes(_signed(tab.screenshot(), digest_of(page)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
