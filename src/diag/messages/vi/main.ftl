# Lời của loa bằng tiếng Việt. Tệp en.ftl có đúng các mục này, với đúng các đối số này.

# Cấu trúc YAML
invalid-yaml = phần này viết chưa đúng cú pháp YAML (bộ đọc báo: { $said })
yaml-alias = giá trị bắt đầu bằng `&` hoặc `*` mà không có ngoặc kép: YAML hiểu đó là dấu neo, và loa không dùng dấu neo
yaml-tag = giá trị bắt đầu bằng `!` mà không có ngoặc kép: YAML hiểu đó là nhãn kiểu, và loa không dùng nhãn kiểu
yaml-deep = quá nhiều lớp lồng vào nhau
yaml-documents = dòng `---` này mở thêm một phần YAML nữa, trong khi mỗi tệp chỉ có một phần
unclosed-front-matter = phần đầu bài chưa có dòng `---` đóng lại
hint-yaml-quotes = nếu nội dung có dấu hai chấm, dấu thăng hay ngoặc thì đặt cả câu trong ngoặc kép, ví dụ `title: "Gặp tội phạm: gọi ai"`; thụt dòng bằng dấu cách, không dùng phím Tab
hint-front-matter = ở đầu tệp, viết một dòng `---`, rồi các dòng `title: …`, `summary: …`, `date: …`, rồi thêm một dòng `---` nữa

# Khóa
unknown-key = `{ $key }` không phải là khóa dùng được trong { $what }
missing-key = thiếu khóa `{ $key }` trong { $what }
missing-front-matter = bài chưa có phần đầu nằm giữa hai dòng `---`
missing-config = chưa có tệp `loa.yaml` ở thư mục gốc
duplicate-key = khóa `{ $key }` được viết hai lần
duplicate-entry = hai mục trong sổ dữ liệu cùng mang tên `{ $key }`
hint-did-you-mean = có lẽ bạn muốn viết `{ $word }`
hint-known-keys = các khóa dùng được: { $words }
hint-add-key = thêm dòng `{ $key }: …`, thay dấu … bằng nội dung
hint-keep-one = giữ lại một, xóa hoặc đổi tên phần kia
hint-programme = bài có `kind: programme` cần phần `programme` với ngày giờ bắt đầu `starts`, nơi tổ chức `place` và các việc `items`
note-first-here = lần đầu ở đây
note-also-here = nguồn kia ở đây

