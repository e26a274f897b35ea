# The registry: who uses what, and whether it still holds
expired-fact = `{ $key }` no longer holds
stale-fact = `{ $key }` has not been checked for { $days } days
