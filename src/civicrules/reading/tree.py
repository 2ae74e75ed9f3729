"""Facts from a tree of keys and values: YAML, JSON, and plans given from Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from civicrules.facts import Blank, Fact, FactList, Row
from civicrules.plan_words import MORE, NONE, PLAN, ROWS, YES
from civicrules.program import Entity, ListType, Names, PeopleType, identifier
from civicrules.reading.gathered import Gathered, Tools, field_names, unknown
from civicrules.reading.header import given_twice
from civicrules.reading.labels import Headline, Label, fold, forms, stands_for
from civicrules.reading.python import attribute, branch_of
from civicrules.reading.raw import Atom, Branch, Node, Series, Sheet, Thing, Unreadable, shown
from civicrules.reading.records import ATTESTED, WAIVED, bind_records, records_table
from civicrules.reading.scalars import FALSE_WORDS, TRUE_WORDS
from civicrules.reading.table import bind_table
from civicrules.source import Key, Place


def bind_tree(gathered: Gathered, tools: Tools, root: Node) -> None:
    """Bind a plan: a key per entity, body or list; a field alone where one entity has it."""
    branch = _opened(root, _root_names(tools))
    if not isinstance(branch, Branch):
        _no_plan(gathered, tools, root)
        return
    seen: dict[str, Place] = {}
    for at, (text, node) in enumerate(branch.entries):
        thing = tools.labels.thing(text)
        if thing is None:
            _bind_alone(gathered, tools, branch.key(at), node)
        elif isinstance(thing, ListType):
            bind_list(gathered, tools, thing, branch.where(at), node)
        else:
            if thing.id in seen:
                gathered.diagnostics.append(given_twice(thing.names, branch.where(at), seen[thing.id], same=True))
            seen.setdefault(thing.id, branch.where(at))
            _bind_entity(gathered, tools, thing, node)


def _no_plan(gathered: Gathered, tools: Tools, root: Node) -> None:
    """Report a plan that has no keys; one given from Python in the words of its writer."""
    if not isinstance(root.place, Key):
        gathered.wrong_shape(root, PLAN, "keys")
        return
    members = tools.vocabulary.listed()
    entity = next((one for one in tools.vocabulary.entities if one.id not in members and one.fields), None)
    data = {} if entity is None else {"example": f'{{"{entity.id}": {{"{entity.fields[0].id}": …}}}}'}
    gathered.report("CR0526", root.place, data)


def _bind_alone(gathered: Gathered, tools: Tools, key: Atom, node: Node) -> None:
    text = str(key.value)
    if stands_for(text, PLAN):
        return
    labels = tools.labels.alone(text)
    records = None if labels else records_table(text)
    if records is not None:
        bind_records(gathered, tools, records, node)
    elif len(labels) == 1:
        _bind_several(gathered, tools, labels[0], node, gathered.values, "", labels[0].key)
    elif labels:
        gathered.report(
            "CR0502", key.place, {"found": shown(text), "owners": tuple(label.entity.names for label in labels)}
        )
    else:
        unknown(gathered, tools, key, PLAN, _candidates(tools))


def _candidates(tools: Tools) -> tuple[Names, ...]:
    """All names that can stand at the top of a plan."""
    members = tools.vocabulary.listed()
    own = [entity for entity in tools.vocabulary.entities if entity.id not in members]
    return (
        *(entity.names for entity in own),
        *(entry.names for entry in tools.vocabulary.lists),
        *(names for entity in own for names in field_names(entity)),
        PLAN,
        ATTESTED.names,
        WAIVED.names,
    )


def _bind_entity(gathered: Gathered, tools: Tools, entity: Entity, node: Node) -> None:
    branch = _opened(node, _field_attributes(entity))
    if not isinstance(branch, Branch):
        if not _is_blank(branch):
            gathered.wrong_shape(branch, entity.names, "keys")
        return
    known, values, put = tools.labels.fields[entity.id], gathered.values, gathered.put
    for at, (text, value) in enumerate(branch.entries):
        label = known.get(text) or tools.labels.within(entity, text)
        if label is None:
            unknown(gathered, tools, branch.key(at), entity.names, field_names(entity))
        elif isinstance(value, Atom):
            put(tools, label, value, values, "", label.key)
        else:
            _bind_several(gathered, tools, label, value, values, "", label.key)


def _bind_several(
    gathered: Gathered, tools: Tools, label: Label, node: Node, into: dict[str, Fact], under: str, id: str
) -> None:
    """Bind a sequence of names, where several people may stand, or the parts of a number; nothing else is more than one
    value.
    """
    if isinstance(node, Series) and isinstance(label.field.type, PeopleType):
        node = _named(node)
    parts = _parts(label, node) if isinstance(node, Branch) else None
    if isinstance(node, Atom):
        gathered.put(tools, label, node, into, under, id)
    elif parts is not None:
        for part, atom in parts:
            gathered.put(tools, part, atom, into, under, id)
    else:
        gathered.wrong_shape(node, label.field.names, "value")
        gathered.blocked[under + id] = node.place


def _parts(label: Label, branch: Branch) -> list[tuple[Label, Atom]] | None:
    """The parts of a number by their names; nothing where the keys cannot be that."""
    found = [(label.of_part(text.strip()), node) for text, node in branch.entries if not label.part]
    known = [(part, node) for part, node in found if part is not None and part.part and isinstance(node, Atom)]
    return known if known and len(known) == len(branch.keys) else None


def _named(series: Series) -> Node:
    """A sequence of names as one value, as a cell would hold it; an empty one is nobody."""
    names = [item.value for item in series.items if isinstance(item, Atom) and isinstance(item.value, str)]
    if len(names) < len(series.items):
        return series
    return Atom("\n".join(names) if any(names) else Blank.NONE, series.place)


# ---------------------------------------------------------------- lists


def bind_list(gathered: Gathered, tools: Tools, entry: ListType, key: Place, node: Node) -> None:
    """Bind a list: rows, a table, or keys with `rows` among them; `none` for a list that is known to be empty."""
    match node:
        case Atom():
            _bind_word(gathered, tools, entry, key, node)
        case Sheet():
            facts = bind_table(gathered, tools, entry, node)
            if facts is not None:
                gathered.put_list(tools, entry, facts, key)
        case Series():
            gathered.put_list(tools, entry, _rows(gathered, tools, entry, node), key)
        case Branch():
            _bind_rows_key(gathered, tools, entry, key, node)
        case _:
            gathered.wrong_shape(node, entry.names, "rows")
            gathered.blocked[entry.id] = node.place


def _bind_word(gathered: Gathered, tools: Tools, entry: ListType, key: Place, atom: Atom) -> None:
    text = atom.value if isinstance(atom.value, str) else ""
    if _is_blank(atom):
        return
    if stands_for(text, MORE):
        gathered.put_list(tools, entry, FactList((), False, atom.place), key)
    elif stands_for(text, NONE):
        gathered.put_list(tools, entry, FactList((), True, atom.place), key)
    else:
        gathered.wrong_shape(atom, entry.names, "rows")
        gathered.blocked[entry.id] = atom.place


def _bind_rows_key(gathered: Gathered, tools: Tools, entry: ListType, key: Place, branch: Branch) -> None:
    rows: Node | None = None
    more = False
    for at, (text, node) in enumerate(branch.entries):
        if stands_for(text, ROWS) and rows is None:
            rows = node
        elif stands_for(text, MORE) and isinstance(node, Atom):
            more = _says_more(gathered, node)
        else:
            unknown(gathered, tools, branch.key(at), entry.names, (ROWS, MORE))
    if rows is None:
        gathered.wrong_shape(branch, entry.names, "rows")
        gathered.blocked[entry.id] = branch.place
        return
    bind_list(gathered, tools, entry, key, rows)
    facts = gathered.lists.get(entry.id)
    if more and facts is not None:
        gathered.lists[entry.id] = FactList(facts.rows, False, facts.place)


def _says_more(gathered: Gathered, atom: Atom) -> bool:
    """Whether a list has more to come; of one that says it in other words than yes and no nobody knows the end."""
    value = atom.value
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and (stands_for(value, YES) or fold(value) in TRUE_WORDS):
        return True
    if _is_blank(atom) or (isinstance(value, str) and fold(value) in FALSE_WORDS):
        return False
    gathered.report("CR0510", atom.place, {"label": MORE, "found": shown(value)})
    return True


def _rows(gathered: Gathered, tools: Tools, entry: ListType, series: Series) -> FactList:
    entity = tools.vocabulary.entity(entry.entity)
    rows: list[Row] = []
    complete = True
    for item in series.items:
        if isinstance(item, Atom):
            if isinstance(item.value, str) and stands_for(item.value, MORE):
                complete = False
                continue
            if _is_blank(item):
                continue
        rows.append(_row(gathered, tools, entry, entity, item, len(rows) + 1))
    return FactList(tuple(rows), complete, series.place)


def _row(gathered: Gathered, tools: Tools, entry: ListType, entity: Entity, item: Node, number: int) -> Row:
    branch = _opened(item, _field_attributes(entity)) if isinstance(item, Thing) else item
    values: dict[str, Fact] = {}
    under = f"{entry.id}[{number}]."
    if not isinstance(branch, Branch):
        gathered.wrong_shape(branch, entry.singular, "fields")
        return Row(values, item.place)
    known = tools.labels.fields[entity.id]
    for at, (text, value) in enumerate(branch.entries):
        label = known.get(text) or tools.labels.within(entity, text)
        if label is None:
            unknown(gathered, tools, branch.key(at), entry.singular, field_names(entity))
        elif isinstance(value, Atom):
            gathered.put(tools, label, value, values, under, label.id)
        else:
            _bind_several(gathered, tools, label, value, values, under, label.id)
    if gathered.blanks:
        gathered.end_row(values, under)
    return Row(values, item.place)


# ---------------------------------------------------------------- objects from Python


def _opened(node: Node, names: Iterable[tuple[str, ...]]) -> Node:
    """An object as keys with values, its attributes asked for by all forms of each name; any other node as it is."""
    if not isinstance(node, Thing):
        return node
    found = [entry for entry in (attribute(node, attributes) for attributes in names) if entry is not None]
    if not found:
        return Atom(Unreadable.VALUE, node.place)
    return branch_of(tuple(name for name, _ in found), tuple(value for _, value in found), node.path)


def _root_names(tools: Tools) -> Iterator[tuple[str, ...]]:
    yield from (tuple(forms((names,))) for names in (PLAN, ATTESTED.names, WAIVED.names))
    things: dict[str, Headline] = {thing.id: thing for thing in tools.labels.things.values()}
    for thing in things.values():
        yield _attributes(thing.id, thing.names)
    members = tools.vocabulary.listed()
    for entity in tools.vocabulary.entities:
        for entry in entity.fields if entity.id not in members else ():
            if len(tools.labels.alone(entry.id)) == 1 and entry.id not in things:
                yield _attributes(entry.id, entry.names)


def _field_attributes(entity: Entity) -> Iterator[tuple[str, ...]]:
    for entry in entity.fields:
        yield _attributes(entry.id, entry.names)
        if entry.negative.forms:
            yield _attributes("", entry.negative)


def _attributes(id: str, names: Names) -> tuple[str, ...]:
    return tuple(form for form in dict.fromkeys((id, *(identifier(form) for form in forms((names,))))) if form)


def _is_blank(node: Node) -> bool:
    return isinstance(node, Atom) and isinstance(node.value, str) and not node.value.strip()