# Giá trị
invalid-value = giá trị của `{ $key }` chưa đúng
invalid-value-here = phần này viết chưa đúng dạng
invalid-word = `{ $word }` không nằm trong các từ dùng được ở đây
invalid-slug = `{ $word }` không dùng được trong địa chỉ trang, nơi chỉ có chữ thường không dấu, chữ số và dấu gạch nối
invalid-phone = `{ $word }` không phải là số điện thoại
invalid-order = thời điểm ở `{ $key }` phải đến sau thời điểm ở `{ $other }`
invalid-topic = chủ đề `{ $word }` không có chữ cái hay chữ số nào
unknown-commune = không có xã, phường nào mang tên hoặc mã `{ $word }`
invalid-base-url = `{ $word }` không dùng được làm địa chỉ gốc của ấn bản
invalid-exit-url = `{ $word }` không dùng được làm nơi đến của nút thoát nhanh
unknown-contact = không có đầu mối liên hệ `{ $word }` trong `content/_facts/contacts.yaml`
expected-map = viết mỗi dòng một cặp `khóa: giá trị`, các dòng thụt vào bằng nhau
expected-list = viết thành danh sách, mỗi mục một dòng, đầu dòng là dấu gạch ngang và một dấu cách
expected-text = viết chữ ngay sau dấu hai chấm, không viết danh sách hay nhóm khóa
expected-texts = viết một từ, hoặc một danh sách trong ngoặc vuông như `[một, hai]`
expected-flag = viết `true` nếu có, `false` nếu không
expected-number = viết một số nguyên trong khoảng { $range }
expected-bleed = ghi số milimét từ 0 đến 20, ví dụ `3mm`
expected-date = viết ngày như `2026-08-19` hoặc `19/08/2026`
expected-date-time = viết ngày giờ như `2026-08-19 07:30` hoặc `19/08/2026 07:30`; chỉ ghi ngày cũng được
expected-time = viết giờ và phút như `07:30`
expected-language = viết mã ngôn ngữ gồm hai hoặc ba chữ thường, như `vi` hoặc `en`
expected-phone = viết từ 3 đến 15 chữ số, các nhóm cách nhau bằng dấu cách, dấu chấm hoặc dấu gạch nối; mỗi chỗ chỉ ghi một số
expected-digest = mã này gồm đúng 64 ký tự từ `0` đến `9` và từ `a` đến `f`: chép lại cho đủ, hoặc bỏ phần `approval` cho đến khi bài được duyệt
expected-base-url = viết đủ từ `https://` và kết thúc bằng dấu gạch chéo, ví dụ `https://bao-ap-bac.example/`
expected-exit-url = viết đủ địa chỉ một trang vô hại ở nơi khác, từ `https://` trở đi, ví dụ `https://vi.wikipedia.org/`
hint-one-of = viết một trong các từ này: { $words }
hint-write = viết `{ $word }`
hint-commune = viết `slug` hoặc mã của xã, phường như trong `content/_facts/communes.yaml`, ví dụ `dao-thanh` hoặc `"28249"`
what-front-matter = phần đầu bài
what-config = tệp `loa.yaml`
what-config-facts = phần `facts` của `loa.yaml`
what-theme = tệp `theme.yaml`
what-edition = một ấn bản
what-contact = một đầu mối liên hệ
what-document = một văn bản
what-communes = tệp `communes.yaml`
what-commune = một xã, phường
what-former-name = một tên cũ
what-schedule = lịch phát `schedule`
what-session = một buổi phát
what-engine = phần `engine`
what-lexicon = tệp `lexicon.yaml`
what-registry = sổ dữ liệu
what-image = phần `image`
what-programme = phần `programme`
what-agenda-item = một việc trong chương trình
what-speech = phần `speech`
what-print = phần `print`
what-printer = phần mô tả máy in
what-imprint = phần `imprint`
what-approval = phần `approval`
what-all-communes = mọi xã, phường

# Tệp và tên
invalid-utf8 = từ chỗ này, tệp có ký tự không thuộc bảng mã UTF-8
invalid-name = tên tệp có ký tự không thuộc bảng mã Unicode
unsafe-path = `{ $path }` không dùng được làm tên tệp hoặc đường dẫn
symlink-skipped = tệp này chỉ là liên kết tới nơi khác nên bị bỏ qua
file-too-large = tệp lớn hơn { $limit } MB
hint-save-utf8 = mở tệp, chọn Lưu thành (Save As) với mã hóa UTF-8; chữ gõ theo TCVN3 hay VNI thì chuyển sang Unicode trước
hint-rename = đổi tên tệp, chỉ dùng chữ cái, chữ số và dấu gạch nối
hint-safe-path = dùng chữ, số và dấu gạch nối như `tin-tuc/bai-moi`; không dùng `..`, `\`, `:`, `*`, `?`, tên để trống hay tên Windows giữ riêng như `con`, `nul`; hình phải nằm trong `content/` và viết đường dẫn tính từ bài
hint-copy-file = chép chính tệp đó vào đây thay cho liên kết
hint-smaller-file = giảm kích thước hình, hoặc tách bài dài thành nhiều tệp

# Markdown
raw-html = bài viết không dùng được mã HTML
unsafe-url = địa chỉ `{ $url }` không an toàn hoặc chưa viết đủ
foreign-image = hình `{ $url }` nằm trên một trang web khác
unknown-directive = không có loại khối `::: { $name }`
unknown-audience = không có kênh, ấn bản hay khổ giấy nào tên `{ $word }`
directive-no-body = khối `::: { $name }` không chứa nội dung: dòng `:::` đóng phải đứng ngay sau dòng mở
directive-needs-audience = khối này chưa ghi dành cho kênh hay ấn bản nào, ví dụ `::: { $name } speech`
directive-needs-contacts = khối này chưa ghi đầu mối liên hệ nào, ví dụ `::: { $name } 113 cong-an-xa`
directive-no-programme = `::: { $name }` gọi tới một bài không có phần `programme` ở đầu bài
unclosed-directive = khối `::: { $name }` chưa có dòng `:::` đóng lại
stray-close = dòng `:::` này không đóng khối nào
nesting-too-deep = nội dung lồng vào nhau quá { $limit } lớp
missing-alt = hình chưa có lời mô tả
empty-page = bài chưa có nội dung
hint-raw-html = viết bằng Markdown: `**đậm**`, `*nghiêng*`, `[chữ](địa chỉ)`; muốn hiện dấu nhỏ hơn thì viết `\<`
hint-safe-url = viết đủ từ `https://`, ví dụ `https://dichvucong.gov.vn`; trong bài còn dùng được `mailto:`, `tel:` và đường dẫn tới bài khác
hint-local-image = tải hình về, đặt cạnh bài rồi viết `![mô tả hình](ten-hinh.jpg)`; chỉ dùng hình được phép
hint-directives = các loại khối dùng được: { $words }
hint-close-directive = thêm một dòng chỉ có `:::` ở cuối khối
hint-stray-close = xóa dòng này, hoặc thêm dòng mở khối ở phía trên, ví dụ `::: only web`
hint-flatter = tách bớt danh sách, trích dẫn hoặc khối ra ngoài cho gọn
hint-alt = viết một câu nói trong hình có gì: `![Công an xã nhận tin báo](anh.jpg)`, còn ở đầu bài thì viết vào `alt`

