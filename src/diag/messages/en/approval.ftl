# Approval
approval-void = the article changed after it was approved
