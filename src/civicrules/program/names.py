"""What things are called: a name in each language, and the id that a name gives."""

from __future__ import annotations

from civicrules.values import frozen


@frozen
class Names:
    """The forms of a name by language tag; a text in a missing language is shown in the first one there is."""

    forms: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, **forms: str | None) -> Names:
        """Names from keyword arguments, leaving out what is missing: `Names.of(en="households", zh="居民户数")`."""
        return cls(tuple((tag, form) for tag, form in forms.items() if form))

    def text(self, language: str) -> str:
        """The form in a language, else the first form, else nothing."""
        forms = dict(self.forms)
        return forms.get(language) or next(iter(forms.values()), "")

    def has(self, language: str) -> bool:
        return any(tag == language for tag, _ in self.forms)


def identifier(name: str) -> str:
    """The id a name gives: a space and `_` are the same, case does not matter.

    >>> identifier("Residents committee's size")
    'residents_committees_size'
    """
    return "_".join(name.replace("_", " ").replace("'", "").replace("’", "").casefold().split())


# The levels of norms, highest first.
LEVELS = {
    "statute": Names.of(en="statute", zh="法律"),
    "regulation": Names.of(en="regulation", zh="行政法规"),
    "province": Names.of(en="province", zh="省"),
    "city": Names.of(en="city", zh="市"),
    "district": Names.of(en="district", zh="区"),
    "county": Names.of(en="county", zh="县"),
    "street": Names.of(en="street", zh="街道"),
    "township": Names.of(en="township", zh="乡镇"),
    "community": Names.of(en="community", zh="社区"),
    "village": Names.of(en="village", zh="村"),
}
