"""
Pydantic and FastAPI: a lead, a deal or an account in the body of a request, and in the answer.

`Stored[Lead]` is a `Lead` for type checkers and for your code, and its stored form for the outside.
What is wrong with one is said at once, with the path of each problem and without its values: the
errors of pydantic say ``not shown`` for it. Other fields of a model of yours they do repeat, unless
it says ``hide_input_in_errors``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import attrs
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, ValidationError, core_schema

from ..errors import InvalidDocument
from ..storage.documents import from_data, to_data

ThingT = TypeVar("ThingT")

NOT_SHOWN = "not shown"
"""Stands in an error in the place of what was sent."""


@attrs.frozen
class StoredForm:
    """
    How pydantic reads and writes a value of the library; give it pipelines of your own.

    >>> from typing import Annotated
    >>> from pydantic import TypeAdapter
    >>> from salesfunnel.leads import Lead
    >>> ours = Annotated[Lead, StoredForm(pipelines=())]
    >>> TypeAdapter(ours).validate_python({"format": "salesfunnel.lead"})
    Traceback (most recent call last):
    pydantic_core._pydantic_core.ValidationError: 1 validation error for ...
    """

    pipelines: Any = ()
    guards: Any = ()

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read plain data, or let a value pass as it is; write plain data."""
        return core_schema.no_info_plain_validator_function(
            self._reader(source),
            serialization=core_schema.plain_serializer_function_ser_schema(to_data),
        )

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:  # noqa: ANN401 - of pydantic
        """Describe it as an object; the form itself is described by the library."""
        return {"type": "object", "title": "A value of salesfunnel in its stored form"}

    def _reader(self, kind: type[Any]) -> Callable[[Any], Any]:
        def read(value: Any) -> Any:  # noqa: ANN401 - any body
            if isinstance(value, kind):
                return value
            try:
                return from_data(value, kind=kind, pipelines=self.pipelines, guards=self.guards)
            except InvalidDocument as error:
                problems = [problem.as_data() for problem in error.problems]
                told = "; ".join(map(str, error.problems))
                wrong = PydanticCustomError(
                    "invalid_document", "{told}", {"told": told, "problems": problems}
                )
                # An error of pydantic repeats what it was raised about, unless it says it itself.
                raise ValidationError.from_exception_data(
                    kind.__name__, [{"type": wrong, "input": NOT_SHOWN}]
                ) from None

        return read


Stored = Annotated[ThingT, StoredForm()]
"""A noun or an event of the library, such as ``Stored[Lead]``, in its stored form outside."""


async def without_input(request: Any, error: Any) -> Any:  # noqa: ANN401, ARG001 - of FastAPI
    """
    Answer 422 with all problems and their places, and never with what was sent.

    FastAPI would repeat what was sent in all other fields, with names and numbers. Say
    ``app.add_exception_handler(RequestValidationError, without_input)``.
    """
    from starlette.responses import JSONResponse  # noqa: PLC0415 - comes with FastAPI

    detail = [
        {key: value for key, value in one.items() if key not in {"input", "url"}}
        for one in error.errors()
    ]
    return JSONResponse({"detail": detail}, status_code=422)
