"""Which choice a written name stands for: exactly, or so nearly that a human must say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import field

from civicrules.ballots import Choice
from civicrules.program import Names
from civicrules.reading.labels import fold, without_note
from civicrules.suggest import Known
from civicrules.values import frozen

_COLON = re.compile(r"\s*[:：]\s*")

Fitting = Mapping[str, tuple[Choice, ...]]


@frozen
class Slate:
    """Who stands, and how posts are written (by their ids). Both may be empty: then names are taken as they stand.

    `exact` and `folded` are the labels of all choices: `candidate`, `post: candidate`, `list: candidate`,
    `post: list: candidate`, and the list itself for the choice of a list. Under `loose` they stand without the notes
    in brackets at their ends, by which candidates of one name are told apart.
    """

    choices: tuple[Choice, ...]
    posts: Mapping[str, Names] = field(hash=False)
    exact: Fitting = field(hash=False, repr=False)
    folded: Fitting = field(hash=False, repr=False)
    loose: Fitting = field(hash=False, repr=False)
    _headings: Mapping[str, str] = field(hash=False, repr=False)
    _known: Mapping[str | None, Known] = field(hash=False, repr=False)
    _named: Mapping[str, tuple[Choice, ...]] = field(hash=False, repr=False)

    @classmethod
    def of(cls, choices: Iterable[Choice], posts: Mapping[str, Names]) -> Slate:
        """A slate, in an order of its own."""
        plain = {Choice(choice.candidate, choice.post, choice.list) for choice in choices}
        known = tuple(sorted(plain, key=lambda choice: choice.key))
        names = {post: posts.get(post, Names()) for post in (*posts, *(choice.post for choice in known))}
        headings = {fold(form): post for post, forms in names.items() for form in (post, *_forms(forms)) if form}
        exact: dict[str, dict[Choice, None]] = {}
        for choice in known:
            for label in _labels(choice, names):
                exact.setdefault(label, {})[choice] = None
        folded: dict[str, dict[Choice, None]] = {}
        loose: dict[str, dict[Choice, None]] = {}
        for label, found in exact.items():
            folded.setdefault(_folded(label), {}).update(found)
            loose.setdefault(without_note(_folded(label)), {}).update(found)
        named: dict[str, list[Choice]] = {}
        for choice in known:
            if choice.candidate:
                named.setdefault(choice.candidate, []).append(choice)
        candidates = {
            post: Known.of(choice.candidate for choice in known if choice.candidate and post in (None, choice.post))
            for post in (None, *dict.fromkeys(choice.post for choice in known))
        }
        return cls(known, names, _tuples(exact), _tuples(folded), _tuples(loose), headings, candidates, _tuples(named))

    @property
    def only_post(self) -> str:
        """The post of all who stand, empty when there are several."""
        posts = {choice.post for choice in self.choices}
        return posts.pop() if len(posts) == 1 else ""

    def post(self, text: str) -> str | None:
        """The post that a heading names: `委员` or `委员2`; any heading when no post is known."""
        plain = fold(text)
        numberless = plain.rstrip("0123456789一二三四五六七八九十").rstrip("_")
        if not self._headings and not self.choices:
            shown = " ".join(text.split()).rstrip(":：")
            while shown and fold(shown) != numberless and numberless:
                shown = shown[:-1].rstrip()
            return shown or " ".join(text.split())
        return self._headings.get(plain, self._headings.get(numberless))

    def standing(self, text: str, post: str | None = None) -> tuple[Choice, ...]:
        """The choices that a text names, of one post or of all; several when it fits several."""
        for found in (
            self.exact.get(text.strip()),
            self.folded.get(_folded(text)),
            self.loose.get(without_note(_folded(text))),
        ):
            fitting = tuple(choice for choice in found or () if post is None or choice.post == post)
            if fitting:
                return fitting
        return ()

    def near(self, text: str, post: str | None = None) -> tuple[Choice, ...]:
        """The choices that somebody may have meant by a text that names none."""
        known = self._known.get(post)
        close = known.nearest(text) if known is not None else ()
        return tuple(choice for name in close for choice in self._named[name] if post in (None, choice.post))


def _folded(text: str) -> str:
    """A label folded, however its parts are set apart: `主任：林华` as `主任: 林华`."""
    return fold(_COLON.sub(": ", text))


def _tuples(table: Mapping[str, Iterable[Choice]]) -> Fitting:
    return {label: tuple(found) for label, found in table.items()}


def _forms(names: Names) -> tuple[str, ...]:
    return tuple(form for _, form in names.forms)


def _labels(choice: Choice, posts: Mapping[str, Names]) -> tuple[str, ...]:
    """The ways to write a choice, the shortest first."""
    name = choice.candidate or choice.list
    listed = f"{choice.list}: {choice.candidate}" if choice.candidate and choice.list else name
    return (
        name,
        listed,
        *(f"{post}: {part}" for post in (choice.post, *_forms(posts[choice.post])) if post for part in (name, listed)),
    )


def with_post(choice: Choice, slate: Slate) -> Names:
    """A choice written with its post, which no other word of a ballot file looks like; nothing where it has no post."""
    if not choice.post:
        return Names()
    name, post = choice.candidate or choice.list, slate.posts.get(choice.post, Names())
    en, zh = ((post.text(tag) if post.forms else choice.post) for tag in ("en", "zh"))
    return Names.of(en=f"{en}: {name}", zh=f"{zh}：{name}")


def label(choice: Choice, slate: Slate) -> str:
    """The shortest way to write a choice that fits no other one."""
    plain = Choice(choice.candidate, choice.post, choice.list)
    labels = _labels(plain, {**slate.posts, choice.post: slate.posts.get(choice.post, Names())})
    return next((one for one in labels if slate.standing(one) == (plain,)), labels[-1])
