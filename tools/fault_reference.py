"""The reference on safety: what edits and questions promise, with the faults that were tried."""

from __future__ import annotations

from faults import KINDS

from reformledger.i18n import Language

HEAD: dict[Language, str] = {
    "en": """\
# Safety

What edits, questions and data sets promise, and what was tried to break the promise. `python tools/faults.py` in the
repository tries edits again and prints how many faults of each kind were tried and survived; the tests try every
seventh.

## An edit is made whole, or not at all

- One file gets its new content in one step: whoever is killed, whatever the disk refuses, the old text is there or the
  new one.
- Several files of a folder (`rollover`, a batch, `undo` of either) are one write. What is about to change is on the
  disk beside them first (`.reformledger-begun.json`) and is removed after the last. Until then questions show what was
  there before, and say so. The next edit takes back what was begun, and says so; `undo` has that as its answer, and
  finishes an `undo` that was begun.
- Where somebody changed one of the files by hand in between, questions show what is there, and every edit is refused
  until you have looked: see that the files are what they should be, then delete `.reformledger-begun.json`. The same
  holds for such a file that cannot be ours: one that git keeps, that names files elsewhere, or that was written by
  somebody who may not write the ledgers.
- One edit writes in one folder. A batch over several is refused.
- Every edit is remembered for `undo` before it is written; one that was never made is passed over.

## Nothing is lost between programs

- Whoever edits holds the lock of the folder; who waits is served while it changes hands. See
  [share a folder](../how-to/shared-folder.md).
- A file that another program changed since it was read is not written; the edit is refused.
- What another program saves at the very moment of writing is kept as `NAME.displaced-DATE-TIME`, and said; `list`,
  `check` and all other questions name it until it is deleted.
- A record made here (a report, a close-out, …) that another program later saved an older copy over is found, with the
  limits that the page of the rule says: [RL015](../rules/RL0.md#rl015-a-record-that-is-gone).

## What is said is so

- Where the system did not confirm that something is on the disk, or it is not known what a file holds now, the exit
  code is 74 and the sentence says which file. See [exit codes](exit-codes.md).
- Ctrl-C, SIGTERM and SIGHUP take back what is under way; where all was written already, that is said.
- Where there are no hard links (a USB stick), a kill may leave a single new file empty; of several, it is settled.

## Asking of history changes nothing

- `diff`, `log` and all other questions ask git only what it answers without running anything else: no hook, filter,
  text conversion, external diff, pager, monitor of files, signature check, alias or program for passwords of a
  repository is run, whatever its configuration says. Neither its files nor its `.git` are written.
- Nothing is fetched. What a partial clone left behind is named, with the command that fetches it.
- The `git` that is started is one of whole paths in `PATH`, never one in the folder.
- A repository that belongs to somebody else is read where git is told to trust it (`safe.directory`), and else named.
- Names of authors and what they write about their commits are shown without colours, links or signs that change the
  direction of text.

Tried with a repository whose configuration names a trap at every key that names a program, in every hook, with a
signature and with content left behind: none is sprung, and every byte and time stays. `strace` sees git alone start.

## A data set is the old one or the new one

- `gather` writes a version beside the one that counts, has all of it on the disk, and lets it count in one step. The
  ledgers themselves are only read.
- Whoever reads meanwhile gets one version, whole; it is not cleared away as long as `list` or `stats` read it.
- A body that cannot be read is named and left out, never half read.
- `list` and `stats` use a file only where its digest is the one that `gather` wrote down. What is damaged, exchanged or
  a link is named, and the next `gather` makes it anew. This finds accidents: who may write the folder could also write
  a manifest of his own.
- No contact is in it.

Tried by killing `gather` at its calls of the system, by refusing them, on a full disk, with processes of its own ended
from outside, with readers and a second `gather` beside it, and with every file forged or exchanged.

## What was tried

A fault is survived when all files are as they were or all as they shall be, in what is shown at once and in what is
there after the next edit; when nothing is left lying; and when `undo` takes back that edit and no other. All are.

| fault |
| --- |
""",
    "zh": """\
# 安全

修改、查询和数据集保证什么，又用什么办法试过能否打破这些保证。在源码库里运行 `python tools/faults.py`
会把修改重新试一遍，并列出每类故障试了几次、几次完好；测试每隔七处试一处。

## 一次修改要么全部写成，要么全不写

- 单个文件一步换成新内容：无论进程被杀还是磁盘拒绝，文件里不是旧稿就是新稿。
- 同一文件夹的多个文件（`rollover`、批量修改及其 `undo`）作为一次写入。将要改动的内容先写在旁边
  （`.reformledger-begun.json`）并落盘，写完最后一个文件才删除。其间查询显示修改之前的内容，并予说明；
  下一次修改先收回未完成的修改，并予说明；`undo` 就以此为结果，未完成的 `undo` 则予以完成。
- 其间有人手工改过其中的文件，查询显示现有内容，修改一律拒绝，等您看过再说：核对各文件内容，
  然后删除 `.reformledger-begun.json`。这个文件若不可能是本程序所写（已收入 git、指向别处的文件、
  由无权写台账的人写下），也是如此。
- 一次修改只写一个文件夹，跨文件夹的批量修改予以拒绝。
- 每次修改都先记下如何撤销再写；没有写成的，`undo` 自会略过。

## 程序之间什么也不丢

- 修改时持有文件夹的锁，锁不断换手时等待者都会轮到，见[共享文件夹](../how-to/shared-folder.md)。
- 读取之后被其他程序改过的文件不写，修改予以拒绝。
- 写入的一瞬间其他程序保存的内容另存为 `文件名.displaced-日期-时间`，并予说明；`list`、`check` 等查询都会提到它，
  直到删除为止。
- 在本机记下、后来被其他程序用旧稿盖掉的记录（进展、销账等）会被查出，限度见该规则的说明：
  [RL015](../rules/RL0.md#rl015-记录不见了)。

## 说的都是实情

- 系统没有确认已落盘，或者无法得知文件现在的内容，退出码为 74，并说明是哪个文件，见[退出码](exit-codes.md)。
- Ctrl-C、SIGTERM、SIGHUP 都会收回正在进行的修改；已经全部写完的，会说明修改有效。
- 不支持硬链接的盘（U盘）上，单个新建文件写到一半被杀可能留下空文件；多文件修改会予以处理。

## 查询历史什么也不改

- `diff`、`log` 等查询只问 git 无需另起程序就能回答的事：无论仓库的配置怎么写，其中的钩子、过滤器、文本转换、
  外部比较、分页、文件监视、签名检查、别名、密码程序都不会运行；数据文件和 `.git` 都不会被写。
- 什么也不下载。部分克隆留在别处的内容会点名说明，并给出下载的命令。
- 启动的 `git` 只取 `PATH` 中完整路径里的，绝不取当前文件夹里的。
- 属于别人的仓库，git 得到许可（`safe.directory`）才读，否则说明原因。
- 作者姓名和提交说明显示时，不带颜色、链接和改变文字方向的符号。

试过这样的仓库：凡能指定程序的配置项、每个钩子都设了陷阱，带签名，并缺少部分内容。没有一个陷阱被触发，
每个字节和时间都不变；`strace` 所见，启动的只有 git。

## 数据集不是旧版就是新版

- `gather` 把新版本写在现行版本旁边，全部落盘之后一步生效。台账本身只读不写。
- 其间来查询的，得到的是同一个完整的版本；`list`、`stats` 还在读的版本不会被清除。
- 读不了的单位点名说明，整个不收，不会只读进一半。
- 文件的摘要与 `gather` 记下的一致，`list`、`stats` 才用。损坏的、被换掉的、是链接的，都会点名，
  下一次 `gather` 重新做成。这样查出的是意外：有权写这个文件夹的人，也写得出自己的清单。
- 里面没有联系人。

试过：在各次系统调用处杀死 `gather`，拒绝它的系统调用，磁盘写满，从外部结束它的子进程，同时有人查询、
有第二个 `gather`，伪造或调换每一个文件。

## 试过的故障

“完好”是指：所有文件都是原样，或者都是改后的样子，当时的查询如此，下一次修改之后也如此；没有残留文件；
`undo` 撤销的正是这次修改。以下各项全部完好。

| 故障 |
| --- |
""",
}


def fault_reference(chosen: Language) -> str:
    """Return the page in a language."""
    return HEAD[chosen] + "".join(f"| {kind.title[chosen == 'zh']} |\n" for kind in KINDS.values())