# Liên kết
unknown-reference = không có bài, văn bản hay đầu mối liên hệ nào tên `{ $target }`
draft-reference = `{ $target }` còn là bản nháp nên người đọc sẽ không mở được
ambiguous-reference = có nhiều bài cùng tên `{ $target }`
broken-link = không có bài hay tệp nào ở `{ $target }`
broken-anchor = trang đích không có đề mục `#{ $anchor }`
hint-reference-kinds = viết tên tệp của bài như `[[to-giac-toi-pham]]`, số hiệu văn bản như `[[06/2014/NĐ-CP]]`, hoặc khóa liên hệ như `[[113]]`
hint-draft-reference = bỏ `draft: true` ở bài đó nếu đã viết xong, hoặc tạm bỏ liên kết này
hint-link-kinds = viết đường dẫn tính từ bài này như `../tin-tuc/bai-moi.md`, hình đặt cạnh bài như `anh.jpg`, hoặc địa chỉ trang như `/tin-tuc/bai-moi/`
hint-no-headings = trang đích không có đề mục nào, nên bỏ phần từ dấu `#` trở đi
hint-headings = các đề mục của trang đích: { $words }

# Sản phẩm
output-collision = hai nguồn cùng tạo ra `{ $path }`
minify-skipped = trang `{ $path }` không rút gọn an toàn được nên giữ nguyên, nặng hơn một chút
long-sentence = câu dài { $syllables } tiếng, nên dưới { $limit } tiếng để người nghe kịp hiểu
slot-overrun = bài phát ở { $place } dài { $minutes } phút, trong khi buổi phát chỉ có { $limit } phút
leaflet-overflow = tờ rơi khổ `{ $format }` cho { $communes }{ $more ->
    [0] {""}
   *[other] {" "}và { $more } nơi khác
} thừa { $lines } dòng
leaflet-spare = bỏ được: «{ $words }»
leaflet-spare-from = bỏ được từ đoạn này: «{ $words }»
leaflet-spare-to = tới đoạn này: «{ $words }»
leaflet-too-wide = `{ $word }` rộng hơn chỗ của nó trên tờ rơi khổ `{ $format }`
leaflet-picture = hình `{ $name }` hỏng hoặc không phải là hình, không in được lên tờ rơi
leaflet-picture-large = hình `{ $name }` có { $width } × { $height } điểm ảnh, quá lớn để in lên tờ rơi
missing-glyph = phông chữ của tờ rơi không có ký tự `{ $letter }` ({ $code })
leaflet-failed = không dàn được tờ rơi khổ `{ $format }` (bộ dàn trang báo: { $said })
commune-without-phone = { $count } xã, phường chưa có số riêng cho `{ $contact }`, nên dùng số chung
commune-without-any-phone = { $count } xã, phường chưa có số riêng cho `{ $contact }` và cũng chưa có số chung: lời đọc, tờ rơi ở đó nêu tên mà không có số nào để gọi
not-approved = bài chưa được duyệt
theme-error = giao diện có lỗi: { $said }
theme-wrong-channel = giao diện `{ $theme }` không dùng được cho kênh `{ $channel }`
theme-chain = giao diện `{ $theme }` dựa trên quá nhiều giao diện khác, hoặc dựa vòng quanh chính nó
unknown-theme = không có giao diện nào tên `{ $theme }`
unknown-channel = không có kênh nào tên `{ $channel }`
hint-collision = đổi tên một trong hai tệp, hoặc đặt `slug` khác cho một bài
hint-minify-skipped = xem lại trang này trong trình duyệt; nếu hiển thị đúng thì không phải làm gì
hint-long-sentence = tách thành hai câu, mỗi câu một ý
hint-slot-drop = bỏ các đoạn ở dòng { $lines } thì vừa: bớt khoảng { $seconds } giây; có thể bọc chúng trong `::: except speech`
hint-slot-drop-and-split = dù bỏ các đoạn ở dòng { $lines } (bớt khoảng { $seconds } giây) vẫn chưa vừa: nên tách thành nhiều bài
hint-slot-split = không còn đoạn nào để bỏ: nên tách thành nhiều bài hoặc rút ngắn lời dẫn
hint-slot-overrun = rút ngắn bài, bọc phần chỉ để đọc trên trang trong `::: except speech`, hoặc tăng `slot_minutes` nếu đài có thêm giờ
hint-leaflet-overflow = hoặc rút ngắn bài, bọc phần không cần in trong `::: except print`, hay chọn khổ lớn hơn như `a4`
hint-leaflet-spare = { $count ->
    [1] bỏ đoạn vừa nêu khỏi tờ này là vừa
   *[other] bỏ { $count } đoạn vừa nêu khỏi tờ này là vừa
}: đặt dòng `::: except { $format }` trước và dòng `:::` sau
hint-leaflet-head = bỏ cả phần chữ của bài vẫn không vừa khổ `{ $format }`: rút ngắn tên bài bằng `print: {"{"}headline: …{"}"}`, bớt số trong `::: contacts`, hoặc bỏ khổ này
hint-leaflet-too-wide = viết tách ra, thay bằng chữ ngắn hơn, bớt cột của bảng, hoặc bọc trong `::: except { $format }`
hint-leaflet-picture = mở hình bằng một chương trình xem ảnh rồi lưu lại thành `.jpg` hay `.png`
hint-leaflet-picture-large = thu nhỏ hình, cạnh dài chừng 2000 điểm ảnh là đủ
hint-missing-glyph = bỏ ký tự này hoặc viết bằng chữ; biểu tượng cảm xúc không in được
hint-leaflet-failed = thử bỏ bớt hình hoặc bảng vừa thêm; nếu vẫn lỗi, gửi dòng này cho người phụ trách giao diện
hint-commune-without-phone = hỏi số từng nơi rồi ghi vào phần `contacts` của xã, phường đó trong `content/_facts/communes.yaml`
hint-not-approved = gửi bài đi duyệt, duyệt xong thì ghi lại bằng `loa approve`; trong lúc chờ, mọi bản làm ra đều mang dòng BẢN THẢO – CHƯA DUYỆT
hint-theme-error = báo cho người làm giao diện, hoặc tạm dùng một giao diện có sẵn của loa
hint-unknown-theme = viết một trong các giao diện này: { $words }; giao diện riêng thì đặt trong thư mục `themes/`
hint-unknown-channel = viết một trong các kênh này: { $words }

