"""Making our nouns by their types alone, for those who ask Hypothesis by type."""

from __future__ import annotations

from hypothesis import strategies as st

from ..accounts.account import Account
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values.answer import Answer
from ..values.bucket import Bucket
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.money import Money
from ..values.person import Person
from .strategies import answers, buckets, companies, contact_points, moneys, people
from .walks import accounts, leads, opportunities


def register() -> None:
    """
    Tell Hypothesis how to make our nouns, so that ``st.from_type(Lead)`` works.

    Importing ``salesfunnel.testing`` does it.

    >>> register()
    >>> st.from_type(Lead).validate()
    """
    st.register_type_strategy(Account, accounts())
    st.register_type_strategy(Answer, answers())
    st.register_type_strategy(Bucket, buckets())
    st.register_type_strategy(Company, companies())
    st.register_type_strategy(ContactPoint, contact_points())
    st.register_type_strategy(Lead, leads())
    st.register_type_strategy(Money, moneys())
    st.register_type_strategy(Opportunity, opportunities())
    st.register_type_strategy(Person, people())
