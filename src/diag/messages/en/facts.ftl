# The registry: who uses what, and whether it still holds
expired-fact = `{ $key }` no longer holds
expired-until = `{ $key }` held until { $until } and no longer does
expired-replaced = `{ $key }` has been replaced by `{ $by }`
expired-own = the own value of `{ $key }` no longer holds in { $communes }
stale-fact =
    { $uses ->
        [one] `{ $key }` has not been checked for { $days } days; { $uses } page uses it
       *[other] `{ $key }` has not been checked for { $days } days; { $uses } pages use it
    }
note-registered-here = the registry says so here
note-own-here = the own value of { $commune } is written here
hint-successor = write `{ $word }` instead
hint-expired-check = ask whether it still holds: if so, change `valid_until` and `checked_on` in the registry; if not, write the new value
hint-carriers = it is carried by:{ $lines }
hint-stale = call or open the source again, then set `checked_on` to that day
carrier-one = { $path }
carrier-many =
    { $count ->
        [one] { $path } ({ $count } commune)
       *[other] { $path } ({ $count } communes)
    }
carrier-everywhere = { $edition }/ (every page)
carrier-more = … and { $count } more; `loa facts impact { $key }` lists all
what-withdrawn = the `withdrawn` part
what-print-run = a print run
unregistered-successor = the registry has no document `{ $number }`, which is said to follow
successor-circle = these replace one another in a circle: { $circle }
unknown-registry-file = the registry has no file `{ $name }`, so nothing in it would be read
run-unknown-article = there is no article `{ $article }`, so nobody can tell what stands on these sheets
run-unknown-fact = the registry has no `{ $key }`, which stands on printed sheets
run-unknown-edition = there is no print edition `{ $edition }`, so nobody can tell what stands on these sheets
hint-register-contact = write the key of a contact in `content/_facts/contacts.yaml`, or add the contact there
hint-register-document = add it to `content/_facts/legal-documents.yaml`, or correct the number
hint-successor-circle = one of them is still valid: take `replaced_by` out of that entry
hint-registry-files = the files of the registry: { $words }; a file of notes begins with `_`
expected-run-digest = a digest has exactly 64 characters from `0` to `9` and `a` to `f`: copy all of it, or leave `digest` out
hint-run-facts = write what stands on the sheets, such as `facts: ["113", cong-an-xa]`
hint-run-keep-fact = keep the entry in the registry, with `valid_until`, until the sheets are recalled; then write `recalled_on`
hint-imprint = write it in `print: {"{"}imprint: {"{"}…{"}"}{"}"}` of the front matter, or build without `--for print-shop` for drafts
hint-imprint-digest = if the licence was given for the text as it is now, write `digest: { $digest }` into `imprint`
hint-gang = write the format `a5`, and `gang: a4` for the printer in `printers` of `loa.yaml`: loa then puts two A5 on one A4
hint-licence-void = bring the text back to what was licensed, or have the new one licensed
hint-picture-unreadable = open the file in an image viewer and save it again as JPEG or PNG
hint-picture-too-large = make it smaller first, to about 2,000 pixels in width
hint-too-long-for-outlet = shorten it, or raise the limit of this edition in `loa.yaml`
hint-unsafe-drawing = save the drawing as plain SVG without scripts and links, or as PNG
hint-page-too-heavy = split a long article into several, or offer a large table as a file

