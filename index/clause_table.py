"""All clauses of a store: by id in source order, and by document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from index.types import Clause, Document


class ClauseTable(Mapping[str, Clause]):
    """Clauses by id, in source order; compared by identity, so that results can be cached."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._clauses = {clause.id: clause for clause in clauses}
        self._own: dict[str, list[Clause]] = {}
        for clause in self._clauses.values():
            self._own.setdefault(clause.document.id, []).append(clause)

    def __getitem__(self, clause_id: str) -> Clause:
        return self._clauses[clause_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._clauses)

    def __len__(self) -> int:
        return len(self._clauses)

    __hash__ = object.__hash__
    __eq__ = object.__eq__

    @property
    def documents(self) -> list[Document]:
        """The documents, in source order."""
        return [own[0].document for own in self._own.values()]

    def of_document(self, document_id: str) -> tuple[Clause, ...]:
        """Return the clauses of a document in order; () for an unknown id."""
        return tuple(self._own.get(document_id, ()))


def as_table(clauses: Mapping[str, Clause]) -> ClauseTable:
    """Return ``clauses`` as a table, itself when it is one."""
    return clauses if isinstance(clauses, ClauseTable) else ClauseTable(clauses.values())
