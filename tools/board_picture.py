"""Draw the pictures of the board that the READMEs show: the page itself, as Chromium paints it.

    python tools/board_picture.py

Needs Playwright and Chromium. Each picture holds the digest of the page that it was painted from, so that a test finds
one that shows an older board without painting it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from signed import digest_of, signed

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
LANGUAGES = ("en", "zh")
DAY = "2020-11-20"
WIDTH, HEIGHT = 1280, 900
BEFORE = {
    "progress": (
        {"id": "point-3", "text": "规划纲要已征求意见", "percent": 88, "by": "法规科", "date": "2020-11-10"},
        {"id": "point-4", "text": "四所幼儿园主体完工", "percent": 55, "by": "计财科", "date": "2020-10-20"},
        {"id": "point-5", "text": "任务分工已落实", "percent": 85, "by": "基教科", "date": "2020-11-05"},
        {"id": "point-6", "text": "专业群建设方案已印发", "percent": 100, "by": "职成高教科", "date": "2020-11-12"},
        {"id": "point-7", "text": "培训完成三期", "percent": 80, "by": "人事科", "date": "2020-11-02"},
        {"id": "point-9", "text": "等待省上部署", "weak": True, "by": "基教科", "date": "2020-11-09"},
        {"id": "point-13", "text": "新增特色学校一所", "percent": 90, "by": "体卫艺科", "date": "2020-11-15"},
        {"id": "point-14", "text": "医生培训已组织", "percent": 84, "by": "社体科", "date": "2020-11-03"},
        {"id": "task-1", "text": "合作协议已修订", "percent": 60, "by": "职成高教科", "date": "2020-11-01"},
        {"id": "task-3", "text": "健康促进政策已对接", "percent": 86, "by": "社体科", "date": "2020-11-11"},
        {"id": "pilot-2", "text": "第二轮课堂改革启动", "percent": 87, "by": "西区教育和体育局", "date": "2020-11-08"},
    ),
    "close": (
        {"id": "scheme-1", "evidence": ["销账材料〔2020〕2号"], "date": "2020-10-25"},
        {"id": "scheme-3", "evidence": ["销账材料〔2020〕2号"], "date": "2020-10-25"},
        {"id": "pilot-5", "evidence": ["验收意见"], "date": "2020-11-06"},
        {"id": "point-10", "evidence": ["攀教体发〔2020〕31号"], "date": "2020-10-30"},
        {"id": "point-12", "evidence": ["攀教体发〔2020〕31号"], "date": "2020-10-30"},
    ),
    "set": ({"id": "review-1", "fields": {"due": "2020年10月"}},),
}
"""What was recorded before, by the command that takes it as a batch: the notice alone has no reports."""


def sources() -> dict[str, bytes]:
    """Return the board of the notice, with what was recorded, in each language."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "data", Path(folder) / "data")

        def run(language: str, *words: str, batch: object = None) -> None:
            # Sentences are translated as modules are imported: one process makes one language.
            environment = {**os.environ, "REFORMLEDGER_LANG": language, "XDG_STATE_HOME": folder}
            command = [sys.executable, "-m", "reformledger", *words]
            stdin = json.dumps(batch).encode()
            subprocess.run(command, cwd=folder, env=environment, input=stdin, check=True, capture_output=True)

        for command, batch in BEFORE.items():
            run("en", command, "--stdin", "json", batch=batch)
        for language in LANGUAGES:
            run(language, "board", "--as-of", DAY, "-o", f"{language}.html")
        return {language: (Path(folder) / f"{language}.html").read_bytes() for language in LANGUAGES}


def picture_of(language: str) -> Path:
    """Return where the picture of a language is kept."""
    return IMAGES / f"board-{language}.png"


def main() -> int:
    """Paint all of them."""
    from browsers import chromium

    with chromium() as browser:
        for language, page in sources().items():
            tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            tab.set_content(page.decode())
            picture_of(language).write_bytes(signed(tab.screenshot(), digest_of(page)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
