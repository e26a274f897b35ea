# Preview
serve-note = A preview on this machine, built again whenever you save a file. Nothing is written to `public`.
serve-web = web pages
serve-speech = loudspeaker scripts
serve-print = leaflets
serve-pack = packs for newsrooms
serve-findings = Findings
serve-errors = { $count } { $count ->
    [one] error
   *[other] errors
}
serve-explain = To understand a code, run `loa explain` with it. Run `loa check` for each warning, and for the leaflets of every commune.
serve-last-good = What you see is the last good build. This notice goes away when the mistake is mended and saved.
serve-close = Close
serve-more = and { $count } more
serve-drafts = drafts: { $count }
serve-scheduled = scheduled pages: { $count }
serve-unapproved = pages not approved: { $count }
serve-expired = expired pages: { $count }
serve-due = pages that end within 30 days: { $count }
serve-facts = facts that no longer hold, or want a check within 30 days: { $count }
serve-home = Back to the list
serve-plain = plain text
serve-missing = There is no page at this address
serve-unset = This leaflet could not be set
cli-serving = preview at { $address } (press Ctrl+C to stop)
cli-rebuilt = built in { $seconds } s: { $pages } pages changed, { $errors } errors, { $warnings } warnings
cli-port-in-use = port { $port } is in use; close the program that uses it, or choose another port with `--port`
cli-no-network = cannot open port { $port } on this machine: { $said }
cli-blind = this system does not tell when files change ({ $said }); stop and start again to see what is new
cli-no-browser = could not open a browser; please open { $address } yourself
help-serve = preview every edition on this machine, built again whenever a file is saved
help-port = port on this machine (default: 1790 or the next free one)
help-open = open the browser too
