# A build shared by several runs. vi/build.ftl has exactly these entries with exactly these arguments.

help-shard = make only part K of N, so that several machines share a build; join the parts with `loa manifest merge`
help-manifest = work with the list of what was written
help-manifest-merge = join the parts that `loa build --shard` made into one build
help-manifest-dirs = the folders of the parts (default: the output folder itself)
cli-bad-shard = `{ $shard }` is not a part of a build; write its number, a slash and how many parts there are, such as `2/3`: from 1 up to that number, and no more than { $most } parts
cli-shard = part { $shard } of { $of } only; when all parts are made, join them with `loa manifest merge`
cli-merged = joined { $shards } parts: { $files } files
fatal-whole-here = a whole build lies here already (`{ $path }`), and a part would be mixed up with it: choose an empty folder with `--out`, or remove the old build first; nothing was changed ({ $reason })
fatal-other-shards = parts of another division lie here already (`{ $path }`): choose an empty folder with `--out`, or remove them first; nothing was changed ({ $reason })
merge-none = there is no part of a build in `{ $folder }`: parts are made by `loa build --shard K/N`, and their list `.loa/manifest.K-of-N.json` must come along
merge-unreadable = `{ $path }` is not the list of a part, or is damaged, or does not fit its name
merge-other-division = `{ $path }` is a part of another division than `{ $first }`: build all parts with the same N in `K/N`
merge-other-program = `{ $path }` was made by another version of loa than `{ $first }`: build all parts with the same version
merge-other-inputs = `{ $path }` was made from other sources or options, or for another day, than `{ $first }`: build all parts from the same files, with the same options and the same `--today`
merge-twice = part { $shard } is there twice: `{ $path }` and `{ $other }`
merge-missing =
    { $count ->
        [one] part { $shards } is missing
       *[other] { $count } parts are missing: { $shards }
    }
merge-unsafe = `{ $path }` in `{ $list }` cannot be the path of a file of an edition
merge-collision = `{ $path }` in `{ $list }` and `{ $other }` in `{ $its }` stand in one another's way
merge-file-missing = `{ $path }` is in the list of its part, but the file is not there
merge-file-changed = `{ $path }` is not what the list of its part says: it was changed or not copied as a whole
merge-nothing-changed = nothing was changed

# A profile
help-profile = tell what took long, and leave a trace for chrome://tracing or Perfetto (default: `.loa/trace.json` in the output folder)
profile-head = where the time went (seconds, share, how often)
profile-stages = stages of the build, of the whole time
profile-editions = pieces by edition, of the work of all threads
profile-articles = slowest articles, in all editions together
profile-templates = slowest templates
profile-stage =
    { $stage ->
        [read] reading files
        [recall] fetching what is remembered
        [compare] comparing with the last build
        [parse] understanding pages and facts
        [lint] checking
        [themes] finding themes
        [facts] looking after facts
        [prepare] preparing editions
        [pieces] making pieces
        [lists] making lists
        [order] putting files in order
        [settle] sorting findings
        [commit] letting the new editions take their place
        [keep] keeping what was learned
       *[other] { $stage }
    }
profile-files = files: { $count } made, { $made }; new or changed: { $written }; handing them over took { $seconds } s of all threads
profile-wait-typesetter = waiting for the typesetter's own threads: { $seconds } s
profile-wait-last =
    { $stage ->
        [lists] at the end of making lists, { $threads } threads waited { $seconds } s together; the last was `{ $piece }` in { $edition }
       *[other] at the end of making pieces, { $threads } threads waited { $seconds } s together; the last was `{ $piece }` in { $edition }
    }
profile-trace = trace: `{ $path }`, to open in chrome://tracing or https://ui.perfetto.dev
