package app.access

p := concat("é☃", [1]) # 👩

q := upperr("☃")
