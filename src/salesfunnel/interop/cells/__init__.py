"""What a cell says: dates, amounts, numbers, addresses, countries, blanks."""