# Máy tính từ chối
fatal-read = không đọc được `{ $path }`: { $reason }
fatal-write = không ghi được `{ $path }`: { $reason }
fatal-create = không tạo được `{ $path }`: { $reason }
fatal-remove = không xóa được `{ $path }`: { $reason }
fatal-rename = không đổi tên được `{ $path }`: { $reason }
reason-permission = máy không cho phép, có thể vì bạn không có quyền hoặc tệp đang mở ở chương trình khác
reason-disk-full = ổ đĩa đã đầy
reason-not-found = không có tệp hoặc thư mục này
reason-read-only = ổ đĩa chỉ cho đọc, không cho ghi
reason-busy = một chương trình khác đang ghi tệp này: đợi xong rồi chạy lại
reason-other = máy báo: { $said }

# Dòng lệnh
hint-label = gợi ý
cli-no-site = không có `loa.yaml` trong `{ $path }` và các thư mục bên trên; hãy vào thư mục của trang, hoặc tạo trang mới bằng `loa init`
cli-built-head = đã dựng xong
cli-edition = ấn bản
cli-pages = trang
cli-scripts = bài phát
cli-leaflets = tờ rơi
cli-minutes = phút phát
cli-files = tệp
cli-differing = Khác nhau giữa các xã, phường: { $titles }
cli-differing-more = Khác nhau giữa các xã, phường: { $titles } và { $more } bài khác
cli-warnings = { $count } cảnh báo
cli-errors = { $count } lỗi
cli-time = hết { $seconds } giây
cli-nothing-written = chưa ghi gì cả, bản dựng lần trước vẫn còn nguyên; sửa các lỗi trên rồi chạy lại
cli-clean = không có lỗi hay cảnh báo nào
cli-init-done = đã tạo trang mới trong `{ $path }`; vào thư mục đó rồi chạy `loa build`
cli-init-not-empty = thư mục `{ $path }` đã có tệp bên trong; hãy chọn thư mục trống hoặc một tên mới
cli-new-done = đã tạo `{ $path }`; mở tệp này để viết
cli-exists = `{ $path }` đã có sẵn và được giữ nguyên; hãy chọn tên khác
cli-unknown-code = không có mã `{ $code }`; mã là chữ trong ngoặc vuông của mỗi thông báo, ví dụ `missing-alt`
cli-bad-date = `{ $date }` không phải là ngày; hãy viết như `2026-08-19` hoặc `19/08/2026`
cli-usage = lệnh viết chưa đúng; gõ `loa --help` để xem cách dùng
cli-progress-reading = đang đọc
cli-progress-rendering = đang dựng

