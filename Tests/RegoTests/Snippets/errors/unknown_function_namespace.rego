package app.access

v := string.reverse("abc")
