# What loa says in English. vi.ftl has exactly these entries with exactly these arguments.

# YAML
invalid-yaml = this is not valid YAML (the reader says: { $said })
yaml-alias = a value begins with `&` or `*` without quotes: YAML takes that for an anchor, and loa has no anchors
yaml-tag = a value begins with `!` without quotes: YAML takes that for a type tag, and loa has no type tags
yaml-deep = too many levels inside one another
yaml-documents = this `---` line begins a second YAML part, and a file has only one
unclosed-front-matter = the front matter has no closing `---` line
hint-yaml-quotes = put text that contains a colon, a hash or brackets in double quotes, such as `title: "In danger: whom to call"`; indent with spaces, not with tabs
hint-front-matter = begin the file with a line `---`, then lines `title: …`, `summary: …`, `date: …`, then another line `---`

# Keys
unknown-key = `{ $key }` is not a key of { $what }
missing-key = `{ $key }` is missing from { $what }
missing-front-matter = the page has no front matter between two `---` lines
missing-config = there is no `loa.yaml` in the root folder
duplicate-key = the key `{ $key }` is written twice
duplicate-entry = two entries of the registry have the name `{ $key }`
hint-did-you-mean = did you mean `{ $word }`?
hint-known-keys = the keys that may stand here: { $words }
hint-add-key = add a line `{ $key }: …`, with the content in place of the …
hint-keep-one = keep one, remove or rename the other
hint-programme = a page of `kind: programme` needs `programme` with its start `starts`, its place `place` and its agenda `items`
note-first-here = first written here
note-also-here = the other one is here

# Values
invalid-value = the value of `{ $key }` does not fit
invalid-value-here = this part has the wrong form
invalid-word = `{ $word }` is not one of the words allowed here
invalid-slug = `{ $word }` cannot stand in an address, which has only small letters without marks, digits and hyphens
invalid-phone = `{ $word }` is not a telephone number
invalid-order = the moment in `{ $key }` must come after the one in `{ $other }`
invalid-topic = the topic `{ $word }` has no letter or digit
unknown-commune = no commune has the name or code `{ $word }`
invalid-base-url = `{ $word }` cannot be the base address of an edition
invalid-exit-url = `{ $word }` is no address that the quick exit can lead to
unknown-contact = there is no contact `{ $word }` in `content/_facts/contacts.yaml`
expected-map = write lines of `key: value`, one pair to a line, all indented alike
expected-list = write a list, one item to a line, each line beginning with a hyphen and a space
expected-text = write words right after the colon, not a list or a group of keys
expected-texts = write one word, or a list in square brackets such as `[one, two]`
expected-flag = write `true` for yes, `false` for no
expected-number = write a whole number in the range { $range }
expected-bleed = write 0 to 20 millimetres, such as `3mm`
expected-date = write the date as `2026-08-19` or `19/08/2026`
expected-date-time = write date and time as `2026-08-19 07:30` or `19/08/2026 07:30`; the date alone is fine too
expected-time = write hours and minutes as `07:30`
expected-language = write a language code of two or three small letters, such as `vi` or `en`
expected-phone = write 3 to 15 digits, the groups parted by spaces, dots or hyphens; one number in one place
expected-digest = a digest has exactly 64 characters from `0` to `9` and `a` to `f`: copy all of it, or leave `approval` out until the text is approved
expected-base-url = write all of it from `https://` on, with a slash at the end, such as `https://bao-ap-bac.example/`
expected-exit-url = write the whole address of a harmless page on another site, from `https://` on, such as `https://en.wikipedia.org/`
hint-one-of = write one of these: { $words }
hint-write = write `{ $word }`
hint-commune = write the `slug` or the code of a commune as in `content/_facts/communes.yaml`, such as `dao-thanh` or `"28249"`
what-front-matter = the front matter
what-config = `loa.yaml`
what-config-facts = the `facts` part of `loa.yaml`
what-theme = `theme.yaml`
what-edition = an edition
what-contact = a contact
what-document = a legal document
what-communes = `communes.yaml`
what-commune = a commune
what-former-name = a former name
what-schedule = a broadcast `schedule`
what-session = a broadcast session
what-engine = `engine`
what-lexicon = `lexicon.yaml`
what-registry = the fact registry
what-image = the `image` part
what-programme = the `programme` part
what-agenda-item = an item of an agenda
what-speech = the `speech` part
what-print = the `print` part
what-printer = a printer
what-imprint = the `imprint` part
what-approval = the `approval` part
what-all-communes = all communes

