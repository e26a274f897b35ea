# Duyệt bài
approval-void = nội dung bài, hoặc một thông tin mà bài dùng, không còn đúng như bản mà { $by }, { $role }, đã duyệt ngày { $on }
approval-ahead = bài ghi { $by }, { $role }, duyệt ngày { $on }, mà ngày này chưa tới
hint-approval-void = trả lại chữ cũ; hoặc gửi duyệt lại rồi chạy `loa approve { $path } --by "HỌ TÊN" --role "CHỨC VỤ"`
hint-approval-ahead = từ nay tới ngày đó, mọi bản làm ra mang dòng BẢN THẢO – CHƯA DUYỆT; nếu ghi sai ngày thì duyệt lại bằng `loa approve`

cli-approve-nobody = `{ $option }` để trống: hãy ghi ai duyệt bài và chức vụ của người đó
cli-approve-ahead = ngày { $date } chưa tới: chỉ ghi việc duyệt vào đúng ngày duyệt hoặc sau đó
cli-approve-unknown = trang này không có bài `{ $path }`
cli-approve-section = `{ $path }` là trang của chuyên mục: chỉ duyệt từng bài
cli-approve-no-page = `{ $path }` không phải là một bài
cli-approve-errors =
    { $count ->
       *[other] chưa ghi gì: sửa { $count } lỗi ở trên rồi hãy duyệt
    }
cli-approve-unfit = chưa ghi gì: phần đầu bài `{ $path }` trình bày theo cách mà máy không ghi việc duyệt vào an toàn được; viết mỗi khóa một dòng rồi chạy lại
cli-approve-changed = chưa ghi gì: `{ $path }` vừa bị chương trình khác thay đổi; xem lại tệp rồi chạy lại
cli-approve-done =
    { $count ->
       *[other] đã ghi việc duyệt { $count } bài; chạy `loa build` để dựng lại
    }
cli-approve-file = tệp
cli-approve-state = tình trạng
cli-approve-by = người duyệt
cli-approve-role = chức vụ
cli-approve-on = ngày
cli-state-approved = đã duyệt
cli-state-pending = chờ duyệt
cli-state-void = hết hiệu lực
cli-state-not-needed = không yêu cầu
cli-mark-draft = bản nháp
cli-mark-withdrawn = đã gỡ
help-approve = ghi vào bài ai đã duyệt, hoặc liệt kê tình trạng duyệt
help-approve-file = các bài đã được duyệt
help-approve-by = họ tên người duyệt
help-approve-role = chức vụ của người duyệt
help-approve-on = ngày duyệt (mặc định: hôm nay)
help-approve-list = liệt kê mọi bài và tình trạng duyệt
help-release = coi bài phải duyệt mà chưa duyệt là lỗi
