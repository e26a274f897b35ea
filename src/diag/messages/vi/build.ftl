# Một bản dựng chia cho nhiều lần chạy. Tệp en/build.ftl có đúng các mục này, với đúng các đối số này.

help-shard = chỉ dựng phần thứ K trong N phần, để nhiều máy cùng dựng; sau đó ghép các phần bằng `loa manifest merge`
help-manifest = làm việc với danh sách các tệp đã ghi
help-manifest-merge = ghép các phần do `loa build --shard` dựng thành một bản dựng
help-manifest-dirs = thư mục của từng phần (mặc định: chính thư mục ghi kết quả)
cli-bad-shard = `{ $shard }` không phải là một phần của bản dựng; hãy viết số thứ tự, dấu gạch chéo rồi tổng số phần, ví dụ `2/3`: số thứ tự từ 1 đến tổng số, và không quá { $most } phần
cli-shard = mới dựng phần { $shard } trong { $of } phần; khi đủ các phần, hãy ghép lại bằng `loa manifest merge`
cli-merged = đã ghép { $shards } phần: { $files } tệp
fatal-whole-here = ở đây đã có một bản dựng trọn vẹn (`{ $path }`), một phần sẽ lẫn với bản đó: hãy chọn thư mục trống bằng `--out`, hoặc xóa bản dựng cũ trước; chưa thay đổi gì ({ $reason })
fatal-other-shards = ở đây đã có các phần của một cách chia khác (`{ $path }`): hãy chọn thư mục trống bằng `--out`, hoặc xóa các phần ấy trước; chưa thay đổi gì ({ $reason })
merge-none = không có phần nào của bản dựng trong `{ $folder }`: các phần do `loa build --shard K/N` dựng, và danh sách `.loa/manifest.K-of-N.json` phải đi kèm
merge-unreadable = `{ $path }` không phải là danh sách của một phần, hoặc đã hỏng, hoặc không khớp với tên tệp
merge-other-division = `{ $path }` thuộc cách chia khác với `{ $first }`: hãy dựng mọi phần với cùng số N trong `K/N`
merge-other-program = `{ $path }` do phiên bản loa khác với `{ $first }` dựng: hãy dựng mọi phần bằng cùng một phiên bản
merge-other-inputs = `{ $path }` dựng từ nguồn, tùy chọn hoặc ngày khác với `{ $first }`: hãy dựng mọi phần từ cùng các tệp, cùng tùy chọn và cùng `--today`
merge-twice = phần { $shard } có hai lần: `{ $path }` và `{ $other }`
merge-missing =
    { $count ->
        [one] thiếu phần { $shards }
       *[other] thiếu { $count } phần: { $shards }
    }
merge-unsafe = `{ $path }` trong `{ $list }` không thể là đường dẫn của một tệp trong ấn bản
merge-collision = `{ $path }` trong `{ $list }` và `{ $other }` trong `{ $its }` vướng nhau
merge-file-missing = `{ $path }` có trong danh sách của phần nhưng không có tệp
merge-file-changed = `{ $path }` không giống như danh sách của phần đã ghi: tệp bị sửa hoặc chép chưa trọn
merge-nothing-changed = chưa thay đổi gì

# Đo thời gian
help-profile = cho biết phần nào mất nhiều thời gian, và để lại tệp vết cho chrome://tracing hoặc Perfetto (mặc định: `.loa/trace.json` trong thư mục ghi kết quả)
profile-head = thời gian đã dùng vào đâu (giây, tỉ lệ, số lần)
profile-stages = các bước dựng, so với toàn bộ thời gian
profile-editions = các phần việc theo ấn bản, so với công của mọi luồng
profile-articles = những bài lâu nhất, tính chung mọi ấn bản
profile-templates = những mẫu lâu nhất
profile-stage =
    { $stage ->
        [read] đọc tệp
        [recall] nhớ lại lần dựng trước
        [compare] so với lần dựng trước
        [parse] hiểu bài viết và dữ kiện
        [lint] kiểm tra
        [themes] tìm giao diện
        [facts] soát dữ kiện
        [prepare] chuẩn bị ấn bản
        [pieces] dựng từng phần
        [lists] dựng danh sách
        [order] xếp thứ tự các tệp
        [settle] xếp thứ tự các thông báo
        [commit] đưa ấn bản mới vào chỗ
        [keep] ghi nhớ cho lần sau
       *[other] { $stage }
    }
profile-files = tệp: dựng { $count } tệp, { $made }; mới hoặc thay đổi: { $written }; việc giao tệp mất { $seconds } giây của mọi luồng
profile-wait-typesetter = chờ các luồng riêng của bộ dàn trang: { $seconds } giây
profile-wait-last =
    { $stage ->
        [lists] cuối bước dựng danh sách, { $threads } luồng chờ tổng cộng { $seconds } giây; xong sau cùng là `{ $piece }` trong { $edition }
       *[other] cuối bước dựng từng phần, { $threads } luồng chờ tổng cộng { $seconds } giây; xong sau cùng là `{ $piece }` trong { $edition }
    }
profile-trace = tệp vết: `{ $path }`, mở bằng chrome://tracing hoặc https://ui.perfetto.dev