# Files and names
invalid-utf8 = from here on the file has characters that are not UTF-8
invalid-name = the file's name has characters that are not Unicode
unsafe-path = `{ $path }` cannot be used as a file name or path
symlink-skipped = this file is only a link to another place and was skipped
file-too-large = the file is larger than { $limit } MB
hint-save-utf8 = open the file and choose Save As with the encoding UTF-8; convert text typed in TCVN3 or VNI to Unicode first
hint-rename = rename the file, using only letters, digits and hyphens
hint-safe-path = use letters, digits and hyphens, as in `news/new-page`; no `..`, `\`, `:`, `*`, `?`, no empty name, no name that Windows keeps such as `con` or `nul`; pictures must lie in `content/`, their path written from the page
hint-copy-file = copy the file itself here in place of the link
hint-smaller-file = make the picture smaller, or split a long page into several files

# Markdown
raw-html = a page cannot contain HTML
unsafe-url = the address `{ $url }` is unsafe or incomplete
foreign-image = the picture `{ $url }` lies on another website
unknown-directive = there is no kind of block `::: { $name }`
unknown-audience = no channel, edition or sheet has the name `{ $word }`
directive-no-body = a `::: { $name }` block holds no content: its closing `:::` must follow the opening line at once
directive-needs-audience = this block names no channel or edition, as in `::: { $name } speech`
directive-needs-contacts = this block names no contact, as in `::: { $name } 113 cong-an-xa`
directive-no-programme = `::: { $name }` calls for a page that has no `programme` in its front matter
unclosed-directive = the block `::: { $name }` has no closing `:::` line
stray-close = this `:::` line closes no block
nesting-too-deep = more than { $limit } levels stand inside one another
missing-alt = the picture has no description
empty-page = the page has no content
hint-raw-html = write Markdown: `**bold**`, `*italic*`, `[words](address)`; to show a less-than sign, write `\<`
hint-safe-url = write all of it from `https://` on, such as `https://dichvucong.gov.vn`; a page may also use `mailto:`, `tel:` and paths to other pages
hint-local-image = save the picture beside the page and write `![what it shows](picture.jpg)`; use only pictures you may use
hint-directives = the kinds of block: { $words }
hint-close-directive = add a line with only `:::` at the end of the block
hint-stray-close = remove this line, or add the opening line above, such as `::: only web`
hint-flatter = move some lists, quotations or blocks out of the others
hint-alt = say in a sentence what the picture shows: `![Commune police take a report](picture.jpg)`; in the front matter, write it in `alt`

# Links
unknown-reference = no page, legal document or contact has the name `{ $target }`
draft-reference = `{ $target }` is still a draft, so readers could not open it
ambiguous-reference = several pages have the name `{ $target }`
broken-link = there is no page or file at `{ $target }`
broken-anchor = the page has no heading `#{ $anchor }`
hint-reference-kinds = write the file name of a page as in `[[to-giac-toi-pham]]`, the number of a legal document as in `[[06/2014/NĐ-CP]]`, or the key of a contact as in `[[113]]`
hint-draft-reference = take `draft: true` out of that page if it is finished, or leave this link out for now
hint-link-kinds = write a path from this page such as `../news/new-page.md`, a picture beside the page such as `picture.jpg`, or an address such as `/news/new-page/`
hint-no-headings = the page has no headings: leave out the part from `#` on
hint-headings = the headings of that page: { $words }

