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
mixed-tone-marks = the article uses both ways of placing tone marks
page-too-heavy = the page `{ $path }` weighs { $size } KB compressed; it should stay below { $limit } KB
imprint-missing = the imprint lacks { $keys }, so that the leaflet cannot go to a print shop
