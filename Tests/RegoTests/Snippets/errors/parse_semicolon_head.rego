package app.access

p := 1;
