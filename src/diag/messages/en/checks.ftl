# Checks of words and products, and how to turn them off

fixed-severity = `{ $code }` is always an error and cannot be lowered or turned off
hint-fixed-severity = remove this line; only codes that are warnings can be set to `off`, `warning` or `error` (see `loa explain`)
what-checks = the part `checks` of `loa.yaml`
bad-allow = this permission does nothing: `{ $word }` is not the code of a warning
hint-allow = write the code of a warning, such as `loa: allow former-name`; what is an error cannot be allowed
superseded-document = the act `{ $number }` was replaced or repealed
former-name = `{ $name }` is a name that no longer exists
unregistered-phone = the telephone number `{ $phone }` is not in the registry
unregistered-document = the act `{ $number }` is not in the registry
unknown-abbreviation = nobody told how to read “{ $written }”, so it is spelt: “{ $spoken }”
ambiguous-reading = “{ $written }” will be read as “{ $spoken }”; it could also be “{ $other }”
mixed-tone-marks = the article uses both ways of placing tone marks: { $first } and { $second }
picture-unreadable = the picture `{ $path }` cannot be read and is published as it is: { $said }
picture-too-large = the picture `{ $path }` has more than { $limit } million pixels and is published as it is
outlet-title = the title has { $length } letters; { $outlet } takes { $limit }
outlet-lead = the lead has { $length } letters; { $outlet } takes { $limit }
too-long-for-outlet = the article has { $length } words; { $outlet } takes { $limit }
unsafe-drawing = the drawing `{ $path }` has `{ $word }` in it, which could run a program in a reader's browser
page-too-heavy = the page `{ $path }` weighs { $size } KB compressed; it should stay below { $limit } KB
imprint-missing = the imprint lacks { $keys }, so that the leaflet cannot go to a print shop
licence-void = the text is not the one that licence { $licence } was given for, so that the leaflet cannot go to a print shop
hint-superseded-document = cite now: { $documents }; read the sentence again, since the content may differ
hint-repealed-document = the registry names no successor; drop the sentence, or find the act in force and register it
hint-former-name = now: { $now }
hint-former-name-since = since { $since }: { $now }
written-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
hint-unregistered-phone = add it to `content/_facts/contacts.yaml` and write `[[key]]` here
hint-near-phone = did you mean `{ $key }` ({ $phone })?
hint-near-phone-of-commune = did you mean `{ $key }` ({ $phone }, { $commune })?
expired-phone = the telephone number `{ $phone }` (`{ $key }` in the registry) no longer holds
hint-phone-followed-by = write `{ $key }` ({ $name }) now
hint-phone-expired = ask for the new number, mend the entry `{ $key }` in the registry, and write `[[{ $key }]]`
hint-unregistered-document = add it to `content/_facts/legal-documents.yaml` and write `{ $reference }` here
hint-unregistered-short = add it with its whole number to `content/_facts/legal-documents.yaml` and write `[[number]]` here
hint-unknown-abbreviation = write it out, or say in the head of the page how it is read: speech: {"{"}say: {"{"}"{ $written }": "…"{"}"}{"}"}
hint-ambiguous-reading = if that is wrong, write it in words, or in the head of the page: speech: {"{"}say: {"{"}"{ $written }": "{ $other }"{"}"}{"}"}
hint-mixed-tone-marks = write them all one way: { $changes }
more-findings = … and { $count } more `{ $code }` (all of them with --format json)
