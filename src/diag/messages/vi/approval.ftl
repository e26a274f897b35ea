# Duyệt bài
approval-void = bài đã đổi sau khi được duyệt