# Products
output-collision = two sources would make `{ $path }`
minify-skipped = the page `{ $path }` could not be made smaller safely, so it stays as it is, a little heavier
long-sentence = the sentence has { $syllables } syllables; listeners can follow up to { $limit }
slot-overrun = the script for { $place } takes { $minutes } minutes, but its slot has { $limit }
leaflet-overflow = the `{ $format }` leaflet for { $communes }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
} is { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
} too long
leaflet-spare = can go: “{ $words }”
leaflet-spare-from = can go from here: “{ $words }”
leaflet-spare-to = to here: “{ $words }”
leaflet-too-wide = `{ $word }` is wider than its place on the `{ $format }` leaflet
leaflet-picture = the picture `{ $name }` is damaged or no picture, and cannot be printed on leaflets
leaflet-picture-large = the picture `{ $name }` has { $width } × { $height } pixels, too many for leaflets
missing-glyph = the fonts of the leaflet lack the character `{ $letter }` ({ $code })
leaflet-failed = the `{ $format }` leaflet cannot be set (the typesetter says: { $said })
commune-without-phone =
    { $count ->
        [one] { $count } commune has no own number for `{ $contact }`; the general number stands in
       *[other] { $count } communes have no own number for `{ $contact }`; the general number stands in
    }
commune-without-any-phone =
    { $count ->
        [one] { $count } commune has no own number for `{ $contact }`, and there is no general one: scripts and leaflets name it without any number to call
       *[other] { $count } communes have no own number for `{ $contact }`, and there is no general one: scripts and leaflets name it without any number to call
    }
not-approved = the page is not approved
theme-error = the theme has a mistake: { $said }
theme-wrong-channel = the theme `{ $theme }` is not made for the channel `{ $channel }`
theme-chain = the theme `{ $theme }` extends too many others, or itself in a circle
unknown-theme = there is no theme `{ $theme }`
unknown-channel = there is no channel `{ $channel }`
hint-collision = rename one of the two files, or give one page another `slug`
hint-minify-skipped = look at the page in a browser; if it looks right, there is nothing to do
hint-long-sentence = split it into two sentences, one thought in each
hint-slot-drop = leave out the paragraphs in lines { $lines }: that saves about { $seconds } seconds and is enough; they may go inside `::: except speech`
hint-slot-drop-and-split = even without the paragraphs in lines { $lines } (about { $seconds } seconds less) it does not fit: make several articles of it
hint-slot-split = there is no paragraph left to drop: make several articles of it, or shorten the frame
hint-slot-overrun = shorten the text, put what is only for readers inside `::: except speech`, or raise `slot_minutes` if the station has more time
hint-leaflet-overflow = or shorten the text, put what need not be printed inside `::: except print`, or choose a larger format such as `a4`
hint-leaflet-spare = without { $count ->
    [1] the block just named
   *[other] the { $count } blocks just named
} it fits: put a line `::: except { $format }` before and a line `:::` after
hint-leaflet-head = even without the text of the article it does not fit `{ $format }`: shorten the title by `print: {"{"}headline: …{"}"}`, name fewer numbers in `::: contacts`, or do without this format
hint-leaflet-too-wide = write it apart, use shorter words or fewer columns, or put it inside `::: except { $format }`
hint-leaflet-picture = open the picture in a viewer and save it anew as `.jpg` or `.png`
hint-leaflet-picture-large = make the picture smaller: a longer side of about 2000 pixels is plenty
hint-missing-glyph = leave the character out or write it in words; emoji cannot be printed
hint-leaflet-failed = try without the picture or table you added last; if it still fails, send this line to whoever looks after the theme
hint-commune-without-phone = ask each commune for its number and write it under its `contacts` in `content/_facts/communes.yaml`
hint-not-approved = send the text for approval and record it with `loa approve`; until then everything made from it carries BẢN THẢO – CHƯA DUYỆT (draft, not approved)
hint-theme-error = tell whoever made the theme, or use one of the themes that come with loa for now
hint-unknown-theme = write one of these themes: { $words }; a theme of your own goes into the folder `themes/`
hint-unknown-channel = write one of these channels: { $words }

