"""What changes something: verbs, the LedgerFile first. A verb owns its transaction and writes its History."""
