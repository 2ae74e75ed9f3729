"""Lots that are drawn in public from a seed, so that everybody can draw them again."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

from civicrules.outcome import Decision, Question
from civicrules.plugin import Draw
from civicrules.program import Names


def marks(seed: str, question: str, options: tuple[str, ...]) -> dict[str, str]:
    """The SHA-256 of seed, question and option, each on a line of its own, as hex digits: UTF-8, NFC, no line end at the end.

    Every option has a mark of its own, and nobody can say beforehand which is the smallest. The idea is that of
    R. L. Rivest's sampler for election audits (2011): a seed from public dice, and SHA-256 of it with what is drawn.

    >>> marks("4 1 6 2 3", "0123456789ab", ("Lin",))["Lin"][:16]
    '9dcd61fd992ed2d0'
    """
    lines = {option: unicodedata.normalize("NFC", f"{seed}\n{question}\n{option}") for option in options}
    return {option: sha256(text.encode()).hexdigest() for option, text in lines.items()}


SHA_256 = Draw(
    "sha-256",
    Names.of(en="sha-256", zh="sha-256"),
    marks,
    Names.of(
        en=(
            "Lots from a seed, which anybody can draw again. Each option has a mark: the SHA-256 of three lines, the seed, the "
            "number of the question and the option, in UTF-8 (NFC), without a line end after the last; the smallest marks are "
            "drawn. By hand: printf '%s\\n%s\\n%s' SEED QUESTION OPTION | sha256sum. It favours nobody as long as the seed is "
            "made in public after the question is known: by dice, or the numbers of a lottery that was named before. "
            "Source: R. L. Rivest, A sampler for election audits (2011)."
        ),
        zh=(
            "由种子抽签，任何人都可以重新抽取。每个选项有一个标记：种子、问题编号、选项各占一行，"
            "按UTF-8编码（NFC规范形式），末行之后不换行，取SHA-256值；标记最小的抽中。"
            "手工验算：printf '%s\\n%s\\n%s' 种子 问题编号 选项 | sha256sum。"
            "种子应当在问题确定之后当众产生，例如当众掷骰，或者采用事先指定的某期彩票号码，这样不偏向任何一方。"
            "来源：R. L. Rivest《选举审计抽样器》（2011年）。"
        ),
    ),
)


def drawn(question: Question, draw: Draw, seed: str, by: str = "") -> Decision:
    """The answer to a question that lots may decide, drawn from a seed: the options with the smallest marks.

    White space in the seed is made one blank, so that it stands on one line. Raises `ValueError` for an empty seed, a
    question that no lot decides (`Question.by_lot`), and a draw that does not mark each option once.

    >>> tie = Question("0123456789ab", "tie", ("Lin", "Wu"), 1, policy="lot")
    >>> drawn(tie, SHA_256, "4 1 6 2 3").chosen
    ('Wu',)
    """
    seed = " ".join(seed.split())
    if not seed or not question.by_lot:
        raise ValueError("a seed, and a question that lots may decide")
    found = draw.run(seed, question.id, question.options)
    order = sorted(found, key=lambda option: (found[option], option))
    if sorted(order) != sorted(question.options) or len(set(found.values())) != len(order):
        raise ValueError("every option has one mark, and no two have the same")
    chosen = tuple(sorted(order[: question.choose]))
    return Decision(question.id, chosen, by, draw.id, seed, tuple(f"{option} {found[option][:16]}" for option in order))
