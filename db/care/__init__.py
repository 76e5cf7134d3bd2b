"""保管: what keeps the ledger file safe: backups, restore, salvage, checks of the surroundings. Loads no SQLModel."""