# Trợ giúp dòng lệnh
help-loa = loa: một bài viết đã duyệt thành trang báo, trang phát thanh - truyền hình, lời đọc loa và tờ rơi
help-build = dựng mọi ấn bản và ghi vào thư mục `public`
help-check = kiểm tra toàn bộ, không ghi tệp nào
help-explain = giải thích một mã thông báo và cách sửa
help-init = biến một thư mục trống thành một trang dựng được ngay
help-new = tạo một bài mới với phần đầu bài có sẵn
help-speak = đọc chữ thành lời, từng dòng một
help-root = thư mục của trang (mặc định: thư mục gần nhất phía trên có `loa.yaml`)
help-out = thư mục ghi kết quả (mặc định: `public` trong thư mục của trang)
help-today = ngày dựng trang, ví dụ 2026-08-19 (mặc định: hôm nay)
help-lang = ngôn ngữ của thông báo: vi hoặc en
help-format = cách in thông báo: human (cho người) hoặc json (cho máy)
help-jobs = số việc làm cùng lúc
help-quiet = chỉ in thông báo lỗi và cảnh báo
help-deny = coi cảnh báo là lỗi
help-code = mã cần giải thích; để trống thì liệt kê mọi mã
help-init-dir = thư mục cần tạo
help-new-path = chuyên mục và tên bài, ví dụ to-giac/goi-ai
help-new-title = tiêu đề của bài
help-new-kind = loại bài: article, guidance, programme, notice
help-speak-file = các tệp cần đọc; để trống hoặc ghi - thì đọc từ đầu vào chuẩn
help-speak-json = mỗi dòng một đối tượng JSON, cho biết từng chỗ đọc thế nào và vì sao
help-speak-ssml = một văn bản SSML 1.1 cho máy đọc, mỗi dòng một đoạn
help-speak-accent = cách đọc theo vùng: north, central, south
cli-written = { $written } tệp mới hoặc thay đổi, { $unchanged } tệp giữ nguyên, { $removed } tệp đã gỡ
cli-bad-name = `{ $path }` không dùng làm tên bài được
new-summary = Viết một hoặc hai câu ngắn nói điều quan trọng nhất.
new-place = Nơi tổ chức
new-item = Đón tiếp
new-body = Viết nội dung ở đây. Khi bài đã xong, xóa dòng `draft: true` ở trên.
fatal-locked = một lệnh loa khác đang ghi vào thư mục này (`{ $path }`): đợi lệnh ấy xong rồi chạy lại ({ $reason })
unknown-language = tên tệp mang đuôi ngôn ngữ `{ $language }` mà trang không có
hint-language = thêm `{ $language }` vào `languages` trong `loa.yaml`, hoặc đổi đuôi thành một trong: { $words }
theme-settings = `{ $path }`: { $said }
format-not-made = phiên bản này chưa làm khổ `{ $format }`; các khổ khác vẫn được làm