# What the computer refuses
fatal-read = cannot read `{ $path }`: { $reason }
fatal-write = cannot write `{ $path }`: { $reason }
fatal-create = cannot create `{ $path }`: { $reason }
fatal-remove = cannot remove `{ $path }`: { $reason }
fatal-rename = cannot rename `{ $path }`: { $reason }
reason-permission = the system does not allow it, perhaps because you lack the right or another program has the file open
reason-disk-full = the disk is full
reason-not-found = there is no such file or folder
reason-read-only = the disk can only be read, not written
reason-busy = another program is writing to it: wait until it is done, then run again
reason-other = the system says: { $said }

# Command line
hint-label = hint
cli-no-site = there is no `loa.yaml` in `{ $path }` or in the folders above it; go to the site's folder, or make a new site with `loa init`
cli-built-head = built
cli-edition = edition
cli-pages = pages
cli-scripts = scripts
cli-leaflets = leaflets
cli-minutes = minutes on air
cli-files = files
cli-differing = Different from commune to commune: { $titles }
cli-differing-more = Different from commune to commune: { $titles } and { $more } more
cli-warnings =
    { $count ->
        [one] { $count } warning
       *[other] { $count } warnings
    }
cli-errors =
    { $count ->
        [one] { $count } error
       *[other] { $count } errors
    }
cli-time = took { $seconds } s
cli-nothing-written = nothing was written, the last build is still in place; correct the errors above and run again
cli-clean = no errors, no warnings
cli-init-done = made a new site in `{ $path }`; go there and run `loa build`
cli-init-not-empty = the folder `{ $path }` already has files in it; choose an empty folder or a new name
cli-new-done = made `{ $path }`; open it and write
cli-exists = `{ $path }` is already there and was left alone; choose another name
cli-unknown-code = there is no code `{ $code }`; the code is the word in square brackets in each message, such as `missing-alt`
cli-bad-date = `{ $date }` is not a date; write it as `2026-08-19` or `19/08/2026`
cli-usage = the command is not complete or not known; type `loa --help` to see how it is used
cli-progress-reading = reading
cli-progress-rendering = rendering

# Command line help
help-loa = loa: one approved article becomes newspaper pages, broadcaster pages, loudspeaker scripts and leaflets
help-build = make all editions and write them to `public`
help-check = check everything, write nothing
help-explain = explain a code and how to mend what it reports
help-init = turn an empty folder into a site that builds
help-new = create a new article with its front matter
help-speak = turn text into spoken words, line by line
help-root = the site's folder (default: the nearest one above that holds `loa.yaml`)
help-out = where to write (default: `public` in the site's folder)
help-today = the day to build for, such as 2026-08-19 (default: today)
help-lang = language of messages: vi or en
help-format = how findings are printed: human or json
help-jobs = how many jobs run at once
help-quiet = print findings only
help-deny = treat warnings as errors
help-code = the code to explain; without one, all codes are listed
help-init-dir = the folder to create
help-new-path = section and name, such as to-giac/goi-ai
help-new-title = title of the article
help-new-kind = kind of page: article, guidance, programme, notice
help-speak-file = the files to read; standard input without one, or for -
help-speak-json = one JSON object a line that tells how each piece is read, and why
help-speak-ssml = one SSML 1.1 document for a speech engine, a paragraph for each line
help-speak-accent = regional wording: north, central, south
cli-written = { $written } files new or changed, { $unchanged } unchanged, { $removed } removed
cli-bad-name = `{ $path }` cannot be the name of an article
new-summary = One or two short sentences that say what matters most.
new-place = The place
new-item = Reception
new-body = Write the text here. When it is finished, delete the line `draft: true` above.
fatal-locked = another loa is writing to this folder (`{ $path }`): wait for it to end, then run again ({ $reason })
unknown-language = the file name ends in the language `{ $language }`, which the site does not have
hint-language = add `{ $language }` to `languages` in `loa.yaml`, or use one of: { $words }
theme-settings = `{ $path }`: { $said }
format-not-made = this version does not make the format `{ $format }` yet; the others are made