# Commands about facts
help-facts = list the facts of the registry: value, age, state, where they are used
help-facts-changed = list the facts that changed since a revision of git or a day
help-facts-impact = say what must be rebuilt, read again, printed again and recalled when a fact changes
help-facts-key = key of a contact, number of a document, slug or code of a commune
help-due = list what goes live or ends next, the nearest first
help-due-within = only so many days ahead
help-print-run = write down a run of leaflets, so that it can be recalled when a fact changes
help-print-run-article = the article that was printed: its path or its name
help-print-run-copies = how many sheets in all
help-print-run-edition = the print edition; not needed where the site has only one
help-print-run-size = the size of the sheet, such as a5; not needed where the article has only one
help-print-run-commune = the communes whose sheets were printed: slug, code or `all`; may be given again (default: all)
help-print-run-printer = who printed them
help-print-run-for = for whom they were printed
help-print-run-on = the day of printing (default: today)
help-print-run-dry = only show what would be written
cli-print-run-section = `{ $word }` is the page of a section: sections have no leaflets
cli-print-run-unknown = there is no article `{ $word }` in this site
cli-print-run-ambiguous = several articles are called `{ $word }`: write the whole path
cli-print-run-which-edition = this site has the print editions { $words }: say which with `--edition`
cli-print-run-edition = there is no print edition `{ $word }`
cli-print-run-which-format = this article is printed as { $words }: say which with `--size`
cli-print-run-format = this article is not printed as `{ $word }`; there are: { $words }
cli-print-run-no-leaflet = this article has no leaflet in that edition
cli-print-run-commune = no commune has the name or code `{ $word }`
cli-print-run-copies = `{ $word }` is no number of sheets: write a whole number from 1
cli-print-run-ahead = { $date } is still to come: write a run down after it was printed
cli-print-run-errors = nothing was written: { $count } errors in the article or in the log of print runs
cli-print-run-unfit = nothing was written: `content/_facts/print-runs.yaml` is laid out in a way in which no line can be added at its end; write each run as an entry that begins with `- `
cli-print-run-draft = note: this article is not approved, its leaflets carry the draft stamp
cli-print-run-dry = only shown, nothing was written
cli-print-run-done = written to { $path }
help-for = for whom: print-shop asks for a complete imprint and drops the draft stamp
facts-head-key = key
facts-head-kind = kind
facts-head-value = value
facts-head-age = age in days
facts-head-state = state
facts-head-used = used in
facts-kind-contact = contact
facts-kind-own = own value
facts-kind-document = document
facts-kind-commune = commune
facts-kind-former = former name
facts-kind-lexicon = pronunciation
facts-state-ok = ok
facts-state-stale = stale
facts-state-expired = expired
facts-state-replaced = replaced
document-in-force = in force
document-amended = amended
document-partly-expired = expired in part
document-expired = expired
document-unknown = state unknown
facts-unused = nowhere
facts-pages =
    { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }
facts-scripts =
    { $count ->
        [one] { $count } script
       *[other] { $count } scripts
    }
facts-leaflets =
    { $count ->
        [one] { $count } leaflet
       *[other] { $count } leaflets
    }
facts-packs =
    { $count ->
        [one] { $count } pack
       *[other] { $count } packs
    }
facts-communes =
    { $count ->
        [one] { $count } commune
       *[other] { $count } communes
    }
facts-errors =
    { $count ->
        [one] { $count } error in the site; see `loa check`
       *[other] { $count } errors in the site; see `loa check`
    }
facts-unknown = the registry has no contact, document or commune `{ $key }`
facts-several = `{ $key }` names several documents: { $words }
impact-rebuild = build and publish again
impact-reread = read again
impact-reprint = print again
impact-resend = send again
impact-recall = recall
impact-none = nothing carries it
impact-run =
    { $copies ->
        [one] { $printed }, { $edition } { $format }, { $article }: { $copies } sheet, { $whom }
       *[other] { $printed }, { $edition } { $format }, { $article }: { $copies } sheets, { $whom }
    }
impact-run-printer = printed by { $printer }
impact-everybody = for everybody
changes-none = no fact changed
changes-added = added
changes-changed = changed
changes-removed = removed
changes-checked = checked since; what stood there before is not known outside git
changes-no-git = the program `git` cannot be run, so earlier values cannot be read
changes-no-repository = `{ $path }` is not under git, and `{ $since }` is not a date
changes-no-revision = git knows no revision `{ $since }` with this site
changes-git-failed = git could not read `{ $path }` of that revision
due-live = goes live
due-ends = ends: banner, no more scripts and leaflets
due-withdrawn = is withdrawn
due-expires = no longer holds
due-stale = wants a new check
due-none = nothing is due
cli-bad-days = `{ $days }` is not a number of days
