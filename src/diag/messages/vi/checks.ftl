# Các phép kiểm tra lời văn và sản phẩm, và cách tắt chúng

fixed-severity = `{ $code }` luôn là lỗi, không hạ xuống hay tắt đi được
hint-fixed-severity = bỏ dòng này; chỉ các mã là cảnh báo mới đặt được `off`, `warning` hoặc `error` (xem `loa explain`)
what-checks = phần `checks` của `loa.yaml`
bad-allow = dòng cho phép này không có tác dụng: `{ $word }` không phải mã cảnh báo nào
hint-allow = viết một mã cảnh báo, ví dụ `loa: allow former-name`; mã là lỗi thì không cho qua được
superseded-document = văn bản `{ $number }` đã bị thay thế hoặc hết hiệu lực
former-name = `{ $name }` là tên không còn dùng
unregistered-phone = số điện thoại `{ $phone }` không có trong sổ liên hệ
unregistered-document = văn bản `{ $number }` không có trong sổ văn bản
mixed-tone-marks = bài dùng cả hai cách đặt dấu thanh
page-too-heavy = trang `{ $path }` nặng { $size } KB sau khi nén, nên dưới { $limit } KB
imprint-missing = phần `imprint` còn thiếu { $keys }, nên chưa giao cho nhà in được
