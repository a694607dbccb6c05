"""
Batteries for frameworks, each in one file that imports its framework: import the one that you use.

`salesfunnel.integrations.django`, `salesfunnel.integrations.sqlalchemy` and
`salesfunnel.integrations.pydantic`. The nouns know none of them.
"""

__all__: list[str] = []
