"""Our retrieval as a LangChain retriever, for other people's chains."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.contract import passage_dict
from assistant.retrieve import DEFAULT_K, retrieve
from assistant.types import Filters, Passage
from index.store import Store


class GazetteRetriever(BaseRetriever):
    """Finds clauses for a question; page_content is a clause's verbatim text.

    >>> chain = GazetteRetriever(store=open_store(), k=5) | format_documents | model
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    store: Store
    k: int = DEFAULT_K
    filters: Filters | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [_as_document(p) for p in retrieve(query, self.store, self.k, self.filters)]


def _as_document(passage: Passage) -> Document:
    fields = passage_dict(passage)
    metadata = {name: value for name, value in fields.items() if name != "text"}
    return Document(page_content=passage.clause.text, metadata=metadata, id=passage.clause.id)
