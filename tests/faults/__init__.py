"""What the machine can do to the ledger: faults at every statement, power losses from a recording."""
