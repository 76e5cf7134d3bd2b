"""Questions to the ledger file: plain SQL in, frozen rows out. Loads no SQLModel."""
