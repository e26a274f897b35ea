# Approval
approval-void = the text, or a fact that it uses, is no longer what { $by }, { $role }, approved on { $on }
approval-ahead = the approval by { $by }, { $role }, is dated { $on }, a day that is still to come
hint-approval-void = put the old words back; or have the article approved again, then run `loa approve { $path } --by "NAME" --role "ROLE"`
hint-approval-ahead = until that day everything made from the page carries BẢN THẢO – CHƯA DUYỆT (draft, not approved); if the day is wrong, have the article approved again with `loa approve`

cli-approve-nobody = `{ $option }` is empty: write who approved the article, in what post
cli-approve-ahead = { $date } is still to come: an approval is recorded on its day or after it
cli-approve-unknown = there is no article `{ $path }` in this site
cli-approve-section = `{ $path }` is the page of a section: only articles are approved
cli-approve-no-page = `{ $path }` is not an article
cli-approve-errors =
    { $count ->
        [one] nothing was written: correct the error above, then approve
       *[other] nothing was written: correct the { $count } errors above, then approve
    }
cli-approve-unfit = nothing was written: the front matter of `{ $path }` is laid out in a way in which an approval cannot be put in safely; write each key on a line of its own, then run again
cli-approve-changed = nothing was written: `{ $path }` was changed by another program a moment ago; look at it, then run again
cli-approve-done =
    { $count ->
        [one] approved one article; run `loa build`
       *[other] approved { $count } articles; run `loa build`
    }
cli-approve-file = file
cli-approve-state = state
cli-approve-by = by
cli-approve-role = post
cli-approve-on = on
cli-state-approved = approved
cli-state-pending = pending
cli-state-void = void
cli-state-not-needed = not needed
cli-mark-draft = draft
cli-mark-withdrawn = withdrawn
help-approve = record in articles who approved them, or list what is approved
help-approve-file = the articles that were approved
help-approve-by = name of the person who approved
help-approve-role = the post in which they did
help-approve-on = the day of the approval (default: today)
help-approve-list = list all articles and whether they are approved
help-release = count as errors what must be approved and is not
