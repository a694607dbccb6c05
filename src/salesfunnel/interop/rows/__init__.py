"""From the rows of a list to leads, deals, accounts and people, with an account of each row."""
