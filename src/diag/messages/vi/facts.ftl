# Sổ dữ liệu: ai dùng gì, còn hạn hay không
expired-fact = `{ $key }` không còn hiệu lực
stale-fact = `{ $key }` đã { $days } ngày chưa được kiểm tra lại
